"""Which declarations wait for the ward, as plain ones or to be looked at, and in which order."""

import pytest
from django.db import connection

from cases.confirmations.waiting import next_waiting, waiting_for, waiting_page
from cases.declarations.reconcile import reconcile_one
from cases.models import Declaration
from cases.models.declaration import Waiting
from registry.models import Owner, Vehicle
from tests import factories
from tests.cases.confirmations.rows import again, confirm, plain, unmarked
from tests.cases.declarations.rows import declare, licensed, owner_of, registered

pytestmark = pytest.mark.django_db


def test_what_agrees_letter_by_letter_waits_as_plain(ward):
    assert plain(ward).waits == Waiting.PLAIN


def test_a_licence_that_agrees_letter_by_letter_is_plain_too(ward):
    holder = factories.person(unit=ward)
    assert declare(holder, licensed(holder, unit=ward), unit=ward).waits == Waiting.PLAIN


def test_capitals_are_the_same_letters(ward):
    person = factories.person(unit=ward)
    vehicle = registered(person, unit=ward, owner_name=person.full_name.upper())
    assert declare(person, vehicle, unit=ward).waits == Waiting.PLAIN


def test_a_name_without_its_marks_is_to_be_looked_at(ward):
    declaration = unmarked(ward)
    assert (declaration.state, declaration.waits) == ("confirms", Waiting.SINGLY)


@pytest.mark.parametrize(
    ("declared", "registered_as"),
    [
        ({}, {"owner_birth_date": None, "owner_id_number": None}),
        ({"chassis_no": "000123"}, {"chassis_no": "RLHJC000123"}),
        ({"plate_colour": "yellow"}, {"plate_colour": "white"}),
        ({"usage_status": "in_use_family"}, {}),
    ],
)
def test_what_is_right_but_not_the_same_in_all_is_to_be_looked_at(ward, declared, registered_as):
    person = factories.person(unit=ward)
    vehicle = registered(person, unit=ward, **registered_as)
    assert declare(person, vehicle, unit=ward, **declared).waits != Waiting.PLAIN


def test_what_differs_waits_for_nobody_here(ward):
    vehicle = registered(unit=ward)
    declaration = declare(owner_of(vehicle), vehicle, unit=ward, usage_status="sold_not_transferred")
    assert (declaration.state, declaration.waits) == ("differs", None)


def test_what_somebody_else_contests_no_longer_waits(ward):
    vehicle = registered(unit=ward)
    mine = declare(owner_of(vehicle), vehicle, unit=ward)
    declare(factories.person(full_name="Trần Thị Hoa", unit=ward), vehicle, unit=ward)
    assert (again(mine).state, again(mine).waits) == ("confirms", None)


def test_a_replaced_declaration_no_longer_waits_and_the_later_one_does(ward):
    vehicle = registered(unit=ward)
    first = declare(owner_of(vehicle), vehicle, unit=ward)
    later = declare(owner_of(vehicle), vehicle, unit=ward)
    assert (again(first).waits, later.waits) == (None, Waiting.PLAIN)


def test_a_confirmed_declaration_that_is_judged_anew_waits_anew(ward, officer):
    declaration = plain(ward)
    confirm(declaration, officer)
    assert again(declaration).waits is None
    Declaration.objects.filter(pk=declaration.pk).update(state="received", note="thêm")
    anew = reconcile_one(again(declaration))
    assert (anew.confirmed_at, anew.waits) == (None, Waiting.PLAIN)


def test_a_confirmation_is_no_change_in_the_history_of_the_declaration(ward, officer):
    declaration = plain(ward)
    before = declaration.events.count()
    confirm(declaration, officer)
    assert declaration.events.count() == before


def test_a_plain_one_whose_owner_is_corrected_later_stays_what_it_was_judged(ward):
    declaration = plain(ward)
    Owner.objects.update(name="Người Khác")
    assert reconcile_one(again(declaration)).waits == Waiting.PLAIN


def test_the_oldest_stand_first_page_by_page(ward, officer):
    made = [plain(ward) for _number in range(5)]
    first = waiting_page(officer, Waiting.PLAIN, size=2)
    following = waiting_page(officer, Waiting.PLAIN, size=2, after=str(first.rows[-1].pk))
    assert [row.pk for row in first.rows + following.rows] == [one.pk for one in made[:4]]
    back = waiting_page(officer, Waiting.PLAIN, size=2, before=str(following.rows[0].pk))
    assert [row.pk for row in back.rows] == [one.pk for one in made[:2]]


def test_after_the_last_plain_one_come_those_to_be_looked_at(ward, officer):
    first, last, other = plain(ward), plain(ward), unmarked(ward)
    assert next_waiting(officer, Waiting.PLAIN, after=first) == last
    assert next_waiting(officer, Waiting.PLAIN, after=last) == first
    confirm(first, officer)
    assert next_waiting(officer, Waiting.PLAIN, after=last) == other


def test_a_ward_sees_its_own_and_the_city_sees_all(ward, officer):
    ours, theirs = plain(ward), plain(factories.unit())
    assert list(waiting_for(officer, Waiting.PLAIN)) == [ours]
    everybody = waiting_for(factories.user("city_officer"), Waiting.PLAIN)
    assert list(everybody) == [ours, theirs]
    of_one = waiting_for(factories.user("city_officer"), Waiting.PLAIN, unit_code=theirs.unit.code)
    assert list(of_one) == [theirs]


_FILL = """
INSERT INTO cases_declaration (channel, external_id, declared_at, subject, declarant_name, unit_id, state,
                               finding)
SELECT 'ihanoi', 'Q' || n, now() - n * interval '1 minute', 'vehicle', 'Vũ Quang Đạt',
       (%(units)s)[1 + n %% 4], 'confirms', '{"plain": true}'
FROM generate_series(1, 4000) AS n"""


@pytest.mark.parametrize("role", ["ward_officer", "city_officer"])
def test_the_queue_is_read_from_an_index_in_its_order(ward, role):
    user = factories.user(role, ward if role == "ward_officer" else None)
    units = [ward.pk, *(factories.unit().pk for _number in range(3))]
    with connection.cursor() as cursor:
        cursor.execute(_FILL, {"units": units})
        cursor.execute("ANALYZE cases_declaration")
    plan = waiting_for(user, Waiting.PLAIN)[:50].explain()
    index = "cases_declaration_waits_idx" if role == "ward_officer" else "cases_declaration_city_waits"
    assert index in plan
    assert "Sort" not in plan


def test_a_vehicle_that_goes_takes_its_confirmation_back(ward, officer):
    declaration = plain(ward)
    confirm(declaration, officer)
    Declaration.objects.filter(pk=declaration.pk).update(state="received", vehicle=None)
    assert Vehicle.objects.exists()
    assert again(declaration).confirmed_at is None
