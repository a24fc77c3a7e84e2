"""Every rule about owners and licences finds its rows and no others."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from tests import factories
from tests.cases.checks.rows import (
    bike,
    divided_ward,
    evidence,
    found,
    holder,
    open_case_of,
    renamed_ward,
)

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate()


def ids(*entries):
    return {entry.pk for entry in entries}


def years_ago(years, days=0):
    return TODAY.replace(year=TODAY.year - years, day=min(TODAY.day, 28)) + timedelta(days=days)


# --- mass holders and children ----------------------------------------------------------------------------


def test_a_holder_of_twenty_is_marked_once_and_organisations_are_not():
    dealer = holder(vehicle_count=25)
    holder(vehicle_count=19)
    holder(vehicle_count=500, kind="organisation")
    assert found("mass_holder") == ids(dealer)
    assert evidence("mass_holder", dealer)["seen"] == {"vehicles_from": 20}
    case = open_case_of(dealer)
    assert (case.kind, case.register, case.vehicle_count) == ("mass_holder", "owner", 25)


def test_a_mass_holder_is_told_anew_only_when_the_number_doubles():
    dealer = holder(vehicle_count=7000)
    assert found("mass_holder") == ids(dealer)
    assert evidence("mass_holder", dealer)["seen"] == {"vehicles_from": 20 * 2**8}


def test_an_owner_younger_than_fifteen_today_is_found():
    child = holder(birth_date=years_ago(14))
    holder(birth_date=years_ago(15, days=-1))
    holder(birth_date=years_ago(14), kind="organisation")
    holder(birth_date=None)
    assert found("owner_under_age") == ids(child)


def test_an_owner_who_was_too_young_when_the_law_held_is_found_and_one_before_it_is_not():
    born = date(2009, 6, 1)
    early, late, lawful = holder(birth_date=born), holder(birth_date=born), holder(birth_date=born)
    early_vehicle = bike(owner=early, registered_on=date(2023, 8, 14))
    early_vehicle.refresh_from_db()
    bike(owner=late, registered_on=date(2023, 8, 16))
    bike(owner=lawful, registered_on=date(2024, 6, 1))
    assert found("owner_under_age") == ids(late)


# --- the twelve digits ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("number", "born", "codes"),
    [
        ("001091084217", date(1991, 8, 17), None),
        ("001091084217", None, None),
        ("001091084217", date(1990, 8, 17), ["birth_year_differs"]),
        ("001301084217", date(2001, 8, 17), None),
        ("001301084217", date(1901, 8, 17), ["birth_year_differs"]),
        ("003091084217", date(1991, 8, 17), ["unknown_province"]),
        ("104091084217", date(1991, 8, 17), None),
        ("001091000000", date(1991, 8, 17), ["suspicious_tail"]),
        ("001091123456", date(1991, 8, 17), ["suspicious_tail"]),
        ("012345678", date(1950, 1, 1), None),
        ("B1234567", date(1950, 1, 1), None),
        (None, date(1950, 1, 1), None),
    ],
)
def test_the_digits_are_held_against_the_birth_year(number, born, codes):
    owner = holder(id_number=number, birth_date=born)
    licence = factories.licence(holder_id_number=number, holder_birth_date=born)
    assert found("owner_number_odd") == (ids(owner) if codes else set())
    assert found("licence_number_odd") == (ids(licence) if codes else set())
    if codes:
        assert evidence("owner_number_odd", owner)["seen"] == {"codes": codes}


def test_the_digits_are_held_against_the_linked_person():
    woman = factories.person(gender="F", birth_date=date(1990, 1, 1))
    owner = holder(id_number="001091084217", birth_date=date(1991, 8, 17), person=woman)
    assert found("owner_number_odd") == ids(owner)
    assert evidence("owner_number_odd", owner)["seen"] == {
        "codes": ["sex_differs", "population_year_differs"]
    }


def test_odd_digits_warn_and_open_no_case():
    owner = holder(id_number="001091084217", birth_date=date(1990, 8, 17))
    assert found("owner_number_odd") == ids(owner)
    assert open_case_of(owner) is None


# --- the ward ---------------------------------------------------------------------------------------------


def test_an_address_in_a_divided_ward_is_found_by_code_or_by_its_words():
    divided_ward(code="77777", name="Phường Láng Thử", district="Quận Đống Thử")
    by_code = holder(ward_code="77777", unit=None, address="Số 1 phố X")
    by_words = holder(unit=None, address="Số 3, P. Láng Thử, Q. Đống Thử, Hà Nội")
    by_plain = factories.licence(holder_address="12 ngõ 5, phuong lang thu, quan dong thu, HN")
    holder(unit=None, address="Số 3, phường Láng Thử, Hà Nội")
    holder(unit=None, address=None)
    assert found("owner_ward_split") == ids(by_code, by_words)
    assert found("licence_ward_split") == ids(by_plain)
    assert len(evidence("owner_ward_split", by_code)["parts"]) == 2


def test_a_linked_person_settles_in_which_part_of_the_ward():
    parts = divided_ward()
    holder(ward_code="77777", unit=None, person=factories.person(unit=parts[0]))
    unsettled = holder(ward_code="77777", unit=None, person=factories.person(unit=None))
    assert found("owner_ward_split") == ids(unsettled)


def test_a_renamed_ward_and_a_moved_owner_are_never_a_case():
    unit, elsewhere = renamed_ward(code="88888", name="Phường Cũ", district="Quận Thử"), factories.unit()
    by_code = holder(ward_code="88888", unit=unit, address="Số 1, Phường Cũ, Quận Thử, Hà Nội")
    by_words = holder(ward_code=None, unit=None, address="Số 1, Phường Cũ, Quận Thử, Hà Nội")
    moved = holder(
        ward_code=unit.code, unit=unit, address="Số 2 phố Cũ", person=factories.person(unit=elsewhere)
    )
    licence = factories.licence(holder_ward_code="88888", unit=unit, person=factories.person(unit=elsewhere))
    assert found("owner_ward_split") == set()
    for entry in (by_code, by_words, moved, licence):
        assert open_case_of(entry) is None


# --- what is missing --------------------------------------------------------------------------------------


def test_an_owner_without_a_number_is_found_and_one_without_vehicles_is_not():
    nameless = holder(id_number=None)
    holder(id_number="001091084217", address=None)
    holder(id_number=None, vehicle_count=0)
    assert found("owner_incomplete") == ids(nameless)


@pytest.mark.parametrize(
    "columns",
    [{"number": None}, {"issued_on": None}, {"holder_birth_date": None}, {"holder_id_number": None}],
)
def test_a_licence_with_a_field_missing_is_found(columns):
    licence = factories.licence(**columns)
    assert found("licence_incomplete") == ids(licence)


def test_a_paper_licence_needs_no_personal_number():
    factories.licence(medium="paper", number="AK 123456", holder_id_number=None)
    assert found("licence_incomplete") == set()
