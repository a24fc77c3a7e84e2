"""A correction that was approved lets the declarations of its entries be judged anew."""

from typing import Any

import pytest

from cases.models import Declaration, Discrepancy, VerificationCase
from cases.services.approvals import case_approve
from cases.services.proposals import case_propose
from registry.models import Vehicle
from tests import factories
from tests.cases.declarations.rows import declare, licensed, owner_of, registered
from tests.cases.rows import open_case
from vehreg.accounts.roles import Role

pytestmark = pytest.mark.django_db


def settle(case: VerificationCase, **proposal: Any) -> None:
    officer, leader = factories.user(unit=case.unit), factories.user(Role.WARD_SUPERVISOR, case.unit)
    case = case_propose(
        case=case, user=officer, version=case.version, **{"reason": "Đã đối chiếu"} | proposal
    )
    assert case_approve(case=case, user=leader, version=case.version).applied


def declared_cases() -> Any:
    """The states of the cases that declarations made; the checks may find something else."""
    return VerificationCase.objects.filter(kind__startswith="declared").values_list("state", flat=True)


def test_a_chassis_number_corrected_as_declared_makes_the_declaration_confirm() -> None:
    vehicle = registered(unit=factories.unit(), chassis_no="RLHJF63A0G6972269")
    declared = declare(owner_of(vehicle), vehicle, chassis_no="RLHJF63A0G6972260")
    assert declared.state == "differs"
    settle(VerificationCase.objects.get(), disposition="as_declared", reason="")
    declared.refresh_from_db()
    vehicle.refresh_from_db()
    assert (declared.state, vehicle.chassis_no) == ("confirms", "RLHJF63A0G6972260")
    assert vehicle.confirmed_by == "declaration"
    assert list(declared_cases()) == ["closed"]


def test_a_licence_class_corrected_as_declared_makes_the_declaration_confirm() -> None:
    person = factories.person()
    licence = licensed(person, licence_class="B2", unit=factories.unit())
    declared = declare(person, licence, licence_class="C")
    settle(VerificationCase.objects.get(), disposition="as_declared", reason="")
    declared.refresh_from_db()
    licence.refresh_from_db()
    assert (declared.state, licence.licence_class) == ("confirms", "C")


def test_an_owner_corrected_through_matching_confirms_each_of_their_vehicles() -> None:
    person, ward = factories.person(full_name="Trần Thị Hoa"), factories.unit()
    wrong = factories.owner(name="Lê Thị Mai", id_number=None, vehicle_count=2)
    vehicles = [factories.vehicle(owner=wrong, unit=ward) for _ in range(2)]
    declared = [declare(person, vehicle) for vehicle in vehicles]
    assert {one.state for one in declared} == {"differs"}
    case = open_case(wrong, kind="no_candidate", unit=ward)
    settle(case, disposition="link_person", person=person)
    assert set(Declaration.objects.values_list("state", flat=True)) == {"confirms"}
    assert not Discrepancy.objects.filter(state="open", kind__startswith="declared").exists()
    assert set(Vehicle.objects.values_list("confirmed_by", flat=True)) == {"declaration"}


def test_owners_who_become_one_keep_the_declarations_of_their_vehicles() -> None:
    person, ward = factories.person(full_name="Trần Thị Hoa"), factories.unit()
    registered(person, unit=ward)
    wrong = factories.owner(name="Lê Thị Mai", id_number=None, vehicle_count=1)
    vehicle = factories.vehicle(owner=wrong, unit=ward)
    declared = declare(person, vehicle)
    settle(open_case(wrong, kind="no_candidate", unit=ward), disposition="link_person", person=person)
    declared.refresh_from_db()
    vehicle.refresh_from_db()
    assert (declared.state, vehicle.owner.name) == ("confirms", "Trần Thị Hoa")


def test_what_an_officer_found_right_in_the_register_is_not_raised_again() -> None:
    vehicle = registered(unit=factories.unit(), chassis_no="RLHJF63A0G6972269")
    declared = declare(owner_of(vehicle), vehicle, chassis_no="RLHJF63A0G6972260")
    settle(VerificationCase.objects.get(), disposition="entry_right")
    declared.refresh_from_db()
    assert (declared.state, list(declared_cases())) == ("differs", ["closed"])
    assert not Discrepancy.objects.filter(state="open", kind__startswith="declared").exists()


def test_a_register_changed_by_a_delivery_does_not_turn_an_old_word_around() -> None:
    vehicle = registered(chassis_no="RLHJF63A0G6972269")
    declared = declare(owner_of(vehicle), vehicle, chassis_no="RLHJF63A0G6972260")
    Vehicle.objects.update(chassis_no="RLHJF63A0G6972260")
    declare(factories.person(full_name="Lê Thị Mai"), vehicle, usage_status="not_mine")
    declared.refresh_from_db()
    assert declared.state == "differs"
