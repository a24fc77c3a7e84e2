"""Where people live: the 126 units of today, the 526 of before 1 July 2025, invented streets.

The two tables are facts of the country (Resolution 1656/NQ-UBTVQH15) and are read as files.
"""

import csv
from pathlib import Path

from .sql import Dice, case, literal, table

FACTS = Path(__file__).resolve().parents[1] / "identity" / "data"
WARDS_FILE, LEGACY_FILE = FACTS / "hanoi_wards_126.tsv", FACTS / "hanoi_legacy_to_new.tsv"

STREETS = (
    "Hoa Ban", "Hoa Sữa", "Cây Gạo", "Cầu Mới", "Đình Làng", "Bờ Hồ", "Gốc Đa", "Ao Sen", "Lò Gạch",
    "Chợ Cũ", "Bến Đò", "Giếng Ngọc", "Vườn Đào", "Đồng Xa", "Bãi Giữa", "Ven Đê", "Trại Cam", "Xóm Mới",
    "Cổng Làng", "Sân Kho",
)  # fmt: skip


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines, delimiter="\t"))


def tables() -> dict[str, list[object]]:
    """The lists the expressions below look into: wards, the former units of each, who lives where."""
    wards = _rows(WARDS_FILE)
    former: dict[str, list[dict[str, str]]] = {ward["code"]: [] for ward in wards}
    for unit in _rows(LEGACY_FILE):
        place = {"code": unit["old_code"], "name": unit["old_name"], "district": unit["old_district"]}
        former[unit["new_code"]].append(place)
    return {
        "wards": [{"code": ward["code"], "name": ward["name"]} for ward in wards],
        "former_units": [former[ward["code"]] for ward in wards],
        "homes": [i for i, ward in enumerate(wards) for _ in range(5 if ward["kind"] == "Phường" else 3)],
    }


def home(dice: Dice, key: str) -> str:
    """The place in the list of wards (0 …) where somebody lives; a ward holds more people than a commune."""
    return dice.pick(key, "home", table("homes"))


def ward(index: str) -> str:
    return f"{table('wards')}[1 + {index}]"


def former_unit(dice: Dice, key: str, index: str) -> str:
    """One of the units that today's ward was made of."""
    return dice.pick(key, "former unit", f"{table('former_units')}[1 + {index}]")


def house(dice: Dice, key: str) -> str:
    """Number and street of a house that is nowhere."""
    street = dice.pick(key, "street", literal(list(STREETS)))
    lane = case(
        [(dice.chance(key, "has lane", 0.5), f"' ngõ ' || (1 + {dice.below(key, 'lane', 300)})")], "''"
    )
    return f"'Số ' || (1 + {dice.below(key, 'door', 200)}) || {lane} || ' phố ' || {street}"


def today(house_: str, ward_: str) -> str:
    return f"{house_} || ', ' || {ward_}.name || ', Hà Nội'"


def before(house_: str, unit: str, dice: Dice, key: str) -> str:
    """The address with ward and district of its time, written out or shortened as clerks did."""
    short_unit = f"replace(replace({unit}.name, 'Phường ', 'P. '), 'Xã ', 'X. ')"
    short_district = f"replace(replace({unit}.district, 'Quận ', 'Q. '), 'Huyện ', 'H. ')"
    long = f"{house_} || ', ' || {unit}.name || ', ' || {unit}.district || ', Hà Nội'"
    short = f"{house_} || ', ' || {short_unit} || ', ' || {short_district} || ', HN'"
    return f"CASE WHEN {dice.chance(key, 'shortened', 0.35)} THEN {short} ELSE {long} END"
