"""The units of Hà Nội, of today and before 1 July 2025, as tables and by the keys of their names.

Resolution 1656/NQ-UBTVQH15: 526 former units became 126. Only a unit that moved as a whole says where
an address lies now. Tables after vietnamadminunits 1.0.4 (MIT), checked against the official list.
"""

import csv
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final

from .text import fold


@dataclass(frozen=True, slots=True)
class Ward:
    """One of the 126 units; centroid in degrees, area in square kilometres."""

    code: str
    name: str
    kind: str
    latitude: float
    longitude: float
    area_km2: float


@dataclass(frozen=True, slots=True)
class LegacyUnit:
    """A former ward or commune and the units it went to; `whole` when it went to one undivided."""

    code: str
    name: str
    district: str
    aliases: tuple[str, ...]
    new_codes: tuple[str, ...]
    whole: bool


def _rows(file: str) -> Iterator[dict[str, str]]:
    text = files(__package__).joinpath("data", file).read_text(encoding="utf-8")
    return csv.DictReader(text.splitlines(), delimiter="\t")


@cache
def wards() -> tuple[Ward, ...]:
    """The 126 units by code."""
    return tuple(
        Ward(
            row["code"], row["name"], row["kind"],
            float(row["latitude"]), float(row["longitude"]), float(row["area_km2"]),
        )
        for row in _rows("hanoi_wards_126.tsv")
    )  # fmt: skip


@cache
def legacy_units() -> tuple[LegacyUnit, ...]:
    """The 526 former units by code."""
    parts: dict[str, list[dict[str, str]]] = defaultdict(list)
    for row in _rows("hanoi_legacy_to_new.tsv"):
        parts[row["old_code"]].append(row)
    return tuple(_legacy(rows) for rows in parts.values())


def _legacy(rows: list[dict[str, str]]) -> LegacyUnit:
    first = rows[0]
    return LegacyUnit(
        first["old_code"],
        first["old_name"],
        first["old_district"],
        tuple(dict.fromkeys(alias for alias in first["old_aliases"].split("|") if alias)),
        tuple(row["new_code"] for row in rows),
        len(rows) == 1 and first["moved"] == "whole",
    )


# --- by name ---------------------------------------------------------------------------------------

_KIND: Final = re.compile("^(phuong|xa|thi tran|quan|huyen|thi xa|thanh pho) ")


def bare_key(name: str) -> str:
    """A unit's name as a key: folded, without its kind, glued."""
    return glued(_KIND.sub("", fold(name)))


def glued(folded: str) -> str:
    return re.sub("[^a-z0-9]", "", folded)


# Divided in 2013 into Bắc and Nam Từ Liêm, and still written.
_FORMER_DISTRICTS: Final = {"tuliem": "Huyện Từ Liêm"}


@dataclass(frozen=True, slots=True)
class Index:
    """The units by code and by key of their name; former ones also by their aliases."""

    ward_of_code: dict[str, Ward]
    legacy_of_code: dict[str, LegacyUnit]
    wards_named: dict[str, list[Ward]]
    legacy_named: dict[str, list[LegacyUnit]]
    districts: dict[str, str]


@cache
def index() -> Index:
    named: dict[str, list[Ward]] = defaultdict(list)
    legacy: dict[str, list[LegacyUnit]] = defaultdict(list)
    for ward in wards():
        named[bare_key(ward.name)].append(ward)
    for unit in legacy_units():
        for key in {bare_key(unit.name), *_without_kind(unit.aliases)}:
            legacy[key].append(unit)
    return Index(
        {ward.code: ward for ward in wards()},
        {unit.code: unit for unit in legacy_units()},
        dict(named),
        dict(legacy),
        {bare_key(unit.district): unit.district for unit in legacy_units()} | _FORMER_DISTRICTS,
    )


def _without_kind(aliases: tuple[str, ...]) -> Iterator[str]:
    """The table gives an alias with and without its kind; the kind is read apart."""
    with_kind = {kind + alias for alias in aliases for kind in ("phuong", "xa", "thitran")}
    return (alias for alias in aliases if alias not in with_kind)


def lies_in(unit: LegacyUnit, district: str) -> bool:
    """Whether the former unit lay in the district of this key; Từ Liêm was both its halves."""
    return bare_key(unit.district).endswith(district)
