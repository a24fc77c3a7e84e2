"""Writes a chunk of a lot to the registers, set by set, in the caller's transaction.

What is to be written stands in the temporary table `going`, one row for each case of one register: `written`
is {"field": {"old": …, "new": …}}; a row with a `reason` is left as it is; one with `into_id` is united with
that owner instead (`cases.releases.uniting`). Releasing and taking back are the
same statements in opposite directions.
"""

from typing import Any

from django.db import connection

from cases.runs.parties import TABLE
from cases.runs.temporary import fresh_table
from cases.services.corrections import FROM_PERSON, MODELS

Params = dict[str, Any]

GOING = """row_id bigint PRIMARY KEY, case_id bigint, subject_id bigint, unit_id bigint, person_id bigint,
    reason text, changes jsonb, written jsonb, into_id bigint, vehicles jsonb, key text"""

# Chunks follow one another: they number their corrections without a gap anyway, and two of them never
# make the same owner.
_ONE_AT_A_TIME = "SELECT pg_advisory_xact_lock(hashtextextended('cases.releases', 0))"

# The cases before the entries, both in order: as runs and approvals lock them.
_LOCK_CASES = """
SELECT count(*) FROM (
    SELECT held.id FROM cases_verificationcase AS held
    WHERE held.id IN (
        SELECT one.case_id FROM cases_releasecase AS one
        WHERE one.release_id = %(release)s AND one.state = %(state)s
          AND one.id BETWEEN %(first)s AND %(last)s)
    ORDER BY held.id FOR UPDATE
) AS locked"""
_LOCK_ENTRIES = """
SELECT count(*) FROM (
    SELECT entry.id FROM {table} AS entry
    WHERE entry.id IN (
        SELECT one.subject_id FROM cases_releasecase AS one
        WHERE one.release_id = %(release)s AND one.state = %(state)s AND one.register = %(register)s
          AND one.id BETWEEN %(first)s AND %(last)s)
    ORDER BY entry.id FOR UPDATE
) AS locked"""

_WRITE = """
UPDATE {table} AS entry SET {sets}, changed_at = %(at)s
FROM going
WHERE going.reason IS NULL AND going.written IS NOT NULL AND entry.id = going.subject_id
  AND going.key IS NULL AND going.into_id IS NULL"""

_RECORD = """
WITH numbered AS (
    SELECT going.*, row_number() OVER (ORDER BY case_id) AS place, count(*) OVER () AS size
    FROM going WHERE reason IS NULL AND written IS NOT NULL
), taken AS (
    INSERT INTO cases_changesequence AS s (register, last)
    SELECT %(register)s, max(size) FROM numbered HAVING count(*) > 0
    ON CONFLICT (register) DO UPDATE SET last = s.last + excluded.last
    RETURNING last
)
INSERT INTO cases_changerecord (register, subject_id, sequence, unit_id, case_id, at, changes,
                                proposed_by_name, approved_by_name)
SELECT %(register)s, subject_id, taken.last - size + place, unit_id, case_id, %(at)s, written,
       %(proposer)s, %(approver)s
FROM numbered CROSS JOIN taken ORDER BY place"""

_MARK = """
UPDATE cases_releasecase AS one
SET state = CASE WHEN going.reason IS NULL THEN %(done)s ELSE %(left)s END,
    reason = coalesce(going.reason, ''), moved_at = %(at)s
FROM going WHERE one.id = going.row_id"""


def lock_chunk(register: str, params: Params) -> None:
    """Hold the cases and entries of a chunk's rows that are in `state`, and the turn to write."""
    with connection.cursor() as cursor:
        cursor.execute(_ONE_AT_A_TIME)
        cursor.execute(_LOCK_CASES, params)
        cursor.execute(_LOCK_ENTRIES.format(table=TABLE[register]), params)


def fill_going(judge: str, params: Params) -> None:
    """The rows of the chunk, each with what will be written, or the reason why not."""
    with connection.cursor() as cursor:
        fresh_table(cursor, "going", GOING)
        cursor.execute(f"INSERT INTO going {judge}", params)
        cursor.execute("ANALYZE going")


def write_entries(register: str, params: Params) -> None:
    """The register says what `written` says, the history holds what it said."""
    run(_WRITE.format(table=TABLE[register], sets=", ".join(_sets(register))), params)


def record_changes(params: Params) -> None:
    """One numbered record for each entry written. Call it late: the numbers are ours until commit."""
    run(_RECORD, params)


def mark_rows(params: Params) -> int:
    """The rows of the lot say what became of them."""
    return run(_MARK, params)


def run(sql: str, params: Params) -> int:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return int(cursor.rowcount)


def stored_columns(register: str) -> dict[str, tuple[str, str]]:
    """Field → (column, type in PostgreSQL) of what a release may write."""
    fields = {name: MODELS[register]._meta.get_field(name) for name in FROM_PERSON[register]}
    return {
        name: (str(field.column), str(field.db_type(connection)).partition("(")[0])  # type: ignore[union-attr]
        for name, field in fields.items()
    }


def _sets(register: str) -> list[str]:
    return [
        f"{column} = CASE WHEN going.written ? '{name}' THEN {_new(name, kind)} ELSE entry.{column} END"
        for name, (column, kind) in stored_columns(register).items()
    ]


def _new(name: str, kind: str) -> str:
    value = f"(going.written->'{name}'->>'new')::{kind}"
    # A person who left the population register since is linked no more.
    return f"(SELECT id FROM registry_person WHERE id = {value})" if name == "person" else value
