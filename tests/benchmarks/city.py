"""The city of a bench and the files of its later days: simulated once, kept below var/bench."""

from __future__ import annotations

import json
import time
from pathlib import Path

import duckdb

from registry.simulation.city import CityFiles, simulate
from registry.simulation.errors import known
from tests.benchmarks.size import Size

SEED = 1
_TOLD = "city.json"

# What a repainted vehicle says: a colour it did not have.
_REPAINTED = "CASE WHEN {row}.colour = 'Đen' THEN 'Trắng' ELSE 'Đen' END"
_OWNER_COLUMNS = (
    "owner_kind", "owner_name", "owner_id_number", "owner_birth_date", "owner_phone", "owner_address",
    "owner_ward_code",
)  # fmt: skip

_HALF = f"""
SELECT * REPLACE (
    CASE WHEN hash(source_id) % 2 = 0 THEN {_REPAINTED.format(row="register")} ELSE colour END AS colour)
FROM read_csv($vehicles, all_varchar = true) AS register WHERE hash(source_id, 'part') % $part = 0"""

# Of the rows of a day every second was sold, the others were repainted; no two days share a row.
_SOLD = ", ".join(
    f"CASE WHEN row.sold THEN buyer.{name} ELSE row.{name} END AS {name}" for name in _OWNER_COLUMNS
)
_DIFFERENCE = f"""
WITH drawn AS (
    SELECT *, row_number() OVER (ORDER BY hash(source_id)) AS place, place % 2 = 0 AS sold
    FROM read_csv($vehicles, all_varchar = true) WHERE hash(source_id) % $days = $day
)
SELECT row.* EXCLUDE (place, sold) REPLACE (
    {_SOLD}, CASE WHEN row.sold THEN row.colour ELSE {_REPAINTED.format(row="row")} END AS colour)
FROM drawn AS row JOIN drawn AS buyer
  ON buyer.place = CASE WHEN row.sold THEN row.place - 1 ELSE row.place END"""


def build(size: Size, folder: Path) -> tuple[CityFiles, float]:
    """The files and the seconds that simulating them took, then or now."""
    files, told = CityFiles.below(folder), folder / _TOLD
    if told.exists():
        kept = json.loads(told.read_text())
        if kept["vehicles"] == size.vehicles:
            return files, float(kept["seconds"])
    folder.mkdir(parents=True, exist_ok=True)
    began = time.monotonic()
    simulate(
        folder,
        vehicles=size.vehicles,
        persons=size.persons,
        licences=size.vehicles * 3 // 50,
        declarations=size.vehicles * 15 // 50,
        seed=SEED,
        errors=known(),
    )
    seconds = time.monotonic() - began
    told.write_text(json.dumps({"vehicles": size.vehicles, "seconds": seconds}))
    return files, seconds


def half_changed(files: CityFiles, out: Path, size: Size) -> Path:
    """The vehicle file again, or a part of it drawn by lot, with every second vehicle repainted."""
    return _write(_HALF, out, vehicles=str(files.vehicles), part=size.updated_part)


def difference(files: CityFiles, out: Path, *, day: int, size: Size) -> Path:
    """What the registration office sends of one day: about `size.difference` rows."""
    days = max(size.vehicles // size.difference, 1)
    return _write(_DIFFERENCE, out, vehicles=str(files.vehicles), day=day, days=days)


def _write(select: str, out: Path, **params: object) -> Path:
    with duckdb.connect(config={"memory_limit": "3GB", "temp_directory": str(out.parent)}) as connection:
        connection.execute(f"COPY ({select}) TO '{out}' (HEADER)", params)
    return out
