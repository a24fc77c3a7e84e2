"""Who is on the list, and who drops off it at once."""

import pytest

from cases.models import Doorstep, UndeclaredCount
from cases.models.subject import Register
from cases.outreach.people import people_at
from registry.models import Owner, Vehicle
from tests import factories
from tests.cases.declarations.rows import declaration, declare
from tests.cases.outreach.rows import door_of, driver, householder, listed, read, supervisor
from tests.cases.rows import open_case, propose_person
from vehreg.accounts.models import Unit

pytestmark = pytest.mark.django_db


@pytest.fixture
def ward() -> Unit:
    return factories.unit()


def test_an_owner_without_a_declaration_is_listed_and_counted(ward: Unit) -> None:
    owner = householder(ward, "Số 5, Tổ dân phố 3, Phường X")
    assert read(ward) == 1
    assert listed(ward) == [owner.pk]
    assert dict(UndeclaredCount.objects.values_list("group_key", "people")) == {"to 3": 1, None: 1}


def test_a_declared_vehicle_takes_its_owner_off_at_once(ward: Unit) -> None:
    owner = householder(ward, vehicles=2)
    read(ward)
    declare(of=owner.vehicles.first(), usage_status="sold_not_transferred")
    assert listed(ward) == []


def test_a_declaration_under_the_owners_number_counts_before_it_is_reconciled(ward: Unit) -> None:
    householder(ward, id_number="001091084217")
    read(ward)
    declaration(declarant_id="001091084217", plate="29-X9 999.99")
    assert listed(ward) == []


def test_the_number_of_the_person_that_matching_found_counts_too(ward: Unit) -> None:
    owner = householder(ward, id_number="012345678")
    person = factories.person(unit=ward)
    Owner.objects.filter(pk=owner.pk).update(person=person)
    read(ward)
    declaration(by=person, plate="29-X9 999.99")
    assert listed(ward) == []


def test_a_declared_licence_does_not_declare_the_vehicles(ward: Unit) -> None:
    owner = householder(ward, id_number="001091084217")
    driver(ward, holder_id_number="001091084217")
    read(ward)
    read(ward, Register.LICENCE)
    declaration(declarant_id="001091084217", subject="licence", licence_number="010123456789")
    assert listed(ward) == [owner.pk]
    assert listed(ward, register="licence") == []


def test_a_holder_is_listed_until_the_licence_is_declared(ward: Unit) -> None:
    licence = driver(ward)
    read(ward, Register.LICENCE)
    assert listed(ward, register="licence") == [licence.pk]
    declare(of=licence)
    assert listed(ward, register="licence") == []


@pytest.mark.parametrize("status", ["revoked", "scrapped"])
def test_an_ended_registration_is_nothing_to_declare(ward: Unit, status: str) -> None:
    householder(ward)
    Vehicle.objects.update(status=status)
    assert read(ward) == 0


@pytest.mark.parametrize("kind", ["organisation", "foreigner"])
def test_only_citizens_are_visited(ward: Unit, kind: str) -> None:
    householder(ward, kind=kind)
    assert read(ward) == 0


def test_a_revoked_licence_is_nothing_to_declare(ward: Unit) -> None:
    driver(ward, status="revoked")
    assert read(ward, Register.LICENCE) == 0


def test_reading_again_follows_who_moved_and_who_declared(ward: Unit) -> None:
    moved, declared, stays = (householder(ward, f"Số {n} phố Huế") for n in (1, 2, 3))
    read(ward)
    kept = door_of(stays).pk
    other = factories.unit()
    Owner.objects.filter(pk=moved.pk).update(unit=other)
    declare(of=declared.vehicles.get())
    Owner.objects.filter(pk=stays.pk).update(address="Số 3 phố Lò Đúc")
    assert read(ward) == 1
    assert read(other) == 1
    assert (listed(ward), listed(other)) == ([stays.pk], [moved.pk])
    assert (door_of(stays).pk, door_of(stays).street) == (kept, "Lò Đúc")


def test_who_moved_away_is_off_the_list_before_the_next_reading(ward: Unit) -> None:
    owner = householder(ward)
    read(ward)
    Owner.objects.filter(pk=owner.pk).update(unit=factories.unit())
    assert listed(ward) == []


def test_an_empty_ward_is_read_too(ward: Unit) -> None:
    assert read(ward) == 0
    assert UndeclaredCount.objects.get(unit=ward).people == 0
    assert not Doorstep.objects.exists()


def test_the_list_goes_group_by_group_along_each_street(ward: Unit) -> None:
    wanted = [
        householder(ward, "Số 9 phố An, Tổ 1"),
        householder(ward, "Số 10 phố An, Tổ 1"),
        householder(ward, "Số 2 phố Bưởi, Tổ 1"),
        householder(ward, "Số 1 phố An, Tổ 2"),
    ]
    read(ward)
    assert listed(ward) == [owner.pk for owner in wanted]
    assert listed(ward, group="to 2") == [wanted[3].pk]
    assert listed(ward, street="pho an") == [wanted[0].pk, wanted[1].pk, wanted[3].pk]


def test_another_wards_officer_sees_nobody(ward: Unit) -> None:
    householder(ward)
    read(ward)
    assert listed(ward, user=supervisor(factories.unit())) == []
    assert listed(ward, user=factories.user("administrator")) == []


def test_what_is_known_of_a_person_comes_with_them(ward: Unit) -> None:
    owner = householder(ward, vehicles=8, phone="0912345678")
    person = factories.person(unit=ward)
    case = open_case(owner, unit=ward)
    propose_person(case, person)
    read(ward)
    (found,) = people_at([door_of(owner)])
    assert (len(found.holds), found.more) == (6, 2)
    assert found.case_number == case.number
    assert found.verdict == case.kind
    assert not found.is_verified
