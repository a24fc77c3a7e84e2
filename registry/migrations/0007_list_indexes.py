"""Lists at full size: the filters of a ward from one index, those of the city by what few rows are."""

from django.contrib.postgres.operations import AddIndexConcurrently, RemoveIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False

    dependencies = [
        ('accounts', '0001_initial'),
        ('registry', '0006_vehicles_by_change'),
    ]

    operations = [
        AddIndexConcurrently(
            model_name='owner',
            index=models.Index(condition=models.Q(('kind', 'citizen'), _negated=True), fields=['kind', 'name_sort', 'id'], include=('unit',), name='registry_owner_kind_idx'),
        ),
        AddIndexConcurrently(
            model_name='owner',
            index=models.Index(fields=['name_sort', 'id'], include=('unit', 'kind'), name='registry_owner_city_idx'),
        ),
        AddIndexConcurrently(
            model_name='person',
            index=models.Index(condition=models.Q(('died_on__isnull', False)), fields=['name_sort', 'id'], include=('unit', 'gender'), name='registry_person_dead_idx'),
        ),
        AddIndexConcurrently(
            model_name='vehicle',
            index=models.Index(fields=['unit', '-id'], include=('status', 'vehicle_kind', 'plate_colour', 'confirmed_on'), name='registry_vehicle_ward_idx'),
        ),
        AddIndexConcurrently(
            model_name='vehicle',
            index=models.Index(condition=models.Q(('status', 'active'), _negated=True), fields=['status', '-id'], include=('unit', 'vehicle_kind', 'plate_colour', 'confirmed_on'), name='registry_vehicle_state_idx'),
        ),
        AddIndexConcurrently(
            model_name='vehicle',
            index=models.Index(condition=models.Q(('vehicle_kind__in', ('motorbike', 'car')), _negated=True), fields=['vehicle_kind', '-id'], include=('unit', 'status', 'plate_colour', 'confirmed_on'), name='registry_vehicle_kind_idx'),
        ),
        AddIndexConcurrently(
            model_name='vehicle',
            index=models.Index(condition=models.Q(('plate_colour', 'white'), _negated=True), fields=['plate_colour', '-id'], include=('unit', 'status', 'vehicle_kind', 'confirmed_on'), name='registry_vehicle_colour_idx'),
        ),
        AddIndexConcurrently(
            model_name='vehicle',
            index=models.Index(condition=models.Q(('confirmed_on__isnull', False)), fields=['-id'], include=('unit', 'status', 'vehicle_kind', 'plate_colour', 'confirmed_on'), name='registry_vehicle_live_idx'),
        ),
        RemoveIndexConcurrently(
            model_name='owner',
            name='registry_owner_sort_idx',
        ),
        RemoveIndexConcurrently(
            model_name='vehicle',
            name='registry_vehicle_unit_idx',
        ),
        RemoveIndexConcurrently(
            model_name='vehicle',
            name='registry_vehicle_status_idx',
        ),
    ]
