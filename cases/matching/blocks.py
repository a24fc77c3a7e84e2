"""Blocks: what a party and a person must share to be compared at all.

One table serves three readers: the joins of the engine, the slice of the population that the engine
keeps for the harder passes, and the look-ups by which a caller fetches that slice for one party from
its own database (`lookups.py`). The columns named here are made in `tables.py`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Source = Literal["number", "former", "slice", "seen"]


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

    `number`, `former`: the whole population, by its number. `slice`: the persons that share a slice
    block with a party still undecided. `seen`: no new pairs, but the holders of the party's number
    that earlier passes did not accept.
    `near_name`: only pairs whose folded names are within the ruleset's edits, or lack a middle name.
    """

    name: str
    source: Source
    keys: tuple[str, ...] = ()
    near_name: bool = False


_TABLE = (
    Block("number", "number", ("number",)),
    Block("former", "former", ("former",)),
    Block("name_birth", "slice", ("name", "birth")),
    Block("name_swapped_birth", "slice", ("name", "swapped")),
    Block("name_only_year", "slice", ("name", "only_year")),
    Block("name_year_to_only", "slice", ("name", "year_to_only")),
    Block("name_number_start", "slice", ("name", "number_start")),
    Block("name_number_end", "slice", ("name", "number_end")),
    Block("name_ward", "slice", ("name", "ward")),
    Block("given_birth", "slice", ("given", "birth"), near_name=True),
    Block("head_birth", "slice", ("head", "birth"), near_name=True),
    Block("rotated_birth", "slice", ("rotated", "birth")),
    Block("given_year_ward", "slice", ("given", "year", "ward"), near_name=True),
    Block("head_year_ward", "slice", ("head", "year", "ward"), near_name=True),
    Block("holder", "seen"),
)

BLOCKS: dict[str, Block] = {block.name: block for block in _TABLE}
SLICE_BLOCKS = tuple(block for block in _TABLE if block.source == "slice")
