"""Declarations that agree with the register and the population."""

from datetime import date, timedelta

import pytest

from cases.declarations.reconcile import reconcile_one
from cases.models import Declaration, VerificationCase
from tests import factories
from tests.cases.declarations.rows import FIRST_MORNING, declare, licensed, owner_of, registered

pytestmark = pytest.mark.django_db


def test_an_owner_who_declares_a_vehicle_makes_it_live_from_that_day() -> None:
    vehicle = registered()
    declared = declare(owner_of(vehicle), vehicle, declared_at=FIRST_MORNING)
    vehicle.refresh_from_db()
    assert (declared.state, declared.vehicle, declared.person) == ("confirms", vehicle, owner_of(vehicle))
    assert (vehicle.confirmed_on, vehicle.confirmed_by) == (date(2025, 11, 3), "declaration")
    assert not VerificationCase.objects.exists()


def test_a_declaration_just_after_midnight_counts_for_the_new_day() -> None:
    vehicle = registered()
    declare(owner_of(vehicle), vehicle, declared_at=FIRST_MORNING - timedelta(hours=7, minutes=50))
    vehicle.refresh_from_db()
    assert vehicle.confirmed_on == date(2025, 11, 3)


def test_an_entry_confirmed_later_is_not_made_older() -> None:
    vehicle = registered(confirmed_on=date(2025, 12, 24), confirmed_by="officer")
    declare(owner_of(vehicle), vehicle, declared_at=FIRST_MORNING)
    vehicle.refresh_from_db()
    assert (vehicle.confirmed_on, vehicle.confirmed_by) == (date(2025, 12, 24), "officer")


def test_a_holder_who_declares_a_licence_makes_it_live() -> None:
    person = factories.person()
    licence = licensed(person)
    declared = declare(person, licence)
    licence.refresh_from_db()
    assert (declared.state, declared.licence) == ("confirms", licence)
    assert licence.confirmed_by == "declaration"


def test_a_twin_in_name_and_birth_date_is_somebody_else() -> None:
    licence = licensed(factories.person())
    assert declare(factories.person(), licence).state == "differs"


@pytest.mark.parametrize("name", ["VU QUANG DAT", "Vũ Quang Đat", "vũ quang đạt", "Vũ Quang Dạt"])
def test_a_name_without_its_marks_is_the_same_name(name: str) -> None:
    vehicle = registered()
    assert declare(owner_of(vehicle), vehicle, declarant_name=name).state == "confirms"


def test_a_slip_in_the_name_is_the_same_name() -> None:
    person = factories.person(full_name="Nguyễn Thị Phương")
    vehicle = registered(person)
    assert declare(person, vehicle, declarant_name="Nguyễn Thị Phươg").state == "confirms"


def test_a_former_number_in_the_register_is_the_same_person() -> None:
    person = factories.person(former_ids=["012345678"])
    vehicle = registered(person, owner_id_number="012345678")
    assert declare(person, vehicle).state == "confirms"
    assert not VerificationCase.objects.exists()


def test_a_former_number_in_the_declaration_is_the_same_person() -> None:
    person = factories.person(former_ids=["012345678"])
    assert declare(person, registered(person), declarant_id="012345678").state == "confirms"


def test_an_owner_registered_without_a_number_is_known_by_name_and_birth_date() -> None:
    person = factories.person()
    vehicle = registered(person, owner_id_number=None)
    assert declare(person, vehicle).state == "confirms"


def test_an_owner_registered_with_a_slip_in_the_number_is_known() -> None:
    person = factories.person()
    slip = person.personal_id[:-1] + str((int(person.personal_id[-1]) + 1) % 10)
    assert declare(person, registered(person, owner_id_number=slip)).state == "confirms"


def test_without_a_number_a_declaration_needs_the_telephone_or_the_ward() -> None:
    ward = factories.unit()
    person = factories.person(unit=ward)
    vehicle = registered(person, owner_phone="0912345678")
    silent = {"declarant_id": None}
    assert declare(person, vehicle, **silent).state == "differs"
    assert declare(person, vehicle, declarant_phone="0912345678", **silent).state == "confirms"
    assert declare(person, vehicle, unit=ward, **silent).state == "confirms"


def test_a_stamped_number_may_be_given_by_its_end() -> None:
    vehicle = registered(chassis_no="RLHJF63A0G6972269", engine_no="JF63E-3175622")
    declared = declare(owner_of(vehicle), vehicle, chassis_no="972269", engine_no="JF63E3175622")
    assert declared.state == "confirms"


def test_an_organisation_is_known_by_its_name_and_tax_code() -> None:
    owner = factories.owner(kind="organisation", name="TRẠM Y TẾ PHƯỜNG DƯƠNG NỘI", id_number="0150391810")
    vehicle = factories.vehicle(owner=owner)
    declared = {"declarant_name": "Trạm y tế phường Dương Nội", "channel": "organisation"}
    assert declare(of=vehicle, declarant_id="0150-391-810", **declared).state == "confirms"
    assert declare(of=vehicle, declarant_id="0150391811", **declared).state == "differs"


def test_an_owner_lending_within_the_family_still_confirms() -> None:
    vehicle = registered()
    assert declare(owner_of(vehicle), vehicle, usage_status="in_use_family").state == "confirms"


def test_a_buyer_who_is_registered_by_now_confirms() -> None:
    vehicle = registered()
    assert declare(owner_of(vehicle), vehicle, usage_status="bought_not_transferred").state == "confirms"


def test_a_vehicle_that_the_register_has_as_stolen_is_rightly_declared_stolen() -> None:
    vehicle = registered(status="stolen")
    assert declare(owner_of(vehicle), vehicle, usage_status="stolen").state == "confirms"


def test_whoever_denies_what_is_not_registered_on_them_agrees_and_makes_nothing_live() -> None:
    vehicle = registered()
    stranger = factories.person(full_name="Trần Thị Hoa")
    assert declare(stranger, vehicle, usage_status="not_mine").state == "confirms"
    vehicle.refresh_from_db()
    assert vehicle.confirmed_on is None


def test_reconciling_again_changes_nothing() -> None:
    vehicle = registered()
    declared = declare(owner_of(vehicle), vehicle)
    before = Declaration.objects.values().get()
    reconcile_one(declared)
    assert Declaration.objects.values().get() == before
