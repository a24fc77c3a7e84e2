"""Parties that are no longer there: owners without a vehicle, entries that an undone delivery took away."""

from django.db import connection

from cases.models import MatchRun
from cases.runs.parties import PARTY, TABLE
from cases.runs.temporary import fresh_table

# Two questions, each with an index of its own: entries that are no longer matched are few, and entries that
# are not there at all show by the keys of both tables. Whether each of millions is live, only its row says.
_GONE = """
INSERT INTO subject
SELECT party.party_id FROM ({party}) AS party
WHERE NOT party.live AND EXISTS (
    SELECT FROM cases_verdict AS verdict
    WHERE verdict.register = %(register)s AND verdict.superseded_by_id IS NULL
      AND verdict.subject_id = party.party_id)
UNION ALL
SELECT verdict.subject_id FROM cases_verdict AS verdict
WHERE verdict.register = %(register)s AND verdict.superseded_by_id IS NULL
  AND NOT EXISTS (SELECT FROM {table} AS entry WHERE entry.id = verdict.subject_id)"""

_SUPERSEDE = """
UPDATE cases_verdict AS verdict SET superseded_by_id = %(run)s
FROM subject
WHERE verdict.register = %(register)s AND verdict.subject_id = subject.subject_id
  AND verdict.superseded_by_id IS NULL"""


def refresh_figures() -> None:
    """The planner's figures of what a run has just written by the million; autovacuum comes too late."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE cases_verdict, cases_candidate, cases_verificationcase, cases_discrepancy")


def take_gone(register: str) -> None:
    """Fill `subject` with the parties that have a verdict and are no longer there."""
    with connection.cursor() as cursor:
        fresh_table(cursor, "subject", "subject_id bigint PRIMARY KEY")
        cursor.execute(_GONE.format(party=PARTY[register], table=TABLE[register]), {"register": register})


def retire_subjects(*, run: MatchRun, register: str) -> None:
    """No verdict is in force on the parties in `subject` any more."""
    with connection.cursor() as cursor:
        cursor.execute(_SUPERSEDE, {"run": run.pk, "register": register})
