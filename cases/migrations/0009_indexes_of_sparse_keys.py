"""Indexes of the keys that most rows leave empty, over those rows only that have them."""

import django.db.models
from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("cases", "0008_fewer_keys_of_declarations")]

    operations = [
        AddIndexConcurrently(
            model_name='caseevent',
            index=django.db.models.Index(condition=django.db.models.Q(('actor__isnull', False)), fields=['actor'], name='cases_event_actor_idx'),
        ),
        AddIndexConcurrently(
            model_name='discrepancy',
            index=django.db.models.Index(condition=django.db.models.Q(('declaration__isnull', False)), fields=['declaration'], name='cases_discrepancy_told_idx'),
        ),
        AddIndexConcurrently(
            model_name='verdict',
            index=django.db.models.Index(condition=django.db.models.Q(('superseded_by__isnull', False)), fields=['superseded_by'], name='cases_verdict_ended_idx'),
        ),
        AddIndexConcurrently(
            model_name='verdict',
            index=django.db.models.Index(condition=django.db.models.Q(('person__isnull', False)), fields=['person'], name='cases_verdict_person_idx'),
        ),
        AddIndexConcurrently(
            model_name='verificationcase',
            index=django.db.models.Index(condition=django.db.models.Q(('person__isnull', False)), fields=['person'], name='cases_case_person_idx'),
        ),
        AddIndexConcurrently(
            model_name='verificationcase',
            index=django.db.models.Index(condition=django.db.models.Q(('proposed_by__isnull', False)), fields=['proposed_by'], name='cases_case_proposer_idx'),
        ),
        AddIndexConcurrently(
            model_name='verificationcase',
            index=django.db.models.Index(condition=django.db.models.Q(('approved_by__isnull', False)), fields=['approved_by'], name='cases_case_approver_idx'),
        ),
    ]
