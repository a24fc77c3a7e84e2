"""The immutable SQL functions behind generated keys, the trigram extension, and the schema for staging."""

from django.contrib.postgres.operations import TrigramExtension
from django.db import migrations

from registry.identity.sql import FUNCTIONS


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        TrigramExtension(),
        migrations.RunSQL("CREATE SCHEMA IF NOT EXISTS staging", "DROP SCHEMA IF EXISTS staging CASCADE"),
        *(migrations.RunSQL(function, migrations.RunSQL.noop) for function in FUNCTIONS),
    ]
