"""Rings for reconciliation. One job takes all that waits: a stream of declarations rings now and then."""

from datetime import timedelta
from typing import Final

from django.core.cache import caches
from django.db import transaction
from django.utils import timezone

from cases.declarations.job import NAME, start_reconciliation
from cases.models import Declaration
from cases.models.declaration import DeclarationState
from vehreg.accounts.models import User
from vehreg.jobs.models import LIVE_STATES, Job, JobState

# Seconds between two rings of a process; what comes in between is heard by the clock.
BETWEEN_RINGS: Final = 2
# After a job that failed the clock leaves a person time to look at it.
AFTER_FAILURE: Final = timedelta(minutes=15)
_RUNG: Final = "declarations-rung"


def ring_for_reconciliation(*, user: User | None = None) -> None:
    """Once the transaction is committed; what goes wrong then costs time only: the clock rings, too."""
    transaction.on_commit(lambda: _ring(user), robust=True)


def ring_for_what_waits() -> None:
    """By the clock: for what came in between two rings."""
    last = Job.objects.filter(kind=NAME).order_by("-pk").first()
    if last is not None and (last.state in LIVE_STATES or _has_just_failed(last)):
        return
    if Declaration.objects.filter(state=DeclarationState.RECEIVED, reconciled_at=None).exists():
        start_reconciliation(came=True)


def _has_just_failed(job: Job) -> bool:
    since = timezone.now() - AFTER_FAILURE
    return job.state == JobState.FAILED and (job.finished_at is None or job.finished_at > since)


def _ring(user: User | None) -> None:
    if caches["memory"].add(_RUNG, True, timeout=BETWEEN_RINGS):
        _start(user)


def _start(user: User | None) -> None:
    """A job that has not begun yet will find what was stored before it does."""
    if not Job.objects.filter(kind=NAME, state=JobState.QUEUED).exists():
        start_reconciliation(user=user, came=True)
