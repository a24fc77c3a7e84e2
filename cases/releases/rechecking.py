"""Matches the parties of a chunk again, after their entries were written: the same answer as a run's.

What was declared of their entries is judged anew with it.
"""

import pyarrow as pa
from django.db import connection

from cases.declarations.rejudging import rejudge_corrected
from cases.models.subject import Register
from cases.runs.opening import Followed, follow_verdicts, lock_cases
from cases.runs.parties import parties_sql, persons_sql
from cases.runs.reading import PARTY_SCHEMA, PERSON_SCHEMA, read_here
from cases.runs.single import day_run, decide
from cases.runs.slices import met_by
from cases.runs.temporary import take_subjects

_WRITTEN = "SELECT subject_id FROM going WHERE reason IS NULL ORDER BY subject_id"
_WRITTEN_IDS = "SELECT subject_id FROM going WHERE reason IS NULL"
# The vehicles of an entry that was given up are another owner's now.
_WRITTEN_OR_JOINED = f"{_WRITTEN_IDS} UNION SELECT into_id FROM going WHERE reason IS NULL"


def recheck_written(register: str) -> Followed:
    """Verdicts and cases follow what was written to the parties in `going`, in the present transaction."""
    with connection.cursor() as cursor:
        cursor.execute(_WRITTEN)
        ids = [subject_id for (subject_id,) in cursor.fetchall()]
    if not ids:
        return Followed(0, 0)
    take_subjects(pa.array(ids, pa.int64()))
    lock_cases(register)
    followed = _recheck(register)
    rejudge_corrected(register, _WRITTEN_OR_JOINED if register == Register.OWNER else _WRITTEN_IDS)
    return followed


def _recheck(register: str) -> Followed:
    run = day_run()
    of_these = "party.party_id IN (SELECT subject_id FROM subject)"
    parties = read_here(parties_sql(register, of_these), PARTY_SCHEMA)
    persons = read_here(persons_sql(f"person.id IN ({met_by(register, 'subject')})"), PERSON_SCHEMA)
    decide(run=run, register=register, parties=parties, persons=persons)
    return follow_verdicts(run=run, register=register)
