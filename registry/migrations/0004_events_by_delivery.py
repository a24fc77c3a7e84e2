"""The history by delivery: what somebody changed after it."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False

    dependencies = [
        ('registry', '0003_cheaper_keys'),
    ]

    operations = [
        AddIndexConcurrently(
            model_name='driverlicenceevent',
            index=models.Index(fields=['changed_by'], name='driverlicence_event_by_idx'),
        ),
        AddIndexConcurrently(
            model_name='ownerevent',
            index=models.Index(fields=['changed_by'], name='owner_event_by_idx'),
        ),
        AddIndexConcurrently(
            model_name='paperfileevent',
            index=models.Index(fields=['changed_by'], name='paperfile_event_by_idx'),
        ),
        AddIndexConcurrently(
            model_name='personevent',
            index=models.Index(fields=['changed_by'], name='person_event_by_idx'),
        ),
        AddIndexConcurrently(
            model_name='vehicleevent',
            index=models.Index(fields=['changed_by'], name='vehicle_event_by_idx'),
        ),
        AddIndexConcurrently(
            model_name='violationevent',
            index=models.Index(fields=['changed_by'], name='violation_event_by_idx'),
        ),
    ]
