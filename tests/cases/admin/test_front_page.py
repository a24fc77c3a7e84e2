"""The front page as each role meets it."""

import json
import re
from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.cache import caches
from django.urls import reverse
from django.utils import timezone, translation

from cases.admin.front_page import PARTS
from cases.admin.menu import queue_counts
from cases.progress.counting import count_figures
from tests import factories
from tests.cases.progress.rows import days_ago, declaration, figure, good_vehicle
from tests.cases.rows import match_run, open_case
from vehreg.accounts.models import Unit
from vehreg.accounts.roles import CITY_ROLES, WARD_ROLES, Role

pytestmark = pytest.mark.django_db

FRONT = reverse("admin:index")
WARDS = reverse("admin:cases_dailyfigure_changelist")
TODAY = timezone.localdate()


@pytest.fixture(autouse=True)
def _campaign(settings):
    settings.CAMPAIGN_START = str(TODAY - timedelta(days=9))
    caches["memory"].clear()


@pytest.fixture
def wards():
    """Two wards of which each has two vehicles, one confirmed, and a case."""
    factories.delivery()
    match_run()
    made = [
        factories.unit(name=name, longitude=105.8, latitude=21.0, kind=Unit.Kind.WARD)
        for name in ("Phường Giảng Võ", "Phường Ngọc Hà")
    ]
    for unit in made:
        good_vehicle(unit, confirmed_on=TODAY, confirmed_by="officer")
        unknown = good_vehicle(unit, brand=None, verdict="no_candidate")
        declaration(days_ago(1), unit=unit)
        open_case(unknown.owner, unit=unit, opened_at=days_ago(8))
    count_figures()
    return made


def page(client, user, address=FRONT):
    client.force_login(user)
    return client.get(address)


def in_english(words):
    with translation.override("en"):
        return str(words)


def main_of(response):
    text = response.content.decode()
    return text[text.index('class="board') :]


def user_of(role, wards):
    return factories.user(role, wards[0] if role in WARD_ROLES else None)


def test_every_role_has_a_front_page():
    assert set(PARTS) | {Role.ADMINISTRATOR} == set(Role.values)


@pytest.mark.parametrize("role", sorted(WARD_ROLES))
def test_a_ward_sees_its_numbers_its_place_and_no_other_ward(client, wards, role):
    response = page(client, user_of(role, wards))
    text = main_of(response)
    assert "Giảng Võ" in text
    assert "Ngọc Hà" not in text
    assert response.context["figures"].total("vehicles") == 2
    assert response.context["place"].among == 2
    assert "ward_map" not in response.context


@pytest.mark.parametrize("role", sorted(WARD_ROLES))
def test_a_ward_gets_no_other_by_asking_for_the_table_or_another_day(client, wards, role):
    figure(TODAY - timedelta(days=2), wards[1], vehicles=77)
    user = user_of(role, wards)
    for address in (WARDS, f"{WARDS}?unit={wards[1].pk}", f"{FRONT}?day={TODAY - timedelta(days=2)}"):
        assert "Ngọc Hà" not in page(client, user, address).content.decode()


@pytest.mark.parametrize("role", sorted(CITY_ROLES - {Role.REGISTRAR}))
def test_city_roles_see_all_wards_on_the_map_and_in_the_ranking(client, wards, role):
    response = page(client, user_of(role, wards))
    assert [line.name for line in response.context["ranking"]] == ["P. Giảng Võ", "P. Ngọc Hà"]
    assert len(response.context["ward_map"]) == 2
    assert response.context["figures"].total("vehicles") == 4


def test_the_registrar_sees_qualities_and_deliveries_but_no_case(client, wards):
    response = page(client, user_of(Role.REGISTRAR, wards))
    assert len(response.context["cards"]) == 4
    assert len(response.context["deliveries"]) == 1
    assert "states" not in response.context
    assert reverse("admin:cases_verificationcase_changelist") not in main_of(response)


def test_the_administrator_sees_users_and_work_and_no_figure(client, wards):
    response = page(client, user_of(Role.ADMINISTRATOR, wards))
    assert response.context["board"] == "system"
    assert "figures" not in response.context
    assert "%" not in re.sub(r"<[^>]+>", "", main_of(response))
    assert client.get(WARDS).status_code == 403


def test_every_card_tells_its_share_and_leads_to_as_many_vehicles(client, wards):
    response = page(client, user_of(Role.CITY_SUPERVISOR, wards))
    shares = {card.name: card.share for card in response.context["cards"]}
    assert shares == {"correct": "50,0 %", "complete": "50,0 %", "clean": "100,0 %", "live": "50,0 %"}
    figures = response.context["figures"]
    for card in response.context["cards"]:
        there = client.get(card.url).context["cl"].queryset.count()
        missing = client.get(card.missing_url).context["cl"].queryset.count()
        assert (there, missing) == (figures.total(card.name), 4 - figures.total(card.name))


def test_every_number_of_cases_leads_to_as_many_cases(client, wards):
    open_case(unit=wards[0], opened_at=days_ago(0), due_on=TODAY - timedelta(days=1))
    count_figures()
    response = page(client, user_of(Role.WARD_SUPERVISOR, wards))
    lines = [*response.context["states"], *response.context["ages"]]
    lines += [response.context["came"], response.context["went"]]
    assert {line.count for line in lines} >= {"1", "2"}
    for line in lines:
        assert len(client.get(line.url).context["cases"]) == int(line.count), line.label


@pytest.mark.parametrize("role", sorted(Role.values))
def test_no_link_of_the_page_is_shut_to_who_sees_it(client, wards, role):
    response = page(client, user_of(role, wards))
    for address in set(re.findall(r'href="(/admin/[^"]*)"', main_of(response))):
        assert client.get(address.replace("&amp;", "&")).status_code == 200, address


def test_the_chart_runs_to_the_end_of_the_campaign(client, wards):
    response = page(client, user_of(Role.AUDITOR, wards))
    found = re.search(r'<script id="course-data"[^>]*>(.*?)</script>', main_of(response), re.DOTALL)
    chart = json.loads(found[1])
    assert len(chart["labels"]) == len(chart["plan"]) == len(chart["middle"]) == 60
    assert chart["plan"][-1] == 4
    assert (chart["declared"][-1], chart["confirmed"][-1]) == (2, 2)


def test_the_page_has_no_script_of_its_own_inside_tags(client, wards):
    text = main_of(page(client, user_of(Role.CITY_SUPERVISOR, wards)))
    assert not re.search(r"<[^>]+\son\w+=", text)


def test_numbers_are_written_as_in_viet_nam(client, wards):
    figure(TODAY + timedelta(days=1), wards[0], vehicles=1_234_567, correct=878_012)
    client.force_login(user_of(Role.WARD_OFFICER, wards))
    # A count of tomorrow is no count of today: it shows on its own day only.
    figure(TODAY - timedelta(days=1), wards[0], vehicles=1_234_567, correct=878_012)
    text = client.get(
        f"{FRONT}?day={TODAY - timedelta(days=1)}", headers={"accept-language": "vi"}
    ).content.decode()
    assert "71,1 %" in text
    assert "878.012" in text


@pytest.mark.parametrize("role", sorted(set(PARTS)))
def test_before_the_first_delivery_each_role_is_told_what_comes_next(client, role):
    step = page(client, factories.user(role)).context["next_step"]
    assert step.title
    assert bool(step.url) == (role not in {Role.WARD_OFFICER, Role.WARD_SUPERVISOR, Role.CITY_OFFICER})


def test_between_delivery_and_first_count_it_says_so(client):
    factories.delivery()
    response = page(client, factories.user(Role.CITY_SUPERVISOR))
    assert "every minute" in in_english(response.context["next_step"].text)


def test_without_a_matching_run_the_supervisor_is_asked_to_start_one(client):
    factories.delivery()
    good_vehicle(factories.unit(), verdict="")
    count_figures()
    notice = page(client, factories.user(Role.CITY_SUPERVISOR)).context["notice"]
    assert "start a matching run" in in_english(notice.text)
    assert client.get(notice.url).status_code == 200
    assert not page(client, factories.user(Role.AUDITOR)).context["notice"].url


def test_the_table_sorts_by_any_column_and_back(client, wards):
    open_case(unit=wards[1])
    count_figures()
    user = user_of(Role.CITY_SUPERVISOR, wards)

    def names(sort):
        lines = page(client, user, f"{WARDS}?sort={sort}").context["lines"]
        return [line.name for line in lines if line.rank]

    assert names("name") == ["P. Giảng Võ", "P. Ngọc Hà"]
    assert names("-name") == ["P. Ngọc Hà", "P. Giảng Võ"]
    assert names("-backlog") == ["P. Ngọc Hà", "P. Giảng Võ"]
    assert names("nonsense") == names("rank")


def test_nonsense_for_a_day_is_today(client, wards):
    assert page(client, user_of(Role.AUDITOR, wards), f"{FRONT}?day=31/02").context["figures"].day == TODAY


@pytest.mark.parametrize("role", [Role.CITY_SUPERVISOR, Role.WARD_OFFICER])
def test_the_page_takes_few_queries_however_many_wards(client, wards, role, django_assert_max_num_queries):
    for number in range(20):
        figure(TODAY, factories.unit(name=f"Phường Số {number}"), vehicles=1, backlog=number)
    client.force_login(user_of(role, wards))
    client.get(FRONT)
    with django_assert_max_num_queries(12):
        client.get(FRONT)


def test_the_menu_counts_the_queues_of_whom_it_is_shown_to(wards):
    officer = user_of(Role.WARD_OFFICER, wards)
    open_case(unit=wards[0], assignee=officer, state="assigned")
    open_case(unit=wards[1], state="proposed")
    assert queue_counts(officer) == {"mine": 1, "unassigned": 1, "waiting": 0, "proposed": 0, "returned": 0}


def test_a_stranger_is_asked_to_sign_in(client, wards):
    assert AnonymousUser().has_perm("cases.view_dashboard") is False
    assert client.get(FRONT).status_code == 302
