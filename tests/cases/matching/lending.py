"""People who own vehicles, and what their registration says of them, with slips of known rates."""

import random
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pyarrow as pa

from tests.cases.matching.builders import parties_table, party, person, population_table

SURNAMES = ("Nguyễn", "Trần", "Lê", "Phạm", "Vũ", "Đỗ", "Bùi", "Ngô", "Đinh", "Cao")
MIDDLES = ("Văn", "Thị", "Đức", "Minh", "Ngọc", "Hữu", "Quang", "Thu")
GIVEN = ("Hùng", "Dũng", "Lan", "Mai", "Tuấn", "Hoa", "Sơn", "Nga", "Bình", "Thảo", "Long", "Yến", "Kiên")


@dataclass(frozen=True)
class Slips:
    """How often what happens to a registration. `present`: its owner is in the population."""

    one_digit: float = 0.06
    year_only: float = 0.2
    moved: float = 0.15
    present: float = 0.9


def lend(*, parties: int, people: int, seed: int) -> tuple[pa.Table, pa.Table, Slips]:
    """Parties and population for the engine; as many parties as people at most."""
    dice, slips = random.Random(seed), Slips()
    everybody = [_person(dice, number) for number in range(people)]
    owners = dice.sample(everybody, parties)
    absent = {one["personal_id"] for one in owners if dice.random() > slips.present}
    there = [one for one in everybody if one["personal_id"] not in absent]
    rows = [_party(dice, slips, number, owner) for number, owner in enumerate(owners)]
    return parties_table(rows), population_table(there), slips


def _person(dice: random.Random, number: int) -> dict[str, Any]:
    born = date(1950, 1, 2) + timedelta(days=dice.randrange(20_000))
    name = f"{dice.choice(SURNAMES)} {dice.choice(MIDDLES)} {dice.choice(GIVEN)}"
    digits = f"001{dice.choice('01')}{born.year % 100:02}{(number * 15_485_863) % 1_000_000:06}"
    return person(digits, name, born.isoformat(), ward=f"{dice.randrange(60):05}")


def _party(dice: random.Random, slips: Slips, number: int, owner: dict[str, Any]) -> dict[str, Any]:
    digits, born = owner["personal_id"], owner["birth_date"].isoformat()
    if dice.random() < slips.one_digit:
        place = dice.randrange(6, 12)
        digits = digits[:place] + str((int(digits[place]) + dice.randrange(1, 10)) % 10) + digits[place + 1 :]
    ward = f"{dice.randrange(60):05}" if dice.random() < slips.moved else owner["ward_code"]
    born = born[:4] if dice.random() < slips.year_only else born
    return party(owner["name"], digits, born, ward, party_id=number)
