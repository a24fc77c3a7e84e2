"""A crowd in which many people share names, wards, birth dates and digits, and parties that err."""

import random
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from tests.cases.matching.builders import party, person

SURNAMES = ("Nguyễn", "Trần", "Lê")
MIDDLES = ("Văn", "Thị", "Đức")
GIVEN = ("Hùng", "Hưng", "Dũng", "Lan", "Loan", "Hoà")
WARDS = ("00004", "00199", None)
FIRST_DAY = date(1985, 1, 1)


def persons(dice: random.Random, count: int) -> list[dict[str, Any]]:
    return [_person(dice, number) for number in range(count)]


def _person(dice: random.Random, number: int) -> dict[str, Any]:
    birthday = FIRST_DAY + timedelta(days=dice.randrange(40))
    birth = dice.choice([f"{birthday}", f"{birthday}", f"{birthday}"[:7], f"{birthday}"[:4]])
    former = [f"0123{dice.randrange(30):05}"] if dice.random() < 0.5 else []
    died = date(2020, 2, 2) if dice.random() < 0.1 else None
    name = " ".join((dice.choice(SURNAMES), dice.choice(MIDDLES), dice.choice(GIVEN)))
    return person(f"001085{number:06}", name, birth, dice.choice(WARDS), former=former, died=died)


def parties(dice: random.Random, crowd: Sequence[Mapping[str, Any]], count: int) -> list[dict[str, Any]]:
    return [_party(dice, dice.choice(crowd), number) for number in range(count)]


def _party(dice: random.Random, who: Mapping[str, Any], party_id: int) -> dict[str, Any]:
    name = dice.choice([str(who["name"]), _misspelt(dice, str(who["name"])), str(who["name"]).upper()])
    number = dice.choice([who["personal_id"], _mistyped(dice, who["personal_id"]), *who["former_ids"], ""])
    birth = dice.choice([f"{who['birth_date']}", f"{who['birth_date']}"[:4], f"{_swapped(who)}", None])
    kind = dice.choice(["citizen"] * 9 + ["organisation"])
    ward = dice.choice([who["ward_code"], "00199", None])
    return party(name, number, birth, ward, kind=kind, party_id=party_id)


def _misspelt(dice: random.Random, name: str) -> str:
    words = name.split(" ")
    return dice.choice([name[:-1], f"{words[0]} {words[2]}", f"{words[2]} {words[0]} {words[1]}", name + "g"])


def _mistyped(dice: random.Random, number: str) -> str:
    at = dice.randrange(11)
    swapped = number[:at] + number[at + 1] + number[at] + number[at + 2 :]
    return dice.choice([swapped, number[:at] + str(dice.randrange(10)) + number[at + 1 :]])


def _swapped(who: Mapping[str, Any]) -> date:
    born: date = who["birth_date"]
    return date(born.year, born.day, born.month) if born.day <= 12 else born


def found_by(lookup: Mapping[str, Any], who: Mapping[str, Any]) -> bool:
    """Whether a database would return the person for a look-up of Django's kind."""
    return all(_holds(name, value, who) for name, value in lookup.items())


def _holds(name: str, value: Any, who: Mapping[str, Any]) -> bool:
    column, _, test = name.partition("__")
    held = who[column]
    tests = {
        "": lambda: held == value,
        "contains": lambda: set(value) <= set(held),
        "startswith": lambda: held.startswith(value),
        "endswith": lambda: held.endswith(value),
        "year": lambda: held is not None and held.year == value,
    }
    return bool(tests[test]())
