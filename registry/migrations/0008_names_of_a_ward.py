"""A name looked for in a ward: among the names of that ward alone, from the index of its list."""

from django.contrib.postgres.operations import AddIndexConcurrently, RemoveIndexConcurrently
from django.db import migrations, models


def list_of_a_ward(name: str) -> models.Index:
    return models.Index(fields=["unit", "name_sort", "id"], include=["name_key"], name=name)


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("registry", "0007_list_indexes")]

    operations = [
        AddIndexConcurrently("owner", list_of_a_ward("registry_owner_ward_idx")),
        RemoveIndexConcurrently("owner", "registry_owner_unit_idx"),
        AddIndexConcurrently("person", list_of_a_ward("registry_person_ward_idx")),
        RemoveIndexConcurrently("person", "registry_person_unit_idx"),
        AddIndexConcurrently("driverlicence", list_of_a_ward("registry_licence_ward_idx")),
        RemoveIndexConcurrently("driverlicence", "registry_licence_unit_idx"),
    ]
