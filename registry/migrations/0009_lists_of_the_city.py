"""Lists of the whole city that went through millions of rows to find a few: an index for each."""

from django.contrib.postgres.operations import AddIndexConcurrently, RemoveIndexConcurrently
from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("registry", "0008_names_of_a_ward")]

    operations = [
        AddIndexConcurrently("owner", models.Index(fields=["name_key"], name="registry_owner_name_idx")),
        AddIndexConcurrently(
            "owner",
            models.Index(
                fields=["name_sort", "id"], include=["unit", "kind", "person"], name="registry_owner_sort_idx"
            ),
        ),
        RemoveIndexConcurrently("owner", "registry_owner_city_idx"),
        AddIndexConcurrently(
            "owner",
            models.Index(fields=["id"], name="registry_owner_gone_idx", condition=Q(vehicle_count__lte=0)),
        ),
        AddIndexConcurrently(
            "vehicle",
            models.Index(
                fields=["confirmed_on"],
                name="registry_vehicle_since_idx",
                condition=Q(confirmed_on__isnull=False),
            ),
        ),
        AddIndexConcurrently(
            "paperfile",
            models.Index(
                fields=["state", "-id"], name="registry_paperfile_away_idx", condition=~Q(state="shelved")
            ),
        ),
    ]
