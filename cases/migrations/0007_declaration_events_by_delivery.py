"""The history of declarations by delivery: what somebody changed after it."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False

    dependencies = [
        ('cases', '0006_model_version'),
    ]

    operations = [
        AddIndexConcurrently(
            model_name='declarationevent',
            index=models.Index(fields=['changed_by'], name='declaration_event_by_idx'),
        ),
    ]
