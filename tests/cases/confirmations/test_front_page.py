"""The ward's front page: inflow, backlog and pace of confirming, from the kept counts."""

from datetime import timedelta

import pytest
from django.test import RequestFactory
from django.urls import reverse
from django.utils import timezone

from cases.admin.board.confirming import confirming
from cases.progress.counting import count_figures
from cases.progress.reading import figures_for
from tests import factories
from tests.cases.confirmations.rows import confirm, plain, unmarked
from tests.cases.progress.rows import days_ago, figure, good_vehicle

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _campaign(settings):
    today = timezone.localdate()
    settings.CAMPAIGN_START = str(today - timedelta(days=20))
    settings.CAMPAIGN_END = str(today + timedelta(days=10))


def told(user):
    request = RequestFactory().get("/")
    request.user = user
    return confirming(request, figures_for(user))


def test_it_counts_what_waits_and_what_was_confirmed_today(ward, officer):
    first = plain(ward)
    plain(ward, declared_at=days_ago(0))
    unmarked(ward)
    plain(factories.unit())
    confirm(first, officer)
    count_figures()
    card = told(officer)
    assert (card.waiting, card.plain, card.singly) == ("2", "1", "1")
    assert (card.came_today, card.confirmed_today) == ("1", "1")


def test_pace_is_the_mean_of_the_last_full_week_and_tells_when_the_backlog_is_gone(ward, officer):
    today = timezone.localdate()
    figure(today, ward, to_confirm=100, to_confirm_plain=70)
    for n in range(1, 8):
        figure(today - timedelta(days=n), ward, ward_confirmed=20, declared=25, declared_licences=5)
    card = told(officer)
    assert (card.confirmed_a_day, card.came_a_day) == ("20", "30")
    assert "5" in card.finish
    assert not card.late
    assert card.needed_a_day == "40"


def test_a_pace_that_misses_the_last_day_is_marked(ward, officer):
    today = timezone.localdate()
    figure(today, ward, to_confirm=1_000, to_confirm_plain=1_000)
    figure(today - timedelta(days=1), ward, ward_confirmed=70)
    assert told(officer).late


def test_without_a_backlog_nothing_is_late(ward, officer):
    figure(timezone.localdate(), ward, vehicles=1)
    card = told(officer)
    assert (card.waiting, card.late, card.needed_a_day) == ("0", False, "")


def test_the_front_page_leads_to_the_queue(ward, officer):
    good_vehicle(ward)
    plain(ward)
    count_figures()
    shown = factories.client(officer).get(reverse("admin:index")).content.decode()
    assert reverse("admin:cases_confirmation_waiting") in shown
    assert "board-confirming" in shown
