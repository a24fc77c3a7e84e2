"""What happens by the clock in this app. Each task re-reads what there is to do."""

import structlog
from celery import shared_task

from cases.checks.services import start_check
from cases.intake.ringing import ring_for_what_waits
from cases.models import CheckRun, MatchRun
from cases.outreach.job import start_reading
from cases.progress.counting import count_figures
from cases.runs.services import start_run
from vehreg.jobs.kinds import Refused

logger = structlog.get_logger("cases")


@shared_task(name="cases.count_figures")
def count_due_figures() -> None:
    """Count the figures that are due; those being counted by somebody else are left alone."""
    count_figures(only_due=True)


@shared_task(name="cases.reconcile_received")
def reconcile_received() -> None:
    """Ring for declarations that came in just after the last ring."""
    ring_for_what_waits()


@shared_task(name="cases.match_what_changed")
def match_what_changed() -> None:
    """Start a run over what changed since the last; where one is going on, the next night will do."""
    try:
        start_run(user=None, scope=MatchRun.Scope.SINCE_LAST)
    except Refused:
        logger.warning("nightly_run_not_started")


@shared_task(name="cases.check_what_changed")
def check_what_changed() -> None:
    """Check the entries that changed since the last check of the registers."""
    _check(CheckRun.Scope.SINCE_LAST)


@shared_task(name="cases.check_registers")
def check_registers() -> None:
    """Check whole registers: some rules find what only time, or a row elsewhere, has changed."""
    _check(CheckRun.Scope.ALL)


@shared_task(name="cases.read_wards")
def read_wards() -> None:
    """Read anew who has not declared in each ward; a reading that is under way is left alone."""
    start_reading()


def _check(scope: str) -> None:
    try:
        start_check(user=None, scope=scope)
    except Refused:
        logger.warning("check_not_started", scope=scope)
