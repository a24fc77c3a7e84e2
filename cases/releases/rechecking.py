"""Matches the parties of a chunk again, after their entries were written: the same answer as a run's."""

import pyarrow as pa
from django.conf import settings
from django.db import connection
from django.utils import timezone

from cases.matching.engine import match
from cases.matching.rules import Ruleset
from cases.runs.merging import merge
from cases.runs.opening import Followed, follow_verdicts, lock_cases
from cases.runs.parties import PARTY, parties_sql, persons_sql
from cases.runs.populace import known_size
from cases.runs.reading import PARTY_SCHEMA, PERSON_SCHEMA, read_here, read_refusals
from cases.runs.single import day_run
from cases.runs.slices import MEETINGS
from cases.runs.temporary import take_subjects

_WRITTEN = "SELECT subject_id FROM going WHERE reason IS NULL ORDER BY subject_id"

# The persons these parties can meet in the engine: as a run since the last reads them.
_MET = """
SELECT person.id FROM subject
JOIN ({party}) AS party ON party.party_id = subject.subject_id
JOIN registry_person AS person ON {meeting}
WHERE party.kind NOT IN ('organisation', 'foreigner')"""


def recheck_written(register: str) -> Followed:
    """Verdicts and cases follow what was written to the parties in `going`, in the present transaction."""
    with connection.cursor() as cursor:
        cursor.execute(_WRITTEN)
        ids = [subject_id for (subject_id,) in cursor.fetchall()]
    if not ids:
        return Followed(0, 0)
    take_subjects(pa.array(ids, pa.int64()))
    lock_cases(register)
    return _recheck(register, ids)


def _recheck(register: str, ids: list[int]) -> Followed:
    run, read_at = day_run(), timezone.now()
    of_these = "party.party_id IN (SELECT subject_id FROM subject)"
    parties = read_here(parties_sql(register, of_these), PARTY_SCHEMA)
    met = " UNION ".join(_MET.format(party=PARTY[register], meeting=meeting) for meeting in MEETINGS.values())
    result = match(
        parties,
        read_here(persons_sql(f"person.id IN ({met})"), PERSON_SCHEMA),
        refusals=read_refusals(register, ids[0], ids[-1]),
        rules=Ruleset.load(run.rules_version),
        population_size=known_size(),
        threads=settings.MATCH_THREADS,
        memory_limit_mb=settings.MATCH_MEMORY_MB,
    )
    merge(run=run, register=register, parties=parties, result=result, read_at=read_at)
    return follow_verdicts(run=run, register=register)
