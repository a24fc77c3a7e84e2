"""Moves what was done just now to the day it is meant to have happened. For the demo, and nothing else."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import pgtrigger
from django.db import models, transaction
from django.db.models import F
from django.utils import timezone

from cases.models import (
    CaseEvent,
    ChangeRecord,
    CheckRun,
    Declaration,
    Discrepancy,
    MatchRun,
    VerificationCase,
)
from registry.models import Delivery
from vehreg.jobs.models import Job

# Every moment a page shows. What the machine itself goes by (watermarks, changed_at) stays true.
_MOMENTS: tuple[tuple[type[models.Model], tuple[str, ...]], ...] = (
    (CaseEvent, ("at",)),
    (ChangeRecord, ("at",)),
    (CheckRun, ("started_at", "finished_at")),
    (Declaration, ("reconciled_at",)),
    (Delivery, ("delivered_at", "applied_at")),
    (Discrepancy, ("found_at", "ended_at")),
    (Job, ("created_at", "started_at", "finished_at")),
    (MatchRun, ("started_at", "finished_at")),
    (VerificationCase, ("opened_at", "moved_at", "proposed_at", "closed_at")),
)
_APPEND_ONLY = ("cases.CaseEvent:append_only", "cases.ChangeRecord:append_only")


@contextmanager
def days_ago(days: int) -> Iterator[None]:
    """What is done inside shall have been done so many days ago."""
    began = timezone.now()
    yield
    with transaction.atomic(), pgtrigger.ignore(*_APPEND_ONLY):
        for model, columns in _MOMENTS:
            for column in columns:
                recent = model._default_manager.filter(**{f"{column}__gte": began})
                recent.update(**{column: F(column) - timedelta(days=days)})
