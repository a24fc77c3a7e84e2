"""The least that matching a city can be: `python -m … CITY_URL RIVAL_URL`.

Reads owners and persons, joins them by number, writes a verdict for every owner and a case for every one
that does not agree, into tables with as many indexes as ours have. No names compared, no candidates, no
scores, no history, no chunks, no second try.
"""

from __future__ import annotations

import json
import sys
import time

import adbc_driver_postgresql.dbapi as adbc
import duckdb
import psycopg

_TABLES = (
    "DROP TABLE IF EXISTS bare_verdict, bare_case",
    """CREATE TABLE bare_verdict (
        id bigserial PRIMARY KEY, register text NOT NULL, subject_id bigint NOT NULL, run_id bigint NOT NULL,
        superseded_by_id bigint, verdict text NOT NULL, pass_name text NOT NULL, score float8 NOT NULL,
        person_id bigint, comparison jsonb NOT NULL DEFAULT '{}')""",
    """CREATE UNIQUE INDEX ON bare_verdict (register, subject_id) WHERE superseded_by_id IS NULL""",
    """CREATE INDEX ON bare_verdict (register, subject_id, run_id)""",
    """CREATE INDEX ON bare_verdict (verdict, id DESC) WHERE superseded_by_id IS NULL""",
    """CREATE INDEX ON bare_verdict (run_id, verdict)""",
    """CREATE TABLE bare_case (
        id bigserial PRIMARY KEY, register text NOT NULL, subject_id bigint NOT NULL, unit_id bigint,
        assignee_id bigint, state text NOT NULL, kind text NOT NULL, priority smallint NOT NULL,
        due_on date NOT NULL, subject_name text NOT NULL, opened_at timestamptz NOT NULL)""",
    """CREATE UNIQUE INDEX ON bare_case (register, subject_id) WHERE state <> 'closed'""",
    """CREATE INDEX ON bare_case (unit_id, state, priority, due_on, id)""",
    """CREATE INDEX ON bare_case (assignee_id, state, priority, due_on, id)""",
    """CREATE INDEX ON bare_case (state, priority, due_on, id)""",
    """CREATE INDEX ON bare_case (state, kind, priority, due_on, id)""",
    """CREATE INDEX ON bare_case (register, subject_id, id DESC)""",
)

_OWNERS = "SELECT id, name, name_key, id_key, unit_id FROM registry_owner WHERE vehicle_count > 0"
_PERSONS = "SELECT id AS person_id, personal_id, name_key AS person_key FROM registry_person"

_JOIN = """
CREATE TABLE joined AS
SELECT id, name, unit_id, person_id,
       CASE WHEN person_id IS NULL THEN 'no_candidate'
            WHEN person_key = name_key THEN 'verified' ELSE 'name_variant' END AS verdict
FROM owners LEFT JOIN persons ON personal_id = id_key"""

_VERDICTS = """
SELECT 'owner' AS register, id AS subject_id, 1::BIGINT AS run_id, verdict, 'number' AS pass_name,
       CASE WHEN verdict = 'verified' THEN 1.0::DOUBLE ELSE 0.5 END AS score, person_id
FROM joined"""
_CASES = """
SELECT 'owner' AS register, id AS subject_id, unit_id, 'open' AS state, verdict AS kind,
       3::SMALLINT AS priority, (current_date + (id % 60)::INT)::DATE AS due_on, name AS subject_name,
       now() AS opened_at
FROM joined WHERE verdict <> 'verified'"""

_ROWS = 200_000


def main(city: str, rival: str) -> dict[str, float]:
    with psycopg.connect(rival, autocommit=True) as connection:
        for statement in _TABLES:
            connection.execute(statement)
    began = time.monotonic()
    with duckdb.connect(config={"memory_limit": "4GB"}) as engine:
        for name, select in (("owners", _OWNERS), ("persons", _PERSONS)):
            _read(engine, city, name, select)
        engine.execute(_JOIN)
        verdicts = _write(engine, rival, "bare_verdict", _VERDICTS)
        cases = _write(engine, rival, "bare_case", _CASES)
    return {"verdicts": verdicts, "cases": cases, "seconds": time.monotonic() - began}


def _read(engine: duckdb.DuckDBPyConnection, url: str, name: str, select: str) -> None:
    with adbc.connect(url) as connection, connection.cursor() as cursor:
        cursor.execute(select)
        engine.register("incoming", cursor.fetch_record_batch())
        engine.execute(f"CREATE TABLE {name} AS FROM incoming")
        engine.unregister("incoming")


def _write(engine: duckdb.DuckDBPyConnection, url: str, table: str, select: str) -> int:
    """Copied in as binary, by the same driver that our own runs use to read."""
    rows = engine.sql(select).to_arrow_reader(_ROWS)
    with adbc.connect(url) as connection, connection.cursor() as cursor:
        written = cursor.adbc_ingest(table, rows, mode="append")
        connection.commit()
    return int(written)


if __name__ == "__main__":
    print(json.dumps(main(sys.argv[1], sys.argv[2])))
