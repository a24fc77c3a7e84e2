"""Cases, declarations, the feed of corrections and matching runs, as other programs read them."""

import io
from datetime import UTC, datetime

import pytest
from django.core.management import call_command
from django.urls import reverse

from cases.models import ChangeRecord, Declaration, MatchRun
from tests import factories
from tests.cases.rows import match_run, open_case
from vehreg.accounts.roles import Role
from vehreg.audit.models import AuditEvent

pytestmark = pytest.mark.django_db


@pytest.fixture
def ward():
    return factories.unit()


@pytest.fixture
def city():
    return factories.client(factories.user(Role.CITY_SUPERVISOR))


@pytest.fixture
def case(ward):
    return open_case(unit=ward, kind="id_typo")


def correction(case, sequence, register="owner", **changes):
    return ChangeRecord.objects.create(
        register=register,
        subject_id=case.subject_id,
        sequence=sequence,
        unit=case.unit,
        case=case,
        at=datetime(2025, 11, 20, tzinfo=UTC),
        changes=changes or {"name": {"old": "a", "new": "b"}},
    )


def results(browser, address, **params):
    response = browser.get(address, params)
    assert response.status_code == 200, response.content
    return response.json()["results"]


def test_a_case_tells_its_state_and_what_does_not_agree(city, case, ward):
    (row,) = results(city, "/api/v1/cases/")
    assert (row["number"], row["state"], row["unit"]) == (case.number, "open", ward.code)
    assert [(one["kind"], one["state"]) for one in row["discrepancies"]] == [("id_typo", "open")]


@pytest.mark.parametrize(
    ("params", "found"),
    [
        ({"number": "{number}"}, True),
        ({"number": "HN-9999999"}, False),
        ({"number": "x"}, False),
        ({"state": "open", "kind": "id_typo"}, True),
        ({"state": "closed"}, False),
        ({"unit": "{unit}"}, True),
        ({"unit": "00000"}, False),
    ],
)
def test_cases_are_found_by_number_state_kind_and_unit(city, case, params, found):
    known = {"number": case.number, "unit": case.unit.code}
    asked = {name: text.format(**known) for name, text in params.items()}
    assert bool(results(city, "/api/v1/cases/", **asked)) is found


@pytest.mark.parametrize("name", ["state", "subject_id"])
def test_a_choice_named_and_left_empty_is_refused_instead_of_answered_with_everything(city, case, name):
    answer = city.get("/api/v1/cases/", {name: ""})
    assert answer.status_code == 400
    assert list(answer.json()) == [name]


def test_cases_cost_the_same_however_many(city, ward, django_assert_max_num_queries):
    for _time in range(5):
        open_case(unit=ward)
    with django_assert_max_num_queries(8):
        assert len(results(city, "/api/v1/cases/")) == 5


def test_numbers_in_declarations_are_masked(city, ward):
    Declaration.objects.create(
        channel="ihanoi",
        external_id="D1",
        declared_at=datetime(2025, 11, 20, tzinfo=UTC),
        subject="vehicle",
        declarant_id="001091084217",
        declarant_name="Vũ Quang Đạt",
        plate="29-H1 123.45",
        note="gọi 0912 345 678",
        unit=ward,
    )
    (row,) = results(city, "/api/v1/declarations/", plate="29H112345")
    assert row["declarant_id"] == "001091•••217"
    assert "345 678" not in row["note"]
    assert results(city, "/api/v1/declarations/", declarant_id="001091084217")


def test_the_feed_goes_on_after_the_last_number_in_order(city, case):
    for sequence in (2, 1, 3):
        correction(case, sequence)
    correction(case, 1, register="licence")
    feed = results(city, "/api/v1/corrections/", register="owner")
    assert [row["sequence"] for row in feed] == [1, 2, 3]
    assert feed[0]["case"] == case.number
    later = results(city, "/api/v1/corrections/", register="owner", after=1)
    assert [row["sequence"] for row in later] == [2, 3]
    assert results(city, "/api/v1/corrections/", register="owner", after=3) == []


def test_pages_of_the_feed_join_without_a_gap(city, case):
    for sequence in range(1, 8):
        correction(case, sequence)
    address, seen = "/api/v1/corrections/?register=owner&page_size=3", []
    while address:
        page = city.get(address).json()
        seen += [row["sequence"] for row in page["results"]]
        address = page["next"]
    assert seen == [1, 2, 3, 4, 5, 6, 7]


def test_a_number_without_its_register_is_refused_in_words(city):
    response = city.get("/api/v1/corrections/", {"after": 1})
    assert response.status_code == 400
    assert response.json()["after"]


@pytest.mark.parametrize("after", ["x", "1e400", "99999999999999999999999"])
def test_strange_numbers_do_not_break_the_feed(city, case, after):
    correction(case, 1)
    assert city.get("/api/v1/corrections/", {"register": "owner", "after": after}).status_code in (200, 400)


def test_numbers_in_corrections_are_masked_until_a_purpose_is_stated(city, case):
    correction(case, 1, id_number={"old": None, "new": "001091084217"}, person={"old": None, "new": 5})
    (row,) = results(city, "/api/v1/corrections/")
    assert row["changes"]["id_number"] == {"old": None, "new": "001091•••217"}
    assert row["changes"]["person"] == {"old": None, "new": 5}
    city.post(reverse("admin:reveal"), {"purpose": "inspection"})
    (row,) = results(city, "/api/v1/corrections/")
    assert row["changes"]["id_number"]["new"] == "001091084217"


def test_a_ward_reads_its_own_corrections_only(case, ward):
    correction(case, 1)
    correction(open_case(), 2)
    browser = factories.client(factories.user(Role.WARD_SUPERVISOR, ward))
    assert [row["sequence"] for row in results(browser, "/api/v1/corrections/", register="owner")] == [1]


def test_runs_over_the_registers_are_listed_without_those_of_single_records(city):
    run = match_run(verdicts={"verified": 3})
    single = match_run(scope=MatchRun.Scope.SINGLE)
    (row,) = results(city, "/api/v1/match-runs/")
    assert (row["id"], row["verdicts"]) == (run.pk, {"verified": 3})
    assert city.get(f"/api/v1/match-runs/{single.pk}/").status_code == 404


def test_nothing_is_written_through_the_api(city, case):
    for method in (city.post, city.put, city.patch, city.delete):
        assert method(f"/api/v1/cases/{case.pk}/").status_code in (403, 405)


def test_a_look_at_a_case_is_on_the_trail(city, case):
    city.get(f"/api/v1/cases/{case.pk}/")
    assert AuditEvent.objects.filter(
        kind="view", subject_type="verificationcase", subject_id=case.pk
    ).exists()


def test_the_description_of_the_api_is_clean():
    call_command("spectacular", "--validate", "--fail-on-warn", stdout=io.StringIO())
