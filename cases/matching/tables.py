"""The narrow tables that the passes work on, made from parties, population and refusals."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

import pyarrow as pa

from cases.matching.blocks import KEYS, Block, Source
from cases.matching.templates import fill

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

Population: TypeAlias = pa.Table | str | Path

_PARTY = """
CREATE TEMP TABLE party AS
SELECT (row_number() OVER ())::INTEGER AS pid, register, party_id::BIGINT AS party_id,
       kind, coalesce(id_number, '') AS id_number
FROM parties_in
"""

_UNDECIDED = """
CREATE TEMP TABLE undecided AS
SELECT pid, coalesce(name, '') AS name, nullif(name_key, '') AS name_key,
       CASE WHEN length(id_key) = 12 THEN id_key END AS id12,
       CASE WHEN length(id_key) = 9 THEN id_key END AS id9,
       exact_birth(birth_date, birth_precision) AS exact,
       month_of_birth(birth_date, birth_precision) AS month,
       year(birth_date) AS year,
       nullif(ward_code, '') AS ward,
       false AS held
FROM parties_in JOIN party USING (register, party_id)
WHERE party.kind NOT IN ('organisation', 'foreigner')
"""

_PERSON = """
CREATE TEMP VIEW person AS
SELECT personal_id, coalesce(name, '') AS name, nullif(name_key, '') AS name_key, former_ids,
       exact_birth(birth_date, birth_precision) AS exact,
       month_of_birth(birth_date, birth_precision) AS month,
       year(birth_date) AS year,
       nullif(ward_code, '') AS ward,
       died_on IS NOT NULL AS died
FROM population_in
"""

_REFUSED = """
CREATE TEMP TABLE refused AS
SELECT DISTINCT pid, personal_id FROM refusals_in JOIN party USING (register, party_id)
"""

_NO_REFUSALS = "CREATE TEMP TABLE refused(pid INTEGER, personal_id VARCHAR)"

_RESULTS = (
    """CREATE TEMP TABLE verdict(pid INTEGER, verdict VARCHAR, pass_name VARCHAR, personal_id VARCHAR,
        name name_level, number number_level, birth birth_level, ward ward_level,
        bits DOUBLE, next_bits DOUBLE, comparison VARCHAR)""",
    """CREATE TEMP TABLE seen(pid INTEGER, personal_id VARCHAR,
        name name_level, number number_level, birth birth_level, ward ward_level,
        died BOOLEAN, shared_by DOUBLE, name_bits DOUBLE, bits DOUBLE, holder BOOLEAN)""",
)

# What the blocks of slices share, made only where it is needed. Head: all but the last syllable.
NAME_PARTS = """
    split_part(name_key, ' ', -1) AS given,
    CASE WHEN contains(name_key, ' ')
        THEN name_key[:length(name_key) - length(split_part(name_key, ' ', -1)) - 1] END AS head"""

_ONLY_YEAR = "CASE WHEN exact IS NULL THEN year END AS only_year"

_PERSON_PARTS = {
    "named": f"{_ONLY_YEAR}, personal_id[:6] AS number_start, personal_id[7:] AS number_end",
    "near": NAME_PARTS,
}

_WITH_KEYS = """
CREATE OR REPLACE TEMP TABLE undecided AS
SELECT *, $name_parts, $only_year,
    CASE WHEN contains(name_key, ' ')
        THEN name_key[strpos(name_key, ' ') + 1:] || ' ' || split_part(name_key, ' ', 1) END AS rotated,
    CASE WHEN day(exact) <= 12 AND day(exact) <> month(exact)
        THEN make_date(year(exact), day(exact), month(exact)) END AS swapped,
    id12[:6] AS number_start, id12[7:] AS number_end
FROM undecided
"""

_SLICE = """
CREATE OR REPLACE TEMP TABLE $source AS
SELECT * FROM (SELECT *, $parts FROM person) WHERE $shares_a_block
"""


def load(
    con: DuckDBPyConnection, parties: pa.Table, population: Population, refusals: pa.Table | None
) -> None:
    """`party` (all), `undecided` (those to be matched), the view `person`, `refused` and empty results."""
    con.register("parties_in", parties)
    if isinstance(population, pa.Table):
        con.register("population_in", population)
    else:
        con.read_parquet(str(population)).create_view("population_in")
    for statement in (_PARTY, _UNDECIDED, _PERSON, *_RESULTS):
        con.execute(statement)
    _load_refusals(con, refusals)


def _load_refusals(con: DuckDBPyConnection, refusals: pa.Table | None) -> None:
    if refusals is None or not refusals.num_rows:
        con.execute(_NO_REFUSALS)
        return
    con.register("refusals_in", refusals)
    con.execute(_REFUSED)


def add_keys(con: DuckDBPyConnection) -> None:
    """Gives the undecided parties the columns that the blocks of slices share."""
    con.execute(fill(_WITH_KEYS, name_parts=NAME_PARTS, only_year=_ONLY_YEAR))


def cut_slice(con: DuckDBPyConnection, source: Source, blocks: Iterable[Block]) -> None:
    """A table `source`: the persons that share a block with a party still undecided, in one scan.

    Compared by hash: a chance collision adds a person to the slice, where no block will join it.
    """
    tests = [_in_any(person, group) for person, group in _by_person_columns(blocks).items()]
    parts = _PERSON_PARTS[source]
    con.execute(fill(_SLICE, source=source, parts=parts, shares_a_block=" OR ".join(tests)))


def _by_person_columns(blocks: Iterable[Block]) -> dict[tuple[str, ...], list[Block]]:
    grouped: dict[tuple[str, ...], list[Block]] = {}
    for block in blocks:
        grouped.setdefault(tuple(KEYS[key].person for key in block.keys), []).append(block)
    return grouped


def _in_any(person: tuple[str, ...], blocks: list[Block]) -> str:
    asked = " UNION ALL ".join(_asked([KEYS[key].party for key in block.keys]) for block in blocks)
    return fill("hash($person) IN ($asked)", person=", ".join(person), asked=asked)


def _asked(columns: list[str]) -> str:
    known = " AND ".join(fill("$column IS NOT NULL", column=column) for column in columns)
    return fill("SELECT hash($columns) FROM undecided WHERE $known", columns=", ".join(columns), known=known)
