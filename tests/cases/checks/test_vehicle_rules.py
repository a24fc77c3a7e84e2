"""Every rule about vehicles finds its rows and no others."""

from datetime import date

import pytest

from registry.identity.plates import understand_plate
from tests import factories
from tests.cases.checks.rows import THIS_YEAR, bike, car, check_all, coach, evidence, found, lorry

pytestmark = pytest.mark.django_db


def ids(*entries):
    return {entry.pk for entry in entries}


def test_nothing_is_found_of_vehicles_that_are_right():
    for vehicle in (bike(), car(), lorry(), coach()):
        vehicle.refresh_from_db()
    for rule in ("duplicate_plate", "plate_impossible", "use_life_passed", "vehicle_incomplete"):
        assert found(rule) == set()


def test_one_plate_on_a_moped_and_a_motorbike_is_found_on_both():
    one = bike(plate="29-AA 123.45")
    other = bike(plate="29-AA 123.45", vehicle_kind="moped")
    bike(plate="29-AA 123.46", vehicle_kind="moped")
    assert found("duplicate_plate") == ids(one, other)
    assert evidence("duplicate_plate", one)["others"] == [{"id": other.pk, "plate": "29-AA 123.45"}]
    assert evidence("duplicate_plate", other)["others"] == [{"id": one.pk, "plate": "29-AA 123.45"}]


def test_a_motorbike_and_a_car_whose_plates_compact_alike_are_two_plates():
    bike(plate="29-F1 0123")
    car(plate="29F-101.23")
    assert found("duplicate_plate") == set()


def test_a_plate_whose_earlier_registration_has_ended_is_no_duplicate():
    bike(plate="29-AA 123.45", status="revoked")
    bike(plate="29-AA 123.45", vehicle_kind="moped")
    assert found("duplicate_plate") == set()


def test_one_plate_in_two_colours_is_a_warning_and_no_duplicate():
    white, yellow = car(plate="30A-111.11"), car(plate="30A-111.11", plate_colour="yellow")
    assert found("duplicate_plate") == set()
    assert found("plate_in_two_colours") == ids(white, yellow)


@pytest.mark.parametrize(
    ("rule", "field"), [("duplicate_chassis", "chassis_no"), ("duplicate_engine", "engine_no")]
)
def test_one_number_on_two_live_registrations_is_found_on_both(rule, field):
    one, other = bike(**{field: "RLHJF33AB1234567"}), bike(**{field: "RLHJF33AB1234567"})
    bike(**{field: "RLHJF33AB1234567"}, status="scrapped")
    bike(**{field: "RLHJF33AB1234568"})
    assert found(rule) == ids(one, other)
    assert [named["id"] for named in evidence(rule, one)["others"]] == [other.pk]


@pytest.mark.parametrize("number", ["12345", "000000000", "KHONG CO", ""])
def test_what_is_no_number_of_a_vehicle_is_no_duplicate(number):
    bike(chassis_no=number)
    bike(chassis_no=number)
    assert found("duplicate_chassis") == set()


def test_of_many_with_one_number_each_names_ten():
    many = [bike(chassis_no="RLH0000001") for _turn in range(13)]
    assert found("duplicate_chassis") == ids(*many)
    assert len(evidence("duplicate_chassis", many[0])["others"]) == 10


@pytest.mark.parametrize(
    ("plate", "kind", "problem"),
    [
        ("29-H1 123.45", "car", "not_for_kind"),
        ("30A-123.45", "moped", "not_for_kind"),
        ("2912345", "car", "not_a_plate"),
        ("13A-123.45", "car", "unknown_code"),
        ("96-H1 123.45", "motorbike", "unknown_code"),
    ],
)
def test_a_plate_no_such_vehicle_can_have_is_found(plate, kind, problem):
    vehicle = car(plate=plate, vehicle_kind=kind)
    assert found("plate_impossible") == ids(vehicle)
    assert evidence("plate_impossible", vehicle)["problem"] == problem


@pytest.mark.parametrize(
    ("plate", "kind"),
    [
        ("29X-1234", "car"),
        ("30A-123.45", "car"),
        ("30A12345T", "car"),
        ("29-F1 0123", "motorbike"),
        ("29-MD1 013.53", "electric_motorbike"),
        ("29-MĐ1 013.53", "electric_motorbike"),
        ("29LD-012.34", "car"),
        ("29R-123.45", "trailer"),
        ("80-011-NG-01", "car"),
        ("T29-123.45", "car"),
        ("33-H1 1234", "motorbike"),
    ],
)
def test_a_plate_that_was_ever_given_out_is_not_found(plate, kind):
    car(plate=plate, vehicle_kind=kind)
    assert found("plate_impossible") == set()


def test_a_plate_written_as_another_kinds_is_found_by_what_the_file_said():
    vehicle = bike(plate="29-F1 0123", received={"plate": "29F-101.23"})
    assert found("plate_impossible") == ids(vehicle)


@pytest.mark.parametrize("kind", ["car", "motorbike", "moped", "electric_motorbike", "trailer", "tractor"])
def test_the_register_and_the_reader_of_files_call_the_same_plates_impossible(kind):
    plates = [
        "29A12345",
        "29H112345",
        "29AA12345",
        "29LD01234",
        "29X1234",
        "TC3386",
        "13A12345",
        "AB12",
        "9A1",
    ]
    vehicles = {plate: car(plate=plate, vehicle_kind=kind) for plate in plates}
    expected = {vehicles[plate].pk for plate in plates if understand_plate(plate, kind).problem}
    assert found("plate_impossible") == expected


@pytest.mark.parametrize("value", [None, "", "KHÔNG", "0000000"])
def test_a_missing_number_is_found(value):
    one, other = bike(chassis_no=value), bike(engine_no=value)
    assert found("chassis_missing") == ids(one)
    assert found("engine_missing") == ids(other)


def test_a_trailer_needs_no_engine():
    car(plate="29R-123.45", vehicle_kind="trailer", engine_no=None)
    assert found("engine_missing") == set()


def test_a_vehicle_made_after_it_was_registered_is_found():
    late = bike(year_made=2015)
    bike(year_made=2014)
    bike(year_made=None)
    bike(year_made=2015, first_registered_on=None, registered_on=None)
    assert found("made_after_registered") == ids(late)


def test_use_life_ends_on_the_last_day_of_its_last_year():
    goods, coaches = lorry(year_made=THIS_YEAR - 26), coach(year_made=THIS_YEAR - 21)
    lorry(year_made=THIS_YEAR - 25)
    coach(year_made=THIS_YEAR - 20)
    lorry(year_made=THIS_YEAR - 21)
    assert found("use_life_passed") == ids(goods, coaches)
    told = evidence("use_life_passed", goods)
    assert (told["years"], told["ended_on"]) == (25, f"{THIS_YEAR - 1}-12-31")


@pytest.mark.parametrize(
    "columns",
    [
        {"seats": 9},
        {"seats": 5, "payload_kg": 740},
        {"seats": 3, "payload_kg": None},
        {"seats": 29, "plate_colour": "red"},
        {"seats": 29, "plate": "29CD-123.45"},
        {"seats": 29, "plate": "29KT-123.45"},
        {"seats": 29, "status": "expired"},
        {"seats": 29, "status": "not_circulating"},
        {"seats": 29, "status": "revoked"},
        {"vehicle_kind": "trailer", "plate": "29R-123.45", "payload_kg": 20_000, "seats": None},
        {"vehicle_kind": "tractor", "payload_kg": 1000, "seats": 1},
    ],
)
def test_use_life_does_not_bind_those_the_law_leaves_out(columns):
    car(year_made=1980, first_registered_on=date(1981, 1, 1), **columns)
    another = {"plate": columns.get("plate", "30A-999.98").replace("8", "9").replace("45", "46")}
    car(year_made=None, **columns | another)
    assert found("use_life_passed") == set()
    assert found("use_life_unknown") == set()


def test_motorbikes_have_no_use_life():
    bike(year_made=1980)
    assert found("use_life_passed") == set()


def test_a_lorry_or_coach_without_its_year_counts_as_expired():
    goods, coaches = lorry(year_made=None), coach(year_made=None)
    car(year_made=None)
    bike(year_made=None)
    assert found("use_life_unknown") == ids(goods, coaches)


def test_a_missing_brand_or_date_is_found_and_either_date_will_do():
    nameless, dateless = bike(brand=None), bike(registered_on=None, first_registered_on=None)
    bike(registered_on=None)
    bike(first_registered_on=None)
    assert found("vehicle_incomplete") == ids(nameless, dateless)


def test_an_ended_registration_is_not_looked_at():
    factories.vehicle(plate="???", brand=None, status="revoked")
    check_all()
    for rule in ("plate_impossible", "chassis_missing", "vehicle_incomplete"):
        assert found(rule) == set()


def test_in_use_past_its_validity_is_a_warning():
    past = car(valid_until=date(2024, 12, 31))
    car(valid_until=date(THIS_YEAR + 1, 12, 31))
    car(valid_until=date(2024, 12, 31), status="expired")
    assert found("validity_passed") == ids(past)
