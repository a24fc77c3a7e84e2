"""Who may see which figures: everything goes through `figures_for`."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from cases.progress.reading import Place, figures_for
from cases.progress.standings import standings
from tests import factories
from tests.cases.progress.rows import figure
from vehreg.accounts.roles import CITY_ROLES, WARD_ROLES, Role

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate()


@pytest.fixture(autouse=True)
def _campaign(settings):
    settings.CAMPAIGN_START = str(TODAY - timedelta(days=9))


@pytest.fixture
def wards():
    """Three wards: the first has done three quarters, the second half, the third nothing."""
    made = [factories.unit(name=f"Phường {letter}") for letter in "ABC"]
    for unit, done in zip(made, (6, 4, 0), strict=True):
        figure(TODAY, unit, vehicles=100, correct=50, done=done, backlog=8 - done)
        figure(TODAY, unit, closed=done, opened=1)
    figure(TODAY, None, vehicles=5)
    return made


@pytest.mark.parametrize("role", sorted(CITY_ROLES))
def test_city_roles_see_every_unit_and_what_has_no_ward(wards, role):
    figures = figures_for(factories.user(role))
    assert set(figures.units) == {unit.pk for unit in wards} | {None}
    assert figures.total("vehicles") == 305
    assert figures.flows["closed"] == {TODAY: 10}


@pytest.mark.parametrize("role", sorted(WARD_ROLES))
def test_ward_roles_get_their_own_rows_and_no_others(wards, role):
    figures = figures_for(factories.user(role, wards[1]))
    assert set(figures.units) == {wards[1].pk}
    assert figures.total("vehicles") == 100
    assert figures.flows["closed"] == {TODAY: 4}
    assert [line.unit for line in standings(figures)] == [wards[1]]


def test_a_ward_learns_its_place_and_nothing_else_of_the_others(wards):
    figures = figures_for(factories.user(Role.WARD_OFFICER, wards[1]))
    assert figures.place == Place(2, 3)
    assert standings(figures)[0].rank == 2


def test_administrators_and_strangers_see_no_figure(wards):
    for user in (factories.user(Role.ADMINISTRATOR), AnonymousUser()):
        figures = figures_for(user)
        assert not figures.units
        assert not figures.flows
        assert figures.place is None


def test_a_user_that_was_shut_out_sees_nothing(wards):
    user = factories.user(Role.CITY_SUPERVISOR, is_active=False)
    assert not figures_for(user).units


def test_the_best_ward_stands_first(wards):
    lines = standings(figures_for(factories.user(Role.AUDITOR)))
    assert [(line.rank, line.share) for line in lines] == [(1, 0.75), (2, 0.5), (3, 0.0), (None, None)]


def test_change_is_told_in_percentage_points_since_the_last_counted_day(wards):
    before = TODAY - timedelta(days=3)
    for unit in wards:
        figure(before, unit, vehicles=100, correct=48)
    figures = figures_for(factories.user(Role.WARD_OFFICER, wards[0]))
    assert figures.share("correct", "vehicles") == 0.5
    assert figures.change("correct", "vehicles") == pytest.approx(2.0)


def test_on_the_first_day_nothing_has_changed(wards):
    assert figures_for(factories.user(Role.AUDITOR)).change("correct", "vehicles") is None


def test_a_past_day_is_shown_as_it_was(wards):
    before = TODAY - timedelta(days=3)
    figure(before, wards[0], vehicles=90)
    assert figures_for(factories.user(Role.AUDITOR), before).total("vehicles") == 90


def test_a_day_that_was_not_counted_shows_the_last_one_before_it(wards):
    assert figures_for(factories.user(Role.AUDITOR), TODAY + timedelta(days=3)).day == TODAY


def test_a_ward_is_late_when_at_its_pace_it_outlasts_the_campaign(wards, settings):
    settings.CAMPAIGN_END = str(TODAY + timedelta(days=10))
    for unit, closed in zip(wards, (7, 1, 0), strict=True):
        figure(TODAY - timedelta(days=1), unit, closed=closed)
    lines = {line.unit: line for line in standings(figures_for(factories.user(Role.AUDITOR))) if line.unit}
    assert (lines[wards[0]].late, lines[wards[0]].finish) == (False, TODAY + timedelta(days=2))
    assert (lines[wards[1]].late, lines[wards[1]].finish) == (True, TODAY + timedelta(days=28))
    assert (lines[wards[2]].late, lines[wards[2]].finish) == (True, None)
