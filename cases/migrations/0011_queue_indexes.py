"""The queues at full size: tabs and filters from the index alone."""

import django.contrib.postgres.indexes
from django.conf import settings
from django.contrib.postgres.operations import AddIndexConcurrently, RemoveIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False

    dependencies = [
        ('accounts', '0001_initial'),
        ('cases', '0010_lean_keys'),
        ('registry', '0007_list_indexes'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        AddIndexConcurrently(
            model_name='verificationcase',
            index=models.Index(fields=['unit', 'priority', 'due_on', 'id'], include=('state', 'kind', 'register', 'assignee', 'opened_at', 'closed_at'), name='cases_case_ward_idx'),
        ),
        AddIndexConcurrently(
            model_name='verificationcase',
            index=models.Index(fields=['priority', 'due_on', 'id'], include=('state', 'kind', 'register', 'assignee'), name='cases_case_order_idx'),
        ),
        AddIndexConcurrently(
            model_name='verificationcase',
            index=models.Index(fields=['kind', 'priority', 'due_on', 'id'], include=('state', 'register', 'assignee'), name='cases_case_what_idx'),
        ),
        AddIndexConcurrently(
            model_name='verificationcase',
            index=models.Index(condition=models.Q(('state__in', ('open', 'closed')), _negated=True), fields=['state', 'priority', 'due_on', 'id'], include=('kind', 'register', 'assignee'), name='cases_case_moving_idx'),
        ),
        AddIndexConcurrently(
            model_name='verificationcase',
            index=models.Index(condition=models.Q(('closed_at__isnull', False)), fields=['closed_at'], include=('priority', 'due_on', 'state', 'kind', 'register', 'unit'), name='cases_case_ended_idx'),
        ),
        AddIndexConcurrently(
            model_name='verificationcase',
            index=django.contrib.postgres.indexes.BrinIndex(fields=['opened_at'], name='cases_case_opened_idx'),
        ),
        RemoveIndexConcurrently(
            model_name='verificationcase',
            name='cases_case_unit_idx',
        ),
        RemoveIndexConcurrently(
            model_name='verificationcase',
            name='cases_case_state_idx',
        ),
        RemoveIndexConcurrently(
            model_name='verificationcase',
            name='cases_case_kind_idx',
        ),
        RemoveIndexConcurrently(
            model_name='verificationcase',
            name='cases_case_closed_idx',
        ),
    ]
