"""Plain `COPY` of the same columns into the same indexed tables: `python -m … CITY_URL RIVAL_URL FOLDER`.

The rows are those that our delivery left, already understood and clean: what COPY is spared is parsing,
checking, comparing and finding the owner of each vehicle. Only copying in is timed.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

import psycopg

# Deliveries are what the rows of the registers refer to; they are not timed.
_TIMED = ("registry_owner", "registry_vehicle")
_TABLES = ("registry_delivery", *_TIMED)
_BLOCK = 1 << 20

_COLUMNS = """
SELECT column_name FROM information_schema.columns
WHERE table_name = %s AND table_schema = 'public' AND is_generated = 'NEVER' ORDER BY ordinal_position"""


def main(city: str, rival: str, folder: Path) -> dict[str, float]:
    with psycopg.connect(city) as source:
        columns = {table: _columns(source, table) for table in _TABLES}
        for table in _TABLES:
            _copy_out(source, table, columns[table], folder / table)
    with psycopg.connect(rival, autocommit=True) as target:
        target.execute("SET session_replication_role = replica")
        _copy_in(target, "registry_delivery", columns["registry_delivery"], folder)
        target.execute("SET session_replication_role = origin")
        began = time.monotonic()
        rows = [_copy_in(target, table, columns[table], folder) for table in _TIMED]
        seconds = time.monotonic() - began
    for table in _TABLES:
        (folder / table).unlink()
    return {"owners": rows[0], "vehicles": rows[1], "seconds": seconds}


def _columns(source: psycopg.Connection, table: str) -> list[str]:
    return [f'"{name}"' for (name,) in source.execute(_COLUMNS, [table])]


def _copy_out(source: psycopg.Connection, table: str, columns: list[str], path: Path) -> None:
    # Nobody has been matched yet in the rival's registers.
    selected = ", ".join('NULL AS "person_id"' if name == '"person_id"' else name for name in columns)
    with (
        path.open("wb") as file,
        source.cursor().copy(f"COPY (SELECT {selected} FROM {table}) TO STDOUT") as rows,
    ):
        for block in rows:
            file.write(block)


def _copy_in(target: psycopg.Connection, table: str, columns: list[str], folder: Path) -> int:
    cursor = target.cursor()
    statement = f"COPY {table} ({', '.join(columns)}) FROM STDIN"
    with (folder / table).open("rb") as file, cursor.copy(statement) as rows:
        while block := file.read(_BLOCK):
            rows.write(block)
    return cursor.rowcount


if __name__ == "__main__":
    print(json.dumps(main(sys.argv[1], sys.argv[2], Path(sys.argv[3]))))
