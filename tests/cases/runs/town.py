"""A small town with the mistakes registers have, the same for the same seed. All of it is invented."""

import random
from dataclasses import dataclass
from datetime import date, timedelta

from registry.models import DriverLicence, Owner, Person
from tests import factories
from vehreg.accounts.models import Unit

_SURNAMES = ("Nguyễn", "Trần", "Lê", "Phạm", "Đỗ", "Vũ", "Bùi")
_MIDDLES = ("Văn", "Thị", "Quang", "Minh", "Ngọc", "Thanh")
_GIVENS = ("Hùng", "Dũng", "Lan", "Thuý", "Anh", "An", "Hoà", "Đạt", "Trang", "Sơn", "Linh", "Hải")


@dataclass(frozen=True)
class Town:
    wards: list[Unit]
    persons: list[Person]
    owners: list[Owner]
    licences: list[DriverLicence]


def build(*, persons: int, seed: int = 1) -> Town:
    """A town where about half of the owners are registered as the population register has them."""
    chance = random.Random(seed)
    wards = [factories.unit() for _ in range(3)]
    people = Person.objects.bulk_create(_person(chance, wards, number) for number in range(persons))
    owners = Owner.objects.bulk_create(_owner(chance, person, number) for number, person in enumerate(people))
    licences = DriverLicence.objects.bulk_create(
        _licence(chance, person, number) for number, person in enumerate(people[: persons // 5])
    )
    return Town(wards, people, owners, licences)


def _person(chance: random.Random, wards: list[Unit], number: int) -> Person:
    born = date(1955, 1, 1) + timedelta(days=chance.randrange(18000))
    sex = chance.randrange(2)
    return Person(
        personal_id=f"001{sex}{born.year % 100:02d}{number:06d}",
        former_ids=[f"01{number:07d}"] if chance.random() < 0.6 else [],
        full_name=" ".join(chance.choice(words) for words in (_SURNAMES, _MIDDLES, _GIVENS)),
        birth_date=born,
        birth_precision="day",
        unit=chance.choice([*wards, None]),
        died_on=date(2025, 3, 1) if chance.random() < 0.03 else None,
        as_of=date(2025, 11, 1),
    )


def _party(chance: random.Random, person: Person) -> dict[str, object]:
    """How a register names a person: rightly, or with one or two mistakes."""
    party: dict[str, object] = {
        "name": person.full_name,
        "id_number": person.personal_id,
        "birth_date": person.birth_date,
        "birth_precision": "day",
        "unit": person.unit,
    }
    for _ in range(chance.choice((0, 0, 0, 1, 1, 2))):
        chance.choice(_MISTAKES)(chance, person, party)
    return party


def _owner(chance: random.Random, person: Person, number: int) -> Owner:
    if number % 40 == 39:
        return Owner(kind="organisation", name=f"Công ty {number}", id_number="0100109106", vehicle_count=3)
    return Owner(vehicle_count=1 + chance.randrange(3), **_party(chance, person))


def _licence(chance: random.Random, person: Person, number: int) -> DriverLicence:
    party = _party(chance, person)
    return DriverLicence(
        source_id=f"GP{number}",
        licence_class="A1",
        unit=party.pop("unit"),
        **{f"holder_{name}": value for name, value in party.items()},
    )


def _former(chance, person, party):
    party["id_number"] = person.former_ids[0] if person.former_ids else None


def _no_number(chance, person, party):
    party["id_number"] = None


def _digit(chance, person, party):
    place = chance.randrange(6, 12)
    digits = person.personal_id
    party["id_number"] = digits[:place] + str((int(digits[place]) + 1) % 10) + digits[place + 1 :]


def _no_marks(chance, person, party):
    marked, plain = "ễăìệạũùỗịáốúàơầêôđĐ", "eaieauuoiaouaoaeodD"
    party["name"] = str(party["name"]).translate(str.maketrans(marked, plain)).upper()


def _other_given(chance, person, party):
    party["name"] = " ".join([*str(party["name"]).split()[:2], chance.choice(_GIVENS)])


def _year_only(chance, person, party):
    party["birth_date"], party["birth_precision"] = date(person.birth_date.year, 1, 1), "year"


def _no_birth(chance, person, party):
    party["birth_date"] = party["birth_precision"] = None


def _no_ward(chance, person, party):
    party["unit"] = None


_MISTAKES = (_former, _no_number, _digit, _no_marks, _other_given, _year_only, _no_birth, _no_ward)
