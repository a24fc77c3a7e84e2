"""What one system sent, newest first; what waits, with what has just come apart from what was not found."""

from django.contrib.postgres.operations import AddIndexConcurrently, RemoveIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False

    dependencies = [
        ('cases', '0020_transfers_with_both_sides'),
    ]

    operations = [
        AddIndexConcurrently(
            model_name='declaration',
            index=models.Index(fields=['channel', '-id'], name='cases_declaration_channel_idx'),
        ),
        AddIndexConcurrently(
            model_name='declaration',
            index=models.Index(condition=models.Q(('state__in', ['received', 'unknown'])), fields=['state', 'id'], name='cases_declaration_state_idx'),
        ),
        RemoveIndexConcurrently(model_name='declaration', name='cases_declaration_todo_idx'),
    ]
