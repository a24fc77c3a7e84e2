"""What the engine said becomes the verdicts in force: the same stays, what changed is superseded."""

from datetime import datetime
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.compute as pc
from django.db import connection
from django.db.backends.utils import CursorWrapper as Cursor

from cases.links import LINKING_CODES
from cases.matching.engine import MatchResult
from cases.models import MatchRun
from cases.runs.parties import PARTY, TABLE
from cases.runs.temporary import csv_lines, fresh_table
from registry.naming import keep_persons

_BATCH = 50_000

# A result's fingerprint: everything the engine said of the party, and of the candidates it shows.
_PRINTED = """
WITH shown AS (
    SELECT register, party_id, string_agg(
        concat_ws('|', personal_id, score, comparison), ';' ORDER BY rank) AS persons
    FROM candidates GROUP BY ALL
)
SELECT verdicts.party_id AS subject_id, verdict, pass_name, score, personal_id, comparison,
       md5(concat_ws('|', verdict, pass_name, personal_id, score, comparison, '>', persons)) AS fingerprint,
       parties.mark
FROM verdicts
JOIN parties USING (register, party_id)
LEFT JOIN shown USING (register, party_id)"""

_CANDIDATES = "SELECT party_id AS subject_id, rank, personal_id, score, comparison FROM candidates"

_TABLES = {
    "new_verdict": """subject_id bigint, verdict text, pass_name text, score float8, personal_id text,
        comparison jsonb, fingerprint uuid, mark bigint""",
    "in_force": "subject_id bigint PRIMARY KEY, id bigint",
    "made": "id bigint, subject_id bigint",
    "new_candidate": "subject_id bigint, rank int2, personal_id text, score float8, comparison jsonb",
}

# Rows that changed, or persons that were refused, since the engine read them: the verdict is about
# something that no longer stands. The approval that changed them has matched them again already, and
# the next run since the last does.
_STALE = """
DELETE FROM new_verdict AS new
USING cases_refusal AS refusal
WHERE refusal.register = %(register)s AND refusal.subject_id = new.subject_id
  AND refusal.refused_at > %(read_at)s"""

_STANDS = """JOIN ({party}) AS party ON party.party_id = new.subject_id
    AND party.party_id BETWEEN %(first)s AND %(last)s AND party.live AND party.mark = new.mark"""

# Statements name the first and the last id of the chunk: else each would read the whole register.
# What is in force on these parties now. A table of its own: a query that reads the table it writes to
# may loop over its own rows.
_IN_FORCE = """
INSERT INTO in_force
SELECT verdict.subject_id, verdict.id
FROM new_verdict AS new
JOIN cases_verdict AS verdict ON verdict.register = %(register)s
    AND verdict.subject_id = new.subject_id AND verdict.superseded_by_id IS NULL
    AND verdict.subject_id BETWEEN %(first)s AND %(last)s"""

_SUPERSEDE = """
WITH gone AS (
    UPDATE cases_verdict AS old
    SET superseded_by_id = %(run)s
    FROM in_force JOIN new_verdict AS new USING (subject_id) {stands}
    WHERE old.id = in_force.id AND old.superseded_by_id IS NULL AND old.fingerprint <> new.fingerprint
    RETURNING old.id
)
DELETE FROM in_force USING gone WHERE in_force.id = gone.id"""

_KEEP = """
WITH inserted AS (
    INSERT INTO cases_verdict (register, subject_id, run_id, verdict, pass_name, score, person_id,
                               comparison, fingerprint)
    SELECT %(register)s, new.subject_id, %(run)s, new.verdict, new.pass_name, new.score, person.id,
           new.comparison, new.fingerprint
    FROM new_verdict AS new {stands}
    LEFT JOIN registry_person AS person ON person.personal_id = new.personal_id
    WHERE NOT EXISTS (SELECT FROM in_force WHERE in_force.subject_id = new.subject_id)
    ORDER BY new.subject_id
    ON CONFLICT DO NOTHING
    RETURNING id, subject_id
)
INSERT INTO made SELECT id, subject_id FROM inserted"""

_KEEP_CANDIDATES = """
INSERT INTO cases_candidate (verdict_id, rank, person_id, score, comparison)
SELECT made.id, new.rank, person.id, new.score, new.comparison
FROM made
JOIN new_candidate AS new USING (subject_id)
JOIN registry_person AS person ON person.personal_id = new.personal_id"""

# A verdict that links needs no writing beside the entry: it is the link (`cases.links`). What stands beside
# it goes where the verdict says otherwise, but what an approval wrote stays whatever a run says, until an
# officer has ruled that person out.
_UNLINK = """
UPDATE {table} AS entry
SET person_id = NULL
FROM (
    SELECT new.subject_id, CASE WHEN new.verdict IN ({linking}) THEN new.personal_id END AS personal_id
    FROM new_verdict AS new {stands}
) AS said
WHERE entry.id = said.subject_id AND entry.id BETWEEN %(first)s AND %(last)s
  AND entry.person_id IS NOT NULL
  AND NOT EXISTS (
    SELECT FROM registry_person AS person
    WHERE person.id = entry.person_id AND person.personal_id = said.personal_id)
  AND NOT EXISTS (
    SELECT FROM cases_verificationcase AS decided
    WHERE decided.register = %(register)s AND decided.subject_id = entry.id
      AND decided.state = 'closed' AND decided.disposition IN ('link_person', 'inheritance')
      AND decided.person_id = entry.person_id
      AND NOT EXISTS (
        SELECT FROM cases_refusal AS refusal
        WHERE refusal.register = decided.register AND refusal.subject_id = decided.subject_id
          AND refusal.person_id = decided.person_id AND refusal.refused_at > decided.closed_at))"""


def merge(
    *, run: MatchRun, register: str, parties: pa.Table, result: MatchResult, read_at: datetime
) -> dict[str, int]:
    """Bring a chunk's result in force, in the present transaction. Returns how many of each verdict.

    `parties` are the rows the engine matched, `read_at` the moment before refusals were read.
    """
    with duckdb.connect(config={"threads": 1}) as con:
        con.register("parties", parties)
        con.register("verdicts", result.verdicts)
        con.register("candidates", result.candidates)
        _copy(con, "new_verdict", _PRINTED)
        _copy(con, "new_candidate", _CANDIDATES)
        counts = con.execute("SELECT verdict, count(*) FROM verdicts GROUP BY verdict").fetchall()
    ids = pc.min_max(parties.column("party_id")).as_py()
    span = {"first": ids["min"], "last": ids["max"]}
    _bring_in_force(register, {"run": run.pk, "register": register, "read_at": read_at, **span})
    return {str(verdict): int(count) for verdict, count in counts}


def _bring_in_force(register: str, params: dict[str, Any]) -> None:
    stands = _STANDS.format(party=PARTY[register])
    keep_persons()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE new_verdict (subject_id, personal_id, verdict)")
        cursor.execute(_STALE, params)
        # The entries before their verdicts, as an approval does: so neither waits for the other in vain.
        cursor.execute(_UNLINK.format(table=TABLE[register], linking=LINKING_CODES, stands=stands), params)
        _replace(cursor, params, stands)
        cursor.execute("ANALYZE made (subject_id), new_candidate (subject_id, personal_id)")
        cursor.execute(_KEEP_CANDIDATES)


def _replace(cursor: Cursor, params: dict[str, Any], stands: str) -> None:
    for table in ("in_force", "made"):
        fresh_table(cursor, table, _TABLES[table])
    cursor.execute(_IN_FORCE, params)
    cursor.execute("ANALYZE in_force")
    cursor.execute(_SUPERSEDE.format(stands=stands), params)
    cursor.execute(_KEEP.format(stands=stands), params)


def _copy(con: duckdb.DuckDBPyConnection, table: str, query: str) -> None:
    """A query's rows into a new temporary table, in batches."""
    with connection.cursor() as cursor:
        fresh_table(cursor, table, _TABLES[table])
        with cursor.copy(f"COPY {table} FROM STDIN (FORMAT csv)") as copy:
            for batch in con.sql(query).to_arrow_reader(_BATCH):
                copy.write(csv_lines(batch))
