"""Cases follow the checks: opened, withdrawn, left alone where an officer has decided."""

from datetime import date

import pytest

from cases.checks.checking import check_one
from cases.models import CaseEvent, CheckFinding, Discrepancy, VerificationCase
from cases.services.approvals import case_approve
from cases.services.proposals import case_propose, dispositions_for
from registry.models import Vehicle
from tests import factories
from tests.cases.checks.rows import bike, car, check_all, holder, lorry, open_case_of, open_kinds
from tests.cases.rows import open_case
from vehreg.accounts.roles import Role

pytestmark = pytest.mark.django_db


def settle(case, disposition="entry_right", **values):
    """Proposed by one officer, approved by another."""
    proposed = case_propose(
        case=case,
        user=factories.user(Role.CITY_OFFICER),
        version=case.version,
        disposition=disposition,
        values=values,
        reason="Đã xác minh",
    )
    second = factories.user(Role.CITY_SUPERVISOR)
    decision = case_approve(case=proposed, user=second, version=proposed.version)
    assert decision.applied
    return decision.case


def last_event(entry_case):
    return CaseEvent.objects.filter(case=entry_case).latest("id")


def test_one_case_holds_all_that_is_wrong_with_a_vehicle_headed_by_the_most_urgent():
    ward = factories.unit()
    vehicle = bike(engine_no=None, year_made=2016, unit=ward)
    check_all()
    case = open_case_of(vehicle)
    assert open_kinds(vehicle) == {"engine_missing", "made_after_registered"}
    assert (case.kind, case.unit, case.register) == ("made_after_registered", ward, "vehicle")
    assert [event.move for event in case.events.all()] == ["opened"]


def test_checking_again_changes_nothing():
    vehicle = bike(engine_no=None)
    check_all()
    before = open_case_of(vehicle), CaseEvent.objects.count()
    check_all()
    after = open_case_of(vehicle), CaseEvent.objects.count()
    assert (before[0].version, before[1]) == (after[0].version, after[1])
    assert Discrepancy.objects.count() == CheckFinding.objects.count() == 1


def test_what_a_check_finds_joins_the_case_that_matching_opened():
    owner = holder(id_number=None, unit=factories.unit())
    case = open_case(owner, kind="probable", unit=owner.unit, priority=3)
    check_all()
    assert open_kinds(owner) == {"probable", "owner_incomplete"}
    assert VerificationCase.objects.count() == 1
    case.refresh_from_db()
    assert case.kind == "probable"


def test_a_corrected_row_withdraws_its_case_and_says_why():
    vehicle = bike(engine_no=None)
    check_all()
    case = open_case_of(vehicle)
    Vehicle.objects.filter(pk=vehicle.pk).update(engine_no="JF33E-7654321")
    check_all()
    case.refresh_from_db()
    assert (case.state, Discrepancy.objects.get().state) == ("withdrawn", "withdrawn")
    assert last_event(case).detail["cause"] == "agrees"
    assert last_event(case).detail["rules"] == ["engine_missing"]
    assert not CheckFinding.objects.exists()


def test_a_registration_that_ends_withdraws_its_case():
    vehicle = bike(engine_no=None)
    check_all()
    case = open_case_of(vehicle)
    Vehicle.objects.filter(pk=vehicle.pk).update(status="scrapped")
    check_all()
    case.refresh_from_db()
    assert (case.state, last_event(case).detail["cause"]) == ("withdrawn", "ended")


def test_a_case_with_something_else_stays_when_one_thing_is_corrected():
    vehicle = bike(engine_no=None, brand=None)
    check_all()
    Vehicle.objects.filter(pk=vehicle.pk).update(brand="Honda")
    check_all()
    assert open_kinds(vehicle) == {"engine_missing"}


def test_a_proposal_goes_back_when_the_check_finds_something_new():
    vehicle = bike(engine_no=None)
    check_all()
    case = open_case_of(vehicle)
    proposed = case_propose(
        case=case,
        user=factories.user(Role.CITY_OFFICER),
        version=case.version,
        disposition="entry_right",
        reason="Đúng",
    )
    Vehicle.objects.filter(pk=vehicle.pk).update(brand=None)
    check_all()
    proposed.refresh_from_db()
    assert proposed.state == "returned"


# --- what an officer has decided --------------------------------------------------------------------------


def test_what_an_officer_found_right_is_not_opened_again():
    vehicle = lorry(year_made=1990, first_registered_on=date(1991, 1, 1), registered_on=None)
    check_all()
    settle(open_case_of(vehicle))
    Vehicle.objects.filter(pk=vehicle.pk).update(colour="Trắng")
    check_all()
    assert open_case_of(vehicle) is None
    assert CheckFinding.objects.get().rule == "use_life_passed"


def test_what_an_officer_found_right_is_opened_again_on_other_evidence():
    vehicle, twin = bike(chassis_no="RLH1234567"), bike(chassis_no="RLH1234567")
    check_all()
    settle(open_case_of(vehicle))
    check_all()
    assert open_case_of(vehicle) is None
    assert open_kinds(twin) == {"duplicate_chassis"}
    third = bike(chassis_no="RLH1234567")
    check_all()
    assert open_kinds(vehicle) == open_kinds(third) == {"duplicate_chassis"}


def test_an_old_value_that_comes_back_after_its_correction_is_found_again():
    vehicle = bike(engine_no=None)
    check_all()
    settle(open_case_of(vehicle), "correct_entry", engine_no="JF33E-7654321")
    assert open_case_of(vehicle) is None
    Vehicle.objects.filter(pk=vehicle.pk).update(engine_no=None)
    check_all()
    assert open_kinds(vehicle) == {"engine_missing"}


def test_who_an_owner_is_says_nothing_about_what_else_is_wrong_with_the_entry():
    person = factories.person()
    owner = holder(birth_date=date(2020, 5, 1), unit=factories.unit(), id_number=None)
    case = open_case(owner, kind="probable", unit=owner.unit, person=person, priority=2)
    check_all()
    assert open_kinds(owner) == {"probable", "owner_under_age", "owner_incomplete"}
    Discrepancy.objects.filter(case=case).exclude(kind="owner_under_age").update(state="settled")
    VerificationCase.objects.filter(pk=case.pk).update(state="closed", disposition="link_person")
    Discrepancy.objects.filter(case=case).update(state="settled")
    check_all()
    assert "owner_under_age" in open_kinds(owner)


# --- at once ----------------------------------------------------------------------------------------------


def test_an_approval_checks_the_entry_and_its_twin_at_once():
    vehicle, twin = bike(chassis_no="RLH1234567"), bike(chassis_no="RLH1234567")
    check_all()
    other = open_case_of(twin)
    settle(open_case_of(vehicle), "correct_entry", chassis_no="RLH7654321")
    other.refresh_from_db()
    assert (open_case_of(vehicle), other.state) == (None, "withdrawn")
    assert not CheckFinding.objects.exists()


def test_one_entry_checked_alone_comes_to_what_a_check_of_all_does():
    vehicle, twin = bike(engine_no=None, chassis_no="RLH1234567"), bike(chassis_no="RLH1234567")
    done = check_one("vehicle", vehicle.pk)
    assert done.opened == 2
    assert open_kinds(vehicle) == {"engine_missing", "duplicate_chassis"}
    assert open_kinds(twin) == {"duplicate_chassis"}
    check_all()
    assert CaseEvent.objects.count() == 2


def test_checking_an_entry_that_is_gone_withdraws_its_case():
    vehicle = bike(engine_no=None)
    check_all()
    case = open_case_of(vehicle)
    vehicle.delete()
    check_one("vehicle", case.subject_id)
    case.refresh_from_db()
    assert (case.state, last_event(case).detail["cause"]) == ("withdrawn", "gone")


def test_a_case_offers_first_what_usually_settles_it():
    expired, twin = lorry(year_made=1990, first_registered_on=date(1991, 1, 1)), bike(chassis_no="RLH1234567")
    car(chassis_no="RLH1234567")
    check_all()
    assert dispositions_for(open_case_of(expired))[0] == "change_status"
    assert dispositions_for(open_case_of(twin))[0] == "correct_entry"
