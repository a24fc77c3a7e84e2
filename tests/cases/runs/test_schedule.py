"""What the clock does about matching."""

import pytest

from cases.models import MatchRun
from cases.tasks import match_what_changed
from vehreg.accounts.models import Unit
from vehreg.jobs.schedule import beat_schedule

pytestmark = pytest.mark.django_db(transaction=True)


def test_every_night_what_changed_is_matched() -> None:
    tasks = [entry["task"] for entry in beat_schedule(sweep_seconds=10).values()]
    assert match_what_changed.name in tasks


def test_the_clock_starts_a_run_and_leaves_one_that_is_going_on_alone(city: Unit) -> None:
    match_what_changed()
    match_what_changed()
    assert MatchRun.objects.get().job is not None


def test_a_city_without_units_does_not_stop_the_clock(transactional_db: None) -> None:
    match_what_changed()
    assert not MatchRun.objects.exists()
