"""The population register."""

import re
import unicodedata
from collections import Counter, defaultdict
from pathlib import Path

from registry.simulation import people
from registry.simulation.city import open_workshop
from registry.simulation.sql import Dice, only
from tests.registry.simulation.cities import City, Row


def households(city: City) -> list[list[Row]]:
    homes: dict[str, list[Row]] = defaultdict(list)
    for person in city.persons.values():
        homes[person["address"]].append(person)
    return [home for home in homes.values() if len(home) > 1]


def test_a_personal_number_tells_century_sex_and_year(city: City):
    for number, person in city.persons.items():
        year = int(person["birth_date"][:4])
        expected = 2 * (year // 100 - 19) + (person["gender"] == "F")
        assert re.fullmatch(r"0\d{11}", number)
        assert (int(number[3]), number[4:6]) == (expected, f"{year % 100:02}")


def test_most_were_registered_in_ha_noi(city: City):
    share = sum(number.startswith("001") for number in city.persons) / len(city.persons)
    assert 0.6 < share < 0.8


def test_personal_numbers_stay_unique_in_a_population_of_millions(tmp_path: Path):
    # Persons of the same slot, over all blocks: only they can collide.
    slots_of_all_blocks = "range(2000) AS slots(slot), range(21) AS blocks(block)"
    source = only(slots_of_all_blocks, person_no=f"slot + block * {people.BLOCK}")
    with open_workshop(tmp_path) as workshop:
        rows = workshop.execute(f"SELECT personal_id FROM {people.register(Dice(7), source)}").fetchall()
    assert len(rows) == len(set(rows)) == 2000 * 21


def test_former_numbers_have_nine_digits_belong_to_one_person_and_to_nobody_young(city: City):
    former = Counter(n for p in city.persons.values() for n in p["former_ids"].split(";") if n)
    assert all(re.fullmatch(r"\d{9}", number) for number in former)
    assert max(former.values()) == 1
    assert not any(p["former_ids"] for p in city.persons.values() if p["birth_date"] >= "2001")


def test_some_have_two_former_numbers(city: City):
    two = sum(";" in person["former_ids"] for person in city.persons.values())
    assert 0.02 < two / len(city.persons) < 0.2


def test_names_are_composed_and_in_title_case(city: City):
    for person in city.persons.values():
        name = person["full_name"]
        assert unicodedata.is_normalized("NFC", name)
        assert 2 <= len(name.split()) <= 4
        assert name == name.title()


def test_every_third_is_a_nguyen_and_old_women_are_thi(city: City):
    people_ = city.persons.values()
    assert 0.30 < sum(p["full_name"].startswith("Nguyễn ") for p in people_) / len(people_) < 0.45
    old_women = [p for p in people_ if p["gender"] == "F" and p["birth_date"] < "1985"]
    assert 0.5 < sum(" Thị " in p["full_name"] for p in old_women) / len(old_women) < 0.8


def test_there_are_twins_of_other_name_and_number(city: City):
    twins = [
        (a, b)
        for home in households(city)
        for a in home
        for b in home
        if a["personal_id"] < b["personal_id"] and a["birth_date"] == b["birth_date"]
    ]
    assert twins
    assert all(a["full_name"].split()[0] == b["full_name"].split()[0] for a, b in twins)


def test_some_sons_carry_their_fathers_whole_name(city: City):
    namesakes = [
        home for home in households(city) if len({person["full_name"] for person in home}) < len(home)
    ]
    assert namesakes


def test_some_have_died_and_none_before_growing_up(city: City):
    dead = [person for person in city.persons.values() if person["died_on"]]
    assert 0.01 < len(dead) / len(city.persons) < 0.05
    assert all(int(p["died_on"][:4]) - int(p["birth_date"][:4]) > 20 for p in dead)


def test_people_live_in_all_wards(city: City):
    assert len({person["ward_code"] for person in city.persons.values()}) == 126
