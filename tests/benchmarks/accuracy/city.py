"""A simulated city as the engine wants it: its files understood by `registry.identity`, no database."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from registry.identity.dates import understand_birth
from registry.identity.names import understand_name
from registry.identity.numbers import id_key
from registry.identity.places import resolve_ward
from registry.identity.text import fold

BATCH = 100_000

PARTY_SCHEMA = pa.schema(
    {
        "register": pa.string(),
        "party_id": pa.int64(),
        "kind": pa.string(),
        "name": pa.string(),
        "name_key": pa.string(),
        "id_number": pa.string(),
        "id_key": pa.string(),
        "birth_date": pa.date32(),
        "birth_precision": pa.string(),
        "ward_code": pa.string(),
        "source_id": pa.string(),
    }
)

_PARTIES = (("owner", "vehicles.csv", "owner_"), ("licence", "licences.csv", "holder_"))

# The population file is clean: names as they are, birth dates to the day.
_PERSONS = """
COPY (
    SELECT personal_id, string_split(nullif(former_ids, ''), ';') AS former_ids, full_name AS name, name_key,
           birth_date::DATE AS birth_date, 'day' AS birth_precision, ward_code, died_on::DATE AS died_on
    FROM read_csv($source, all_varchar = true) JOIN keys USING (full_name)
) TO '{target}' (FORMAT parquet)"""

# The person whom the truth names, where the population register has them.
_TRUTH = """
SELECT parties.register, parties.party_id, truth.injected, persons.personal_id,
       persons.died_on IS NOT NULL AS died
FROM parties
JOIN read_csv($truth, all_varchar = true) AS truth USING (source_id)
LEFT JOIN read_parquet($persons) AS persons ON persons.personal_id = truth.personal_id
WHERE parties.kind = 'citizen'"""


@dataclass(frozen=True, slots=True)
class City:
    """`parties`: one row for each vehicle and licence; `persons`: a Parquet file; `truth`: see `_TRUTH`."""

    parties: pa.Table
    persons: Path
    truth: pa.Table


def read_city(folder: Path) -> City:
    """The files of `simulate` in `folder`. The understood population stays beside them for the next time."""
    persons = folder / "persons.parquet"
    if not persons.exists():
        _understand_persons(folder / "persons.csv", persons)
    parties = pa.concat_tables(_parties(folder))
    with duckdb.connect() as con:
        con.register("parties", parties)
        names = {"truth": str(folder / "truth.csv"), "persons": str(persons)}
        truth = con.sql(_TRUTH, params=names).to_arrow_table()
    return City(parties.drop(["source_id"]), persons, truth)


def _understand_persons(source: Path, target: Path) -> None:
    with duckdb.connect() as con:
        names = con.sql(
            "SELECT DISTINCT full_name FROM read_csv($source, all_varchar = true)",
            params={"source": str(source)},
        ).to_arrow_table()
        keys = pa.array([fold(name) for name in names.column("full_name").to_pylist()])
        con.register("keys", names.append_column("name_key", keys))
        con.execute(_PERSONS.format(target=target), {"source": str(source)})


def _parties(folder: Path) -> Iterator[pa.Table]:
    number = 0
    for register, file, prefix in _PARTIES:
        with (folder / file).open(encoding="utf-8", newline="") as lines:
            batch = []
            for row in csv.DictReader(lines):
                number += 1
                batch.append(_party(register, number, prefix, row))
                if len(batch) == BATCH:
                    yield pa.Table.from_pylist(batch, PARTY_SCHEMA)
                    batch = []
            yield pa.Table.from_pylist(batch, PARTY_SCHEMA)


def _party(register: str, number: int, prefix: str, row: dict[str, str]) -> dict[str, Any]:
    name = understand_name(row[f"{prefix}name"]).text
    birth = understand_birth(row[f"{prefix}birth_date"])
    return {
        "register": register,
        "party_id": number,
        "kind": row.get("owner_kind") or "citizen",
        "name": name,
        "name_key": fold(name),
        "id_number": row[f"{prefix}id_number"],
        "id_key": id_key(row[f"{prefix}id_number"]),
        "birth_date": birth.date if birth else None,
        "birth_precision": str(birth.precision) if birth else None,
        "ward_code": _first_ward((row[f"{prefix}ward_code"], row[f"{prefix}address"])),
        "source_id": row["source_id"],
    }


def _first_ward(texts: Iterable[str]) -> str | None:
    return next((code for code in map(_ward, texts) if code), None)


@lru_cache(maxsize=500_000)
def _ward(text: str) -> str | None:
    return resolve_ward(text).code or None if text else None
