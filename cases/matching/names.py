"""Names compared by `registry.identity`, once for each pair of spellings."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyarrow as pa

from registry.identity.name_levels import within_one_edit
from registry.identity.names import compare_names
from registry.identity.text import fold

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

BATCH = 50_000

_OPEN_PAIRS = "SELECT DISTINCT party_name, person_name FROM pairs WHERE name IS NULL"

_COMPARED = (
    "CREATE OR REPLACE TEMP TABLE spellings(party_name VARCHAR, person_name VARCHAR, level name_level)"
)

_WRITE_LEVELS = """
UPDATE pairs SET name = spellings.level
FROM spellings
WHERE pairs.name IS NULL AND pairs.party_name = spellings.party_name
  AND pairs.person_name = spellings.person_name
"""


def compare_open_pairs(con: DuckDBPyConnection) -> None:
    """Gives each row of `pairs` whose name level is not known yet its level."""
    spellings = con.sql(_OPEN_PAIRS).to_arrow_table()
    if not spellings.num_rows:
        return
    con.execute(_COMPARED)
    for batch in spellings.to_batches(max_chunksize=BATCH):
        con.register("compared", _compared(batch))
        con.execute("INSERT INTO spellings SELECT * FROM compared")
        con.unregister("compared")
    con.execute(_WRITE_LEVELS)


def _compared(batch: pa.RecordBatch) -> pa.Table:
    party, person = batch.column("party_name"), batch.column("person_name")
    levels = [name_level(a, b) for a, b in zip(party.to_pylist(), person.to_pylist(), strict=True)]
    columns = {"party_name": party, "person_name": person, "level": pa.array(levels, pa.string())}
    return pa.table(columns)


def name_level(party: str, person: str) -> str:
    """The level of two spellings, one of `levels.NAME_LEVELS`."""
    level = str(compare_names(party, person))
    if level == "marks" and (party.isascii() or person.isascii()):
        return "bare"
    return "near" if level == "different" and _one_letter_off(party, person) else level


def _one_letter_off(party: str, person: str) -> bool:
    """One letter in one syllable, the given name apart: that tells brothers and sisters from each other."""
    first, second = fold(party).split(), fold(person).split()
    if len(first) != len(second) or first[-1:] != second[-1:]:
        return False
    wrong = [pair for pair in zip(first, second, strict=True) if pair[0] != pair[1]]
    return len(wrong) == 1 and within_one_edit(*wrong[0])
