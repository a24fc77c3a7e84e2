"""Blocks: what a party and a person must share to be compared at all.

One table serves three readers: the joins of the engine, the slices of the population that the engine
keeps for the harder passes, and the look-ups by which a caller fetches that slice for one party from
its own database (`lookups.py`). The columns named here are made in `tables.py`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Source = Literal["number", "former", "named", "near", "seen"]


@dataclass(frozen=True, slots=True)
class Key:
    """A column of the party that must equal a column of the person; `lookup` finds it from outside."""

    party: str
    person: str
    lookup: str


KEYS: dict[str, Key] = {
    "number": Key("id12", "personal_id", "personal_id"),
    "former": Key("id9", "former_id", "former_ids__contains"),
    "name": Key("name_key", "name_key", "name_key"),
    "rotated": Key("rotated", "name_key", "name_key"),
    "given": Key("given", "given", "name_key__endswith"),
    "head": Key("head", "head", "name_key__startswith"),
    "birth": Key("exact", "exact", "birth_date"),
    "swapped": Key("swapped", "exact", "birth_date"),
    "year": Key("year", "year", "birth_date__year"),
    "only_year": Key("only_year", "year", "birth_date__year"),
    "year_to_only": Key("year", "only_year", "birth_date__year"),
    "ward": Key("ward", "ward", "ward_code"),
    "number_start": Key("number_start", "number_start", "personal_id__startswith"),
    "number_end": Key("number_end", "number_end", "personal_id__endswith"),
}


@dataclass(frozen=True, slots=True)
class Block:
    """Pairs that share all `keys`, found in `source`.

    `number`, `former`: the whole population, by its number. `named`: the slice of the population with
    the name of a party undecided after the numbers. `near`: a slice cut anew for each pass, for the
    few parties left then, since parts of names are shared by many; only pairs whose folded names are
    within the ruleset's edits, or lack a middle name. `seen`: no new pairs, but the holders of the
    party's number that earlier passes did not accept.
    """

    name: str
    source: Source
    keys: tuple[str, ...] = ()


_TABLE = (
    Block("number", "number", ("number",)),
    Block("former", "former", ("former",)),
    Block("name_birth", "named", ("name", "birth")),
    Block("name_swapped_birth", "named", ("name", "swapped")),
    Block("name_only_year", "named", ("name", "only_year")),
    Block("name_year_to_only", "named", ("name", "year_to_only")),
    Block("name_number_start", "named", ("name", "number_start")),
    Block("name_number_end", "named", ("name", "number_end")),
    Block("name_ward", "named", ("name", "ward")),
    Block("given_birth", "near", ("given", "birth")),
    Block("head_birth", "near", ("head", "birth")),
    Block("rotated_birth", "near", ("rotated", "birth")),
    Block("rotated_year_ward", "near", ("rotated", "year", "ward")),
    Block("given_year_ward", "near", ("given", "year", "ward")),
    Block("head_year_ward", "near", ("head", "year", "ward")),
    Block("holder", "seen"),
)

BLOCKS: dict[str, Block] = {block.name: block for block in _TABLE}
NAMED_BLOCKS = tuple(block for block in _TABLE if block.source == "named")
