"""The figures, counted from the rows they are about."""

from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from cases.models import DailyFigure, Verdict
from cases.models.case import CaseState
from cases.progress.campaign import current_campaign
from cases.progress.counting import count_figures
from cases.progress.figures import SETS
from tests import factories
from tests.cases.progress.rows import days_ago, declaration, good_vehicle
from tests.cases.rows import open_case

pytestmark = pytest.mark.django_db


class Statements:
    """Notes each statement that is sent."""

    def __init__(self):
        self.seen = []

    def __call__(self, execute, sql, params, many, context):
        self.seen.append(sql)
        return execute(sql, params, many, context)


@pytest.fixture
def ward():
    return factories.unit()


@pytest.fixture(autouse=True)
def _campaign(settings):
    settings.CAMPAIGN_START = str(timezone.localdate() - timedelta(days=9))


def counted(name, unit, day=None):
    count_figures(day=day)
    row = DailyFigure.objects.filter(name=name, unit=unit, day=day or timezone.localdate()).first()
    return row.value if row else 0


def test_a_good_vehicle_counts_for_every_quality_but_live(ward):
    good_vehicle(ward)
    count_figures()
    found = dict(DailyFigure.objects.filter(unit=ward).values_list("name", "value"))
    assert found == {"vehicles": 1, "correct": 1, "complete": 1, "clean": 1}


def test_a_registration_that_ended_counts_for_nothing(ward):
    good_vehicle(ward, status="scrapped")
    good_vehicle(ward, status="revoked")
    assert counted("vehicles", ward) == 0


def test_a_vehicle_without_a_ward_counts_under_no_unit(ward):
    good_vehicle(None)
    assert counted("vehicles", None) == 1


@pytest.mark.parametrize(
    ("verdict", "comparison", "correct"),
    [
        ("verified", {}, 1),
        ("organisation", {"tax_code": "valid"}, 1),
        ("organisation", {"tax_code": "invalid"}, 0),
        ("foreigner", {"document": "present"}, 1),
        ("foreigner", {"document": "missing"}, 0),
        ("verified_former_id", {}, 0),
        ("name_variant", {}, 0),
        ("deceased", {}, 0),
        ("", {}, 0),
    ],
)
def test_correct_is_who_agrees_with_the_population_or_has_papers_that_check(
    ward, verdict, comparison, correct
):
    good_vehicle(ward, verdict=verdict, comparison=comparison)
    assert counted("correct", ward) == correct


def test_only_the_verdict_in_force_decides(ward):
    vehicle = good_vehicle(ward, verdict="verified")
    later = good_vehicle(factories.unit())
    Verdict.objects.filter(subject_id=vehicle.owner_id).update(
        superseded_by=Verdict.objects.get(subject_id=later.owner_id).run
    )
    assert counted("correct", ward) == 0


@pytest.mark.parametrize(
    "missing",
    [
        {"brand": None},
        {"chassis_no": ""},
        {"engine_no": None},
        {"registered_on": None, "first_registered_on": None},
    ],
)
def test_a_missing_mandatory_field_is_not_complete(ward, missing):
    good_vehicle(ward, **missing)
    assert counted("complete", ward) == 0


def test_an_owner_without_a_number_is_not_complete(ward):
    good_vehicle(ward, owner=factories.owner(id_number=None))
    assert counted("complete", ward) == 0


def test_a_trailer_needs_no_engine(ward):
    good_vehicle(ward, vehicle_kind="trailer", plate="29R-123.45", engine_no=None)
    assert counted("complete", ward) == 1


@pytest.mark.parametrize(
    "impossible",
    [
        {"year_made": 2016},
        {"registered_on": timezone.localdate() + timedelta(days=40)},
        {"plate": "99999"},
        {"plate": "2912345"},
        {"plate": "13A-123.45"},
        {"status": "expired"},
        {"valid_until": timezone.localdate() - timedelta(days=1)},
    ],
)
def test_what_cannot_be_is_not_clean(ward, impossible):
    good_vehicle(ward, **impossible)
    assert counted("clean", ward) == 0


@pytest.mark.parametrize("number", ["chassis_no", "engine_no"])
def test_two_registrations_with_one_number_are_both_not_clean(ward, number):
    good_vehicle(ward, **{number: "RLHJC123"})
    good_vehicle(ward, **{number: "RLHJC123"})
    good_vehicle(ward)
    assert counted("clean", ward) == 1


def test_a_scrapped_twin_does_no_harm(ward):
    good_vehicle(ward, chassis_no="RLHJC123", status="scrapped")
    good_vehicle(ward, chassis_no="RLHJC123")
    assert counted("clean", ward) == 1


@pytest.mark.parametrize(
    "plate",
    [
        "29-H1 123.45",
        "29F1-0123",
        "29A-123.45",
        "29LD-012.34",
        "80-011-NG-01",
        "29-MĐ1 013.53",
        "T29-123.45",
        "TC-33-86",
    ],
)
def test_every_way_of_numbering_is_a_plate(ward, plate):
    good_vehicle(ward, plate=plate)
    assert counted("clean", ward) == 1


def test_live_is_confirmed_within_the_campaign(ward):
    start = current_campaign().start
    good_vehicle(ward, confirmed_on=start, confirmed_by="declaration")
    good_vehicle(ward, confirmed_on=start - timedelta(days=1), confirmed_by="officer")
    assert counted("live", ward) == 1


def test_cases_are_counted_by_state_age_and_due_day(ward):
    open_case(unit=ward, opened_at=days_ago(0))
    open_case(unit=ward, opened_at=days_ago(2), state=CaseState.PROPOSED)
    open_case(unit=ward, opened_at=days_ago(3), due_on=timezone.localdate() - timedelta(days=1))
    open_case(unit=ward, opened_at=days_ago(8), state=CaseState.WAITING)
    open_case(unit=ward, opened_at=days_ago(8), state=CaseState.CLOSED, closed_at=days_ago(0))
    count_figures()
    found = dict(DailyFigure.objects.filter(unit=ward, day=timezone.localdate()).values_list("name", "value"))
    expected = {
        "state_open": 2, "state_proposed": 1, "state_waiting": 1, "state_closed": 1, "backlog": 4, "done": 1,
        "overdue": 1, "age_new": 2, "age_week": 1, "age_old": 1, "opened": 1, "closed": 1,
    }  # fmt: skip
    assert {name: found.get(name) for name in expected} == expected


def test_what_happened_is_counted_on_its_day(ward):
    open_case(unit=ward, opened_at=days_ago(4), closed_at=days_ago(2), state=CaseState.CLOSED)
    declaration(days_ago(4), unit=ward)
    declaration(days_ago(4), unit=ward, subject="licence")
    good_vehicle(ward, confirmed_on=days_ago(3).date(), confirmed_by="officer")
    count_figures()
    flows = DailyFigure.objects.filter(
        unit=ward, name__in=["opened", "closed", "declared", "declared_licences", "confirmed"]
    )
    assert {(row.name, row.day) for row in flows} == {
        ("opened", days_ago(4).date()),
        ("closed", days_ago(2).date()),
        ("declared", days_ago(4).date()),
        ("declared_licences", days_ago(4).date()),
        ("confirmed", days_ago(3).date()),
    }


def test_counting_again_replaces_today_and_leaves_yesterday(ward):
    yesterday = timezone.localdate() - timedelta(days=1)
    case = open_case(unit=ward)
    assert counted("backlog", ward, day=yesterday) == 1
    case.state, case.closed_at = CaseState.CLOSED, timezone.now()
    case.save()
    assert counted("backlog", ward) == 0
    assert DailyFigure.objects.get(day=yesterday, unit=ward, name="backlog").value == 1


def test_a_set_that_was_just_counted_is_not_due(ward):
    count_figures()
    assert count_figures(only_due=True) == []


def test_a_set_that_takes_long_rests_longer(ward):
    count_figures()
    clocks = DailyFigure.objects.filter(name__in=[one.clock for one in SETS])
    clocks.update(counted_at=timezone.now() - timedelta(minutes=2))
    DailyFigure.objects.filter(name="ms_vehicles").update(value=60_000)
    names = {one.name for one in count_figures(only_due=True)}
    assert names == {"cases"}


def test_every_set_reads_each_table_a_fixed_number_of_times(ward):
    """However many vehicles there are, a count is as many statements."""
    count_figures()
    for _number in range(5):
        good_vehicle(ward)
    few = statements_of_a_count()
    for _number in range(20):
        good_vehicle(ward)
    assert statements_of_a_count() == few


def statements_of_a_count():
    statements = Statements()
    with connection.execute_wrapper(statements):
        count_figures()
    return len(statements.seen)
