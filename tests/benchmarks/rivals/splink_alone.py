"""Splink 5 as off the shelf on the same parties: `python -m … CITY_URL FOLDER`.

Its input is read and laid ready before the clock starts, and what it finds is not written anywhere: only
training, blocking and scoring are timed.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

import adbc_driver_postgresql.dbapi as adbc
import pyarrow as pa
import pyarrow.parquet as pq

from tests.benchmarks.accuracy.city import City
from tests.benchmarks.accuracy.rival import splink_alone

_OWNERS = """
SELECT 'owner' AS register, owner.id AS party_id, owner.kind, owner.name_key, id_key, birth_date,
       birth_precision,       unit.code AS ward_code
FROM registry_owner AS owner LEFT JOIN accounts_unit AS unit ON unit.id = owner.unit_id
WHERE owner.vehicle_count > 0"""
# Numbers of owners and licences may be equal: those of licences are negative here.
_LICENCES = """
SELECT 'licence' AS register, -licence.id AS party_id, 'citizen' AS kind, name_key, id_key,
       holder_birth_date AS birth_date, holder_birth_precision AS birth_precision, unit.code AS ward_code
FROM registry_driverlicence AS licence LEFT JOIN accounts_unit AS unit ON unit.id = licence.unit_id"""
_PERSONS = """
SELECT personal_id, former_ids, person.name_key, birth_date, unit.code AS ward_code
FROM registry_person AS person LEFT JOIN accounts_unit AS unit ON unit.id = person.unit_id"""

MEMORY_MB = 12_000


def main(url: str, folder: Path) -> dict[str, float]:
    persons = folder / "persons.parquet"
    _lay(url, _PERSONS, persons)
    parties = pa.concat_tables([_read(url, _OWNERS), _read(url, _LICENCES)])
    began = time.monotonic()
    verdicts, _candidates = splink_alone(
        City(parties, persons, parties.slice(0, 0)), memory_limit_mb=MEMORY_MB
    )
    seconds = time.monotonic() - began
    persons.unlink()
    return {"parties": verdicts.num_rows, "seconds": seconds}


def _read(url: str, select: str) -> pa.Table:
    with adbc.connect(url) as connection, connection.cursor() as cursor:
        cursor.execute(select)
        return cursor.fetch_arrow_table()


def _lay(url: str, select: str, path: Path) -> None:
    with adbc.connect(url) as connection, connection.cursor() as cursor:
        cursor.execute(select)
        batches = cursor.fetch_record_batch()
        with pq.ParquetWriter(path, batches.schema) as writer:
            for batch in batches:
                writer.write_batch(batch)


if __name__ == "__main__":
    print(json.dumps(main(sys.argv[1], Path(sys.argv[2]))))
