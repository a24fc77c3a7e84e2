"""The vehicles that changed since a run, without reading the others."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("registry", "0005_fewer_keys_to_keep")]

    operations = [
        AddIndexConcurrently(
            model_name="vehicle",
            index=models.Index(fields=["changed_at"], name="registry_vehicle_changed_idx"),
        ),
    ]
