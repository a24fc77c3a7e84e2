"""Several declarations of one entry: replaced, contested, confirmed, decided."""

import pytest
from django.utils import timezone

from cases.models import Discrepancy, VerificationCase
from cases.services.approvals import case_approve
from cases.services.proposals import case_propose
from tests import factories
from tests.cases.declarations.rows import declare, licensed, owner_of, registered
from tests.cases.rows import open_case
from vehreg.accounts.roles import Role

pytestmark = pytest.mark.django_db


def test_a_later_declaration_of_the_same_person_replaces_the_earlier() -> None:
    vehicle = registered()
    person = owner_of(vehicle)
    first = declare(person, vehicle, usage_status="sold_not_transferred")
    second = declare(person, vehicle, usage_status="scrapped")
    first.refresh_from_db()
    assert (first.state, first.finding["replaced_by"]) == ("replaced", second.pk)
    assert set(Discrepancy.objects.values_list("kind", "state")) == {
        ("declared_sold", "withdrawn"),
        ("declared_ended", "open"),
    }
    case = VerificationCase.objects.get()
    assert (case.state, case.kind) == ("open", "declared_ended")


def test_a_declaration_that_arrives_late_is_replaced_by_the_newer_one() -> None:
    vehicle = registered()
    person = owner_of(vehicle)
    newer = declare(person, vehicle)
    older = declare(person, vehicle, usage_status="stolen", declared_at=newer.declared_at.replace(year=2024))
    newer.refresh_from_db()
    assert (newer.state, older.state) == ("confirms", "replaced")
    assert not VerificationCase.objects.exists()


def test_without_a_number_name_and_telephone_tell_who_speaks_again() -> None:
    vehicle = registered()
    said = {"declarant_name": "Trần Thị Hoa", "declarant_phone": "0987654321"}
    first = declare(of=vehicle, usage_status="bought_not_transferred", **said)
    declare(of=vehicle, usage_status="not_mine", **said)
    first.refresh_from_db()
    assert first.state == "replaced"


def test_a_case_whose_last_word_confirms_is_withdrawn_with_the_reason() -> None:
    vehicle = registered()
    person = owner_of(vehicle)
    declare(person, vehicle, usage_status="sold_not_transferred")
    confirming = declare(person, vehicle)
    case = VerificationCase.objects.get()
    assert case.state == "withdrawn"
    event = case.events.order_by("id").last()
    assert (event.move, event.actor) == ("withdraw", None)
    assert str(confirming) in event.reason
    assert event.detail["declaration"] == confirming.pk
    vehicle.refresh_from_db()
    assert vehicle.confirmed_by == "declaration"


def test_a_proposal_of_a_withdrawn_case_is_kept_in_the_event() -> None:
    vehicle = registered(unit=factories.unit())
    person = owner_of(vehicle)
    declare(person, vehicle, usage_status="stolen")
    case = VerificationCase.objects.get()
    officer = factories.user(unit=case.unit)
    case_propose(
        case=case, user=officer, version=case.version, disposition="change_status",
        values={"status": "stolen"}, reason="Đơn trình báo",
    )  # fmt: skip
    declare(person, vehicle)
    case.refresh_from_db()
    kept = case.events.get(move="withdraw").detail["proposal"]
    assert (case.state, kept["disposition"], kept["proposed_by"]) == (
        "withdrawn",
        "change_status",
        officer.pk,
    )


def test_a_proposal_returns_when_something_else_is_declared() -> None:
    vehicle = registered(unit=factories.unit())
    declare(owner_of(vehicle), vehicle, usage_status="sold_not_transferred")
    case = VerificationCase.objects.get()
    officer = factories.user(unit=case.unit)
    case_propose(case=case, user=officer, version=case.version, disposition="transfer", reason="Đã bán")
    declare(factories.person(full_name="Trần Thị Hoa"), vehicle, usage_status="bought_not_transferred")
    case.refresh_from_db()
    assert case.state == "returned"
    assert case.events.filter(move="reopen_stale").exists()


def test_two_people_who_have_the_same_vehicle_raise_one_conflict() -> None:
    vehicle = registered()
    person = owner_of(vehicle)
    mine = declare(person, vehicle)
    theirs = declare(factories.person(full_name="Trần Thị Hoa"), vehicle)
    mine.refresh_from_db()
    assert (mine.state, theirs.state) == ("confirms", "differs")
    found = Discrepancy.objects.get(state="open")
    assert found.kind == "declared_conflict"
    assert set(found.evidence["seen"]["declarations"]) == {str(mine.pk), str(theirs.pk)}
    assert VerificationCase.objects.get().kind == "declared_conflict"


def test_a_conflict_does_not_depend_on_who_declares_first() -> None:
    vehicle = registered()
    theirs = declare(factories.person(full_name="Trần Thị Hoa"), vehicle)
    mine = declare(owner_of(vehicle), vehicle)
    theirs.refresh_from_db()
    assert (mine.state, theirs.state) == ("confirms", "differs")
    assert [found.kind for found in Discrepancy.objects.filter(state="open")] == ["declared_conflict"]
    assert VerificationCase.objects.get().kind == "declared_conflict"


def test_who_has_what_another_declared_stolen_is_in_conflict_with_them() -> None:
    vehicle = registered()
    declare(owner_of(vehicle), vehicle, usage_status="stolen")
    declare(factories.person(full_name="Trần Thị Hoa"), vehicle)
    kinds = Discrepancy.objects.filter(state="open").values_list("kind", flat=True)
    assert set(kinds) == {"declared_stolen", "declared_conflict"}


def test_a_conflict_ends_when_one_side_takes_it_back() -> None:
    vehicle = registered()
    stranger = factories.person(full_name="Trần Thị Hoa")
    declare(owner_of(vehicle), vehicle)
    declare(stranger, vehicle)
    declare(stranger, vehicle, usage_status="not_mine")
    assert VerificationCase.objects.get().state == "withdrawn"
    assert not Discrepancy.objects.filter(state="open").exists()


def test_a_claim_from_before_the_present_registration_is_no_conflict() -> None:
    vehicle = registered(registered_on=timezone.localdate().replace(year=2025, month=12, day=20))
    seller = factories.person(full_name="Trần Thị Hoa")
    declare(seller, vehicle)
    declare(owner_of(vehicle), vehicle)
    assert not Discrepancy.objects.filter(kind="declared_conflict").exists()


def test_what_an_officer_settled_is_not_raised_again() -> None:
    vehicle = registered(unit=factories.unit())
    declare(owner_of(vehicle), vehicle, usage_status="stolen")
    case = VerificationCase.objects.get()
    case = case_propose(
        case=case, user=factories.user(unit=case.unit), version=case.version, disposition="change_status",
        values={"status": "stolen"}, reason="Đơn trình báo",
    )  # fmt: skip
    leader = factories.user(Role.WARD_SUPERVISOR, case.unit)
    case_approve(case=case, user=leader, version=case.version)
    declare(factories.person(full_name="Lê Thị Mai"), vehicle, usage_status="not_mine")
    assert VerificationCase.objects.get(pk=case.pk).state == "closed"
    assert not Discrepancy.objects.filter(state="open", kind__startswith="declared").exists()


def test_a_matching_case_of_the_same_licence_takes_the_declaration_in() -> None:
    person = factories.person()
    licence = licensed(person, licence_class="B2")
    case = open_case(licence, register="licence", kind="name_variant", priority=4)
    declare(person, licence, licence_class="C")
    case.refresh_from_db()
    assert (VerificationCase.objects.count(), case.state) == (1, "open")
    assert (case.kind, case.priority) == ("declared_differs", 3)
    assert set(case.discrepancies.values_list("kind", flat=True)) == {"name_variant", "declared_differs"}
