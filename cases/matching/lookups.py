"""What a caller with one party must look up in its own database to match it as a whole run would.

Each look-up is a mapping of Django field look-ups on the population's columns, all of which must hold;
the persons that any of them finds are the slice. They come from the same table of blocks as the joins
of the engine, so a slice can hold more persons than the engine needs, never fewer.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from cases.matching.blocks import BLOCKS, KEYS

Lookup = dict[str, Any]

NOT_MATCHED = ("organisation", "foreigner")


def blocking_keys(party: Mapping[str, Any]) -> list[Lookup]:
    """The look-ups for one party (a mapping with the columns of the parties' table), without repeats."""
    if party.get("kind") in NOT_MATCHED:
        return []
    known = party_columns(party)
    lookups: list[Lookup] = []
    for block in BLOCKS.values():
        columns = [KEYS[key] for key in block.keys]
        if not columns or any(known[key.party] is None for key in columns):
            continue
        lookup = {key.lookup: known[key.party] for key in columns}
        if lookup not in lookups:
            lookups.append(lookup)
    return lookups


def party_columns(party: Mapping[str, Any]) -> dict[str, Any]:
    """The party's side of every key; None where the party does not have it. As in `tables.py`."""
    return {column: make(party) or None for column, make in _COLUMNS.items()}


def _name(party: Mapping[str, Any]) -> str:
    return party.get("name_key") or ""


def _number(party: Mapping[str, Any], length: int) -> str:
    digits = party.get("id_key") or ""
    return digits if len(digits) == length else ""


def _exact(party: Mapping[str, Any]) -> date | None:
    """The birth date where the day is known; 1 January stands for "day not known" too often."""
    born: date | None = party.get("birth_date")
    known = born and party.get("birth_precision") == "day" and (born.day, born.month) != (1, 1)
    return born if known else None


def _year(party: Mapping[str, Any]) -> int | None:
    born: date | None = party.get("birth_date")
    return born.year if born else None


def _swapped(party: Mapping[str, Any]) -> date | None:
    born = _exact(party)
    if born is None or born.day > 12 or born.day == born.month:
        return None
    return date(born.year, born.day, born.month)


def _rotated(party: Mapping[str, Any]) -> str:
    first, _, rest = _name(party).partition(" ")
    return f"{rest} {first}" if rest else ""


_COLUMNS: dict[str, Callable[[Mapping[str, Any]], object]] = {
    "id12": lambda party: _number(party, 12),
    "id9": lambda party: [_number(party, 9)] if _number(party, 9) else None,
    "name_key": _name,
    "rotated": _rotated,
    "given": lambda party: _name(party).rpartition(" ")[2],
    "head": lambda party: _name(party).rpartition(" ")[0],
    "exact": _exact,
    "swapped": _swapped,
    "year": _year,
    "only_year": lambda party: None if _exact(party) else _year(party),
    "ward": lambda party: party.get("ward_code"),
    "number_start": lambda party: _number(party, 12)[:6],
    "number_end": lambda party: _number(party, 12)[6:],
}
