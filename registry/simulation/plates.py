"""Plates: which were given to which kind of vehicle in which years, and how clerks type them.

Formats: domain notes on Circulars 15/2014, 58/2020, 24/2023. A plate is a function of the vehicle's place in
its class, so that no two of a class are the same.
"""

from collections import Counter
from dataclasses import asdict, dataclass
from random import Random

from . import makes
from .slips import Stage
from .sql import Dice, case, literal

LETTERS = "ABCDEFGHKLMNPSTUVXYZ"
CODES, OLD_CODES = ("29", "30", "31", "32", "33", "40"), ("29", "30", "31", "32", "33")

_CODE = f"{literal(list(CODES))}[1 + series % {len(CODES)}]"
_SERIES = f"(series // {len(CODES)})"
_OLD_CODE = f"{literal(list(OLD_CODES))}[1 + series % {len(OLD_CODES)}]"
_OLD_SERIES = f"(series // {len(OLD_CODES)})"


def _letter(number: str) -> str:
    return f"substr('{LETTERS}', 1 + ({number}) % {len(LETTERS)}, 1)"


_FIVE = "left(digits, 3) || '.' || right(digits, 2)"
_PAIR = f"{_letter(_SERIES)} || {_letter(f'{_SERIES} // {len(LETTERS)}')}"


@dataclass(frozen=True)
class Format:
    """``high × low`` plates of so many ``digits``; ``text`` from the columns ``series`` and ``digits``."""

    high: int
    low: int
    digits: int
    text: str


FORMATS = {
    "car": Format(3000, 4000, 5, f"{_CODE} || {_letter(_SERIES)} || '-' || {_FIVE}"),
    "car_old": Format(1000, 1000, 4, f"{_OLD_CODE} || {_letter(_OLD_SERIES)} || '-' || digits"),
    "moto": Format(
        10_800,
        10_000,
        5,
        f"{_CODE} || '-' || {_letter(f'{_SERIES} // 9')} || (1 + {_SERIES} % 9) || ' ' || {_FIVE}",
    ),
    "moto_old": Format(
        3000,
        3000,
        4,
        f"{_OLD_CODE} || '-' || {_letter(f'{_OLD_SERIES} // 9')} || (1 + {_OLD_SERIES} % 9) || ' ' || digits",
    ),
    "moto_pair": Format(24_000, 10_000, 5, f"{_CODE} || '-' || {_PAIR} || ' ' || {_FIVE}"),
    "electric": Format(2700, 2000, 5, f"{_CODE} || '-MĐ' || (1 + {_SERIES} % 9) || ' ' || {_FIVE}"),
    "trailer": Format(600, 1000, 5, f"{_CODE} || 'R-' || {_FIVE}"),
    "project": Format(600, 1000, 5, f"{_CODE} || 'LD-' || {_FIVE}"),
}


@dataclass(frozen=True)
class VehicleClass:
    """Vehicles of one kind, colour of plate, format and time; ``share`` of a thousand vehicles."""

    kind: str
    plate_colour: str
    format: str
    models: int
    since: str
    until: str
    share: int
    organisations: float = 0.006
    public_body: bool = False
    use_life: int | None = None


_MOTORBIKES, _CARS, _TRUCKS, _COACHES, _MOPEDS, _ELECTRIC, _TRAILERS, _TRACTORS = range(1, len(makes.ALL) + 1)

CLASSES = (
    VehicleClass("motorbike", "white", "moto_old", _MOTORBIKES, "1997-01-01", "2010-12-31", 150),
    VehicleClass("motorbike", "white", "moto", _MOTORBIKES, "2011-01-01", "2023-08-14", 581),
    VehicleClass("motorbike", "white", "moto_pair", _MOTORBIKES, "2023-08-15", "2025-10-20", 92),
    VehicleClass("motorbike", "blue", "moto", _MOTORBIKES, "2011-01-01", "2023-08-14", 1, 1.0, True),
    VehicleClass("car", "white", "car_old", _CARS, "1997-01-01", "2010-12-31", 9, 0.2),
    VehicleClass("car", "white", "car", _CARS, "2011-01-01", "2025-10-20", 106, 0.08),
    VehicleClass("car", "white", "car", _TRUCKS, "2001-01-01", "2025-10-20", 13, 0.4, False, 25),
    VehicleClass("car", "yellow", "car", _TRUCKS, "2002-01-01", "2025-10-20", 10, 0.6, False, 25),
    VehicleClass("car", "yellow", "car", _COACHES, "2003-01-01", "2025-10-20", 8, 0.7, False, 20),
    VehicleClass("car", "blue", "car", _CARS, "2011-01-01", "2025-10-20", 3, 1.0, True),
    VehicleClass("car", "white", "project", _CARS, "2005-01-01", "2023-08-14", 1, 1.0),
    VehicleClass("moped", "white", "moto_pair", _MOPEDS, "2005-01-01", "2025-10-20", 12),
    VehicleClass("electric_motorbike", "white", "electric", _ELECTRIC, "2016-01-01", "2023-08-14", 8),
    VehicleClass("trailer", "white", "trailer", _TRAILERS, "2008-01-01", "2025-10-20", 4, 0.9),
    VehicleClass("tractor", "white", "car", _TRACTORS, "2008-01-01", "2025-10-20", 2, 0.2),
)

PERIOD = 1000


def _series(vehicle_class: VehicleClass) -> tuple[str, str, str]:
    """Classes of one kind, colour and format count on together, so that their plates differ."""
    return vehicle_class.kind, vehicle_class.plate_colour, vehicle_class.format


def classes() -> list[dict[str, object]]:
    """The classes, each with how many vehicles of a thousand share its series of plates."""
    mates = Counter({_series(c): 0 for c in CLASSES})
    for vehicle_class in CLASSES:
        mates[_series(vehicle_class)] += vehicle_class.share
    return [asdict(c) | {"mates": mates[_series(c)]} | _shape(FORMATS[c.format]) for c in CLASSES]


def _shape(shape: Format) -> dict[str, object]:
    return {"high": shape.high, "low": shape.low, "digits": shape.digits}


def slots() -> list[dict[str, int]]:
    """Class (1 …) and rank in its series for each of a thousand vehicles in a row, mixed once and for all."""
    ranks: Counter[tuple[str, str, str]] = Counter()
    members: list[dict[str, int]] = []
    for number, vehicle_class in enumerate(CLASSES, start=1):
        for _ in range(vehicle_class.share):
            members.append({"class": number, "rank": ranks[_series(vehicle_class)]})
            ranks[_series(vehicle_class)] += 1
    Random(PERIOD).shuffle(members)  # noqa: S311  an order, not a secret
    return members


def numbered(dice: Dice, no: str) -> dict[str, str]:
    """The vehicle's place among all plates of its format, from its ``seat``, class and number."""
    place = f"({no} // {PERIOD}) * slot.mates + seat.rank"
    return {
        "plate_place": dice.shuffled(f"({place}) % (slot.high * slot.low)", "plate", "slot.high", "slot.low")
    }


PARTS = {
    "series": "plate_place // power10(slot.digits)",
    "digits": "lpad((plate_place % power10(slot.digits))::VARCHAR, slot.digits, '0')",
}
TEXT = case((f"slot.format = '{name}'", shape.text) for name, shape in FORMATS.items())
MACROS = ("CREATE TEMP MACRO power10(digits) AS CASE digits WHEN 4 THEN 10000 ELSE 100000 END",)


def typed(text: str, dice: Dice, key: str) -> str:
    """The plate with other separators, other dashes, other blanks, or in small letters."""
    compact = f"replace(replace(replace({text}, '-', ''), ' ', ''), '.', '')"
    ways = [
        compact,
        f"replace({text}, '.', '')",
        f"lower({text})",
        f"replace({text}, '-', ' ')",
        f"replace({text}, ' ', '-')",
        f"replace({text}, 'Đ', 'D')",
        f"replace({text}, '-', ' - ')",
        f"replace({text}, '-', '\u2013')",
        f"replace({text}, ' ', '\u00a0')",
    ]
    return dice.pick(key, "plate typed", f"[{', '.join(ways)}]")


def typing(dice: Dice, code: str) -> Stage:
    """The plate as the register has it."""
    return Stage(
        "plate",
        "plate_text",
        {code: typed("plate_clean", dice, "record_no")},
        key="record_no",
        spared="FALSE",
    )
