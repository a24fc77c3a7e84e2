"""Registers small enough to read, and runs over them: for every test of cases."""

from collections.abc import Callable
from typing import Any

import pytest

from cases.models import MatchRun
from cases.runs.services import start_run
from tests import factories
from vehreg.accounts.models import Unit
from vehreg.jobs.models import JobState
from vehreg.jobs.services import run_in_foreground


@pytest.fixture
def city(transactional_db: None) -> Unit:
    """The city team, without which no run begins."""
    return factories.unit(code="CITY", kind=Unit.Kind.CITY, name="Đội Đăng ký")


@pytest.fixture
def match(city: Unit) -> Callable[..., MatchRun]:
    """One run in this process: `run = match()`, or `match("since_last")`."""

    def run_now(scope: str = MatchRun.Scope.ALL, **settings: Any) -> MatchRun:
        run = start_run(user=None, scope=scope)
        job = run_in_foreground(run.job)
        assert job.state == JobState.SUCCEEDED, job.error_detail or job.error
        run.refresh_from_db()
        return run

    return run_now
