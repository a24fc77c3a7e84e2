"""The functions behind generated keys take a fraction of the time. Their values stay what they were."""

from django.db import migrations

from registry.identity.sql import FUNCTIONS


class Migration(migrations.Migration):
    dependencies = [("registry", "0002_initial")]

    operations = [migrations.RunSQL(function, migrations.RunSQL.noop) for function in FUNCTIONS]
