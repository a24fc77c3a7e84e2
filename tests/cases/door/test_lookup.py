"""What an officer at the door learns from the registers."""

from datetime import date

import pytest

from cases.door.lookup import look_up
from tests import factories
from tests.cases.declarations.rows import declaration, owner_of, registered
from vehreg.accounts.models import Unit
from vehreg.accounts.roles import Role

pytestmark = pytest.mark.django_db

NUMBER = "001091084217"


@pytest.fixture(autouse=True)
def city():
    return factories.unit(code="CITY", kind=Unit.Kind.CITY, name="Đội Đăng ký")


@pytest.fixture
def ward():
    return factories.unit()


@pytest.fixture
def officer(ward):
    return factories.user(unit=ward)


@pytest.fixture
def vehicle(ward):
    person = factories.person(personal_id=NUMBER, former_ids=["012345678"], unit=ward)
    return registered(person, unit=ward, plate="29-H1 123.45")


@pytest.mark.parametrize("text", ["29-H1 123.45", "29h112345", "29 h1 12345"])
def test_a_plate_is_found_however_it_is_typed(officer, vehicle, text):
    known = look_up(text, officer=officer)
    (entry,) = known.entries
    assert (entry.subject, entry.title, entry.party) == ("vehicle", "29-H1 123.45", "Vũ Quang Đạt")
    assert not known.elsewhere


def test_a_personal_number_finds_the_person_their_vehicles_and_licences(officer, vehicle, ward):
    factories.licence(unit=ward, holder_id_number=NUMBER, number="010123456789", licence_class="A1")
    known = look_up(NUMBER, officer=officer)
    assert [person.name for person in known.people] == ["Vũ Quang Đạt"]
    assert [entry.subject for entry in known.entries] == ["vehicle", "licence"]


def test_a_former_number_finds_the_person(officer, vehicle):
    assert [person.number for person in look_up("012345678", officer=officer).people] == ["001091•••217"]


def test_a_licence_number_finds_the_licence(officer, ward):
    factories.licence(unit=ward, number="010123456789", licence_class="A1", expires_on=date(2030, 1, 2))
    (entry,) = look_up("010123456789", officer=officer).entries
    assert (entry.subject, entry.licence_class) == ("licence", "A1")
    assert entry.detail.startswith("A1 · ")


def test_no_number_is_shown_whole(officer, vehicle, ward):
    factories.licence(unit=ward, holder_id_number=NUMBER)
    shown = repr(look_up(NUMBER, officer=officer))
    assert "001091•••217" in shown
    assert NUMBER not in shown


def test_what_was_declared_last_is_told(officer, vehicle, ward):
    declaration(owner_of(vehicle), vehicle, vehicle=vehicle, unit=ward, usage_status="stolen")
    declaration(owner_of(vehicle), vehicle, vehicle=vehicle, unit=ward, usage_status="lost")
    (entry,) = look_up("29H112345", officer=officer).entries
    assert "bị mất" in entry.declared


def test_another_ward_learns_that_there_is_more_and_nothing_of_it(vehicle):
    known = look_up("29H112345", officer=factories.user())
    assert (known.people, known.entries, known.elsewhere) == ([], [], True)


def test_the_city_sees_every_ward(vehicle):
    known = look_up("29H112345", officer=factories.user(Role.CITY_OFFICER))
    assert len(known.entries) == 1
    assert not known.elsewhere


@pytest.mark.parametrize("text", ["", "abc", "Vũ Quang Đạt", "29", "%%%", "\x00"])
def test_what_is_no_plate_and_no_number_is_not_looked_up(officer, text):
    assert look_up(text, officer=officer) is None


def test_a_number_nobody_has_finds_nothing(officer, vehicle):
    factories.licence(unit=officer.unit, holder_id_number=None, number=None)
    known = look_up("099999999999", officer=officer)
    assert (known.people, known.entries, known.elsewhere) == ([], [], False)


def test_a_lookup_costs_the_same_however_much_is_found(officer, ward, django_assert_max_num_queries):
    owner = factories.owner(unit=ward, id_number=NUMBER, vehicle_count=9)
    for _copy in range(9):
        factories.vehicle(owner=owner, unit=ward)
    with django_assert_max_num_queries(8):
        assert len(look_up(NUMBER, officer=officer).entries) == 9
