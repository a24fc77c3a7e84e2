"""The vehicle register."""

import re
from collections import Counter

from tests.registry.simulation.cities import City, Row

PLATES = {
    "car": r"(29|3[0-3]|40)([A-Z]-\d{3}\.\d{2}|[A-Z]-\d{4}|LD-\d{3}\.\d{2})",
    "motorbike": r"(29|3[0-3]|40)-([A-Z][1-9] (\d{3}\.\d{2}|\d{4})|[A-Z]{2} \d{3}\.\d{2})",
    "moped": r"(29|3[0-3]|40)-[A-Z]{2} \d{3}\.\d{2}",
    "electric_motorbike": r"(29|3[0-3]|40)-MĐ[1-9] \d{3}\.\d{2}",
    "trailer": r"(29|3[0-3]|40)R-\d{3}\.\d{2}",
    "tractor": r"(29|3[0-3]|40)[A-Z]-\d{3}\.\d{2}",
}
TAX_WEIGHTS = (31, 29, 23, 19, 17, 13, 7, 5, 3)


def compact(plate: str) -> str:
    return re.sub(r"[^0-9A-ZĐ]", "", plate.upper())


def citizens(city: City) -> list[Row]:
    return [vehicle for vehicle in city.vehicles if vehicle["owner_kind"] == "citizen"]


def test_plates_have_the_form_of_their_kind(clean_city: City):
    for vehicle in clean_city.vehicles:
        assert re.fullmatch(PLATES[vehicle["vehicle_kind"]], vehicle["plate"])


def test_a_plate_is_of_one_vehicle_of_a_kind_and_colour_unless_spoiled(city: City):
    keys = Counter(
        (compact(v["plate"]), v["vehicle_kind"], v["plate_colour"])
        for v in city.vehicles
        if "plate_duplicate" not in city.injected(v)
        # one written without the stroke of Đ reads the same only to who knows the rule
        and "plate_typed_otherwise" not in city.injected(v)
    )
    assert max(keys.values()) == 1


def test_two_letter_plates_are_of_motorbikes_registered_since_august_2023(clean_city: City):
    first = [
        vehicle["first_registered_on"]
        for vehicle in clean_city.vehicles
        if vehicle["vehicle_kind"] == "motorbike" and re.match(r"\d\d-[A-Z]{2} ", vehicle["plate"])
    ]
    assert first
    assert min(first) >= "2023-08-15"


def test_four_digit_plates_are_older_than_2011(clean_city: City):
    old = [v for v in clean_city.vehicles if re.search(r"[ -]\d{4}$", v["plate"])]
    assert old
    assert max(v["first_registered_on"] for v in old) < "2011"


def test_most_are_motorbikes_of_citizens(city: City):
    kinds = Counter(vehicle["vehicle_kind"] for vehicle in city.vehicles)
    assert 0.75 < kinds["motorbike"] / len(city.vehicles) < 0.92
    assert {v["owner_kind"] for v in city.vehicles} == {"citizen", "organisation", "foreigner"}
    assert len(citizens(city)) / len(city.vehicles) > 0.9


def test_chassis_have_seventeen_signs_and_no_two_are_alike(clean_city: City):
    chassis = [vehicle["chassis_no"] for vehicle in clean_city.vehicles]
    assert all(re.fullmatch(r"[A-Z0-9]{17}", number) for number in chassis)
    assert len(set(chassis)) == len(chassis)


def test_a_vehicle_is_made_before_it_is_registered(clean_city: City):
    for vehicle in clean_city.vehicles:
        assert vehicle["year_made"] <= vehicle["first_registered_on"][:4]
        assert vehicle["first_registered_on"] <= vehicle["registered_on"] <= "2025-10-31"


def test_owners_are_of_age_when_they_register(clean_city: City):
    for vehicle in citizens(clean_city):
        assert int(vehicle["registered_on"][:4]) - int(vehicle["owner_birth_date"][:4]) >= 17


def test_tax_codes_end_in_their_check_digit(clean_city: City):
    codes = {v["owner_id_number"] for v in clean_city.vehicles if v["owner_kind"] == "organisation"}
    assert len(codes) > 20
    for code in codes:
        total = sum(weight * int(digit) for weight, digit in zip(TAX_WEIGHTS, code, strict=False))
        assert re.fullmatch(r"\d{10}", code)
        assert int(code[9]) == 10 - total % 11


def test_one_organisation_has_one_name(clean_city: City):
    names: dict[str, set[str]] = {}
    for vehicle in clean_city.vehicles:
        if vehicle["owner_kind"] == "organisation":
            names.setdefault(vehicle["owner_id_number"], set()).add(vehicle["owner_name"])
    assert all(len(of_one) == 1 for of_one in names.values())


def test_one_dealer_holds_many_motorbikes_under_one_name_and_number(city: City):
    owners = Counter((v["owner_name"], v["owner_id_number"]) for v in citizens(city) if v["owner_id_number"])
    (_, most), (_, second) = owners.most_common(2)
    assert most > 15 > second


def test_owners_share_vehicles(city: City):
    owned = Counter(t["personal_id"] for t in city.truth.values() if t["personal_id"])
    several = sum(1 for count in owned.values() if count > 1)
    assert several / len(owned) > 0.2


def test_most_names_are_in_capitals(city: City):
    capitals = sum(vehicle["owner_name"].isupper() for vehicle in citizens(city))
    assert 0.85 < capitals / len(citizens(city)) < 0.97


def test_lorries_past_their_use_life_are_expired(city: City):
    expired = [vehicle for vehicle in city.vehicles if vehicle["status"] == "expired"]
    assert all(vehicle["valid_until"] < "2025" for vehicle in expired)


def test_nobody_can_be_called(city: City):
    # 095 has been out of service since its operator closed.
    phones = [vehicle["owner_phone"] for vehicle in city.vehicles if vehicle["owner_phone"]]
    assert phones
    assert all(re.fullmatch(r"095\d{7}", phone) for phone in phones)
