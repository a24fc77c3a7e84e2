"""What people declared."""

import re
from collections import Counter

import pytest

from tests.registry.simulation.cities import City, Row

STATUSES = {
    "in_use_owner", "in_use_family", "bought_not_transferred", "sold_not_transferred", "given_or_inherited",
    "lost", "stolen", "seized", "unused", "scrapped", "expired", "moved_away", "owner_deceased", "not_mine",
}  # fmt: skip


def key(row: Row) -> tuple[str, str, str]:
    return re.sub(r"[^0-9A-ZĐ]", "", row["plate"].upper()), row["vehicle_kind"], row["plate_colour"]


@pytest.fixture(scope="module")
def by_plate(clean_city: City) -> dict[tuple[str, str, str], Row]:
    return {key(vehicle): vehicle for vehicle in clean_city.vehicles}


def of_vehicles(city: City) -> list[Row]:
    return [declaration for declaration in city.declarations if declaration["subject"] == "vehicle"]


def test_every_usage_is_declared_and_no_other(city: City):
    assert {declaration["usage_status"] for declaration in of_vehicles(city)} == STATUSES


def test_all_came_in_the_campaign_and_most_in_its_middle(city: City):
    days = Counter(declaration["declared_at"] for declaration in city.declarations)
    assert min(days) >= "2025-11-01"
    assert max(days) <= "2025-12-31"
    middle = sum(count for day, count in days.items() if "2025-11-22" <= day < "2025-12-06")
    assert middle > len(city.declarations) / 3


def test_most_declared_vehicles_are_in_the_register(
    clean_city: City, by_plate: dict[tuple[str, str, str], Row]
):
    declared = of_vehicles(clean_city)
    known = sum(key(declaration) in by_plate for declaration in declared)
    assert 0.9 < known / len(declared) < 1


def test_an_owner_who_uses_it_says_what_the_register_says(
    clean_city: City, by_plate: dict[tuple[str, str, str], Row]
):
    agreeing = [
        by_plate[key(d)]["owner_id_number"] == d["declarant_id"]
        for d in of_vehicles(clean_city)
        if d["usage_status"] == "in_use_owner" and key(d) in by_plate
    ]
    assert sum(agreeing) / len(agreeing) > 0.9


def test_seller_and_buyer_name_each_other(clean_city: City):
    sold = {key(d): d for d in of_vehicles(clean_city) if d["usage_status"] == "sold_not_transferred"}
    pairs = [
        (sold[key(d)], d)
        for d in of_vehicles(clean_city)
        if d["usage_status"] == "bought_not_transferred"
        and key(d) in sold
        and sold[key(d)]["counterparty_id"]
    ]
    assert pairs
    mutual = sum(seller["counterparty_id"] == buyer["declarant_id"] for seller, buyer in pairs)
    assert mutual / len(pairs) > 0.9


def test_some_vehicles_are_claimed_by_two(clean_city: City):
    claims: dict[tuple[str, str, str], set[str]] = {}
    for declaration in of_vehicles(clean_city):
        if declaration["usage_status"] == "in_use_owner":
            claims.setdefault(key(declaration), set()).add(declaration["declarant_id"])
    assert any(len(claimants) > 1 for claimants in claims.values())


def test_declared_licences_are_in_the_register(clean_city: City):
    numbers = {licence["number"] for licence in clean_city.licences}
    declared = [d for d in clean_city.declarations if d["subject"] == "licence"]
    assert declared
    assert all(declaration["licence_number"] in numbers for declaration in declared)


def test_organisations_declare_in_their_own_name(city: City):
    theirs = [declaration for declaration in city.declarations if declaration["channel"] == "organisation"]
    assert theirs
    assert all(
        declaration["declarant_name"].isupper() for declaration in theirs if declaration["declarant_id"]
    )
