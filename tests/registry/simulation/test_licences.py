"""The register of licences."""

import re

from tests.registry.simulation.cities import City

UNLIMITED = {"A1", "A2", "A"}


def test_cards_carry_twelve_digits_no_two_alike(clean_city: City):
    cards = [licence["number"] for licence in clean_city.licences if licence["medium"] == "pet"]
    assert all(re.fullmatch(r"\d{12}", number) for number in cards)
    assert len(set(cards)) == len(cards)


def test_the_third_digit_is_the_holders_sex_and_the_next_two_the_year(clean_city: City):
    for licence in clean_city.licences:
        if licence["medium"] == "pet" and (person := clean_city.person(licence)):
            assert licence["number"][2] == {"M": "0", "F": "1"}[person["gender"]]
            assert licence["number"][3:5] == licence["issued_on"][2:4]


def test_paper_ones_are_old_and_often_say_no_number(city: City):
    paper = [licence for licence in city.licences if licence["medium"] == "paper"]
    without = sum(not licence["holder_id_number"] for licence in paper)
    assert 0.2 < len(paper) / len(city.licences) < 0.5
    assert without / len(paper) > 0.6


def test_classes_for_life_do_not_expire_and_the_others_do(clean_city: City):
    for licence in clean_city.licences:
        assert bool(licence["expires_on"]) == (licence["licence_class"] not in UNLIMITED)
        if licence["expires_on"] and licence["expires_on"] < "2025-10-31":
            assert licence["status"] == "expired"


def test_holders_are_not_the_owners_of_the_vehicles_of_the_same_number(city: City):
    pairs = zip(city.licences, city.vehicles, strict=False)
    same = sum(city.person(licence) == city.person(vehicle) for licence, vehicle in pairs)
    assert same / len(city.licences) < 0.02
