"""Finding a case: by plate, number and name, in the city and in a ward, in the list and in its export."""

import csv
import io
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from cases import search
from cases.queues import Queue
from tests import factories
from tests.cases.rows import open_case
from vehreg.accounts.roles import Role
from vehreg.adminsite import search as names
from vehreg.jobs.foreground import run_in_foreground
from vehreg.jobs.models import Job

pytestmark = pytest.mark.django_db
QUEUE = "admin:cases_verificationcase_changelist"


@pytest.fixture
def ward():
    return factories.unit(name="Phường Giảng Võ")


def found(role, unit, text, **more):
    client = factories.client(factories.user(role, unit))
    page = client.get(reverse(QUEUE), {"tab": "all", "q": text, **more})
    assert page.status_code == 200
    return [case.pk for case in page.context["cases"]]


def test_the_city_finds_cases_of_owners_vehicles_and_licences_by_name():
    owner = factories.owner(name="Vũ Quang Đạt")
    vehicle = factories.vehicle(owner=owner)
    licence = factories.licence(holder_name="Vũ Quang Đạt")
    cases = [
        open_case(owner),
        open_case(vehicle, register="vehicle", subject_name="Vũ Quang Đạt"),
        open_case(licence, register="licence"),
    ]
    open_case(factories.owner(name="Lê Văn Hùng"))
    assert sorted(found(Role.CITY_SUPERVISOR, None, "vu quang")) == sorted(case.pk for case in cases)


def test_a_ward_finds_by_name_what_was_handed_over_to_it(ward):
    elsewhere = factories.owner(name="Vũ Quang Đạt", unit=factories.unit())
    handed_over = open_case(elsewhere, unit=ward)
    open_case(factories.owner(name="Vũ Quang Đạt"), unit=factories.unit())
    assert found(Role.WARD_OFFICER, ward, "vu quang") == [handed_over.pk]


def test_a_plate_finds_the_case_of_the_vehicle_and_of_its_owner(ward):
    owner = factories.owner(unit=ward)
    vehicle = factories.vehicle(owner=owner, unit=ward, plate="29-H1 123.45")
    cases = {
        open_case(owner, unit=ward).pk,
        open_case(vehicle, register="vehicle", unit=ward, subject_name="x").pk,
    }
    assert set(found(Role.WARD_OFFICER, ward, "29h1-12345")) == cases


@pytest.mark.parametrize("text", ["29-H1 999.99", "001091084217", "Xyzzy Qqq", "ab"])
@pytest.mark.parametrize("role", [Role.WARD_OFFICER, Role.CITY_SUPERVISOR])
def test_what_nothing_answers_to_finds_nothing(ward, text, role):
    open_case(unit=ward)
    assert found(role, ward if role == Role.WARD_OFFICER else None, text) == []


def test_of_a_common_name_the_page_says_that_there_are_more(ward, monkeypatch):
    for module in (search, names):
        monkeypatch.setattr(module, "FIRST_OF_A_NAME", 2)
    for _copy in range(3):
        open_case(factories.owner(name="Nguyễn Văn An"), unit=ward)
    for role, unit in ((Role.WARD_OFFICER, ward), (Role.CITY_SUPERVISOR, None)):
        page = factories.client(factories.user(role, unit)).get(reverse(QUEUE), {"q": "nguyen van"})
        assert len(page.context["cases"]) == 2
        assert any("rất phổ biến" in str(message) for message in page.context["messages"])


@pytest.mark.parametrize(
    ("tab", "filters"),
    [
        ("todo", {"closed": "2025-11-20"}),
        ("waiting", {"state": "open"}),
        ("all", {"state": "closed", "due": "late"}),
        ("all", {"due": "today", "closed": "2025-11-20"}),
    ],
)
def test_filters_that_contradict_each_other_ask_the_database_nothing(
    ward, tab, filters, django_assert_num_queries
):
    open_case(unit=ward)
    officer = factories.user(Role.WARD_OFFICER, ward)
    with django_assert_num_queries(0):
        assert list(Queue(tab, filters).cases(officer)) == []


def test_filters_leave_the_states_they_have_in_common(ward):
    officer = factories.user(Role.WARD_OFFICER, ward)
    late = {"unit": ward, "due_on": timezone.localdate() - timedelta(days=1)}
    working = open_case(**late, state="verifying", assignee=officer)
    waiting = open_case(**late, state="waiting")
    open_case(**late, state="closed", closed_at=timezone.now())
    open_case(unit=ward)
    for tab, kept in (("all", {working.pk, waiting.pk}), ("waiting", {waiting.pk}), ("mine", {working.pk})):
        found = Queue(tab, {"due": "late", "state": "live"}).cases(officer)
        assert set(found.values_list("pk", flat=True)) == kept, tab


@pytest.mark.django_db(transaction=True)
def test_a_longer_queue_takes_no_more_queries(ward, django_assert_max_num_queries):
    officer = factories.user(Role.WARD_OFFICER, ward)
    for _copy in range(6):
        open_case(unit=ward, assignee=officer, state="assigned")
    client = factories.client(officer)
    client.get(reverse(QUEUE))
    with django_assert_max_num_queries(10):
        client.get(reverse(QUEUE))


@pytest.mark.django_db(transaction=True)
def test_the_export_holds_the_cases_of_the_queue_it_was_ordered_from(ward):
    kept = open_case(factories.owner(name="Vũ Quang Đạt"), unit=ward, kind="ambiguous")
    open_case(unit=ward, kind="id_typo")
    open_case(unit=factories.unit(), kind="ambiguous")
    client = factories.client(factories.user(Role.WARD_SUPERVISOR, ward))
    address = reverse("admin:cases_verificationcase_export") + "?tab=all&kind=ambiguous"
    assert client.get(address).status_code == 200
    client.post(address, {"file_format": "csv", "columns": ["number", "subject_name", "state"]})
    job = Job.objects.latest("id")
    run_in_foreground(job)
    content = b"".join(client.get(f"/admin/exports/{job.pk}/")).decode("utf-8-sig")
    assert list(csv.reader(io.StringIO(content)))[1:] == [[kept.number, "Vũ Quang Đạt", "Mới mở"]]
