"""The inputs of a run as Parquet files, written once, so that every chunk on every host sees the same."""

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
from django.conf import settings

from cases.models import MatchRun
from cases.runs.parties import REGISTERS, parties_sql
from cases.runs.reading import NAME_SCHEMA, PARTY_SCHEMA, PERSON_SCHEMA, read_committed
from cases.runs.slices import name_counts_sql, population_sql
from vehreg.jobs import shared_files
from vehreg.jobs.shared_files import Stamp

PERSONS, NAMES, PARTIES = "persons", "names", "parties"
_SCHEMAS = {PERSONS: PERSON_SCHEMA, NAMES: NAME_SCHEMA, PARTIES: PARTY_SCHEMA}

_POPULACE = {PERSONS: population_sql, NAMES: name_counts_sql}

Told = Callable[[int], None]

_IN_SCOPE = """EXISTS (SELECT FROM cases_runsubject AS scope WHERE scope.run_id = {run}
    AND scope.register = party.register AND scope.subject_id = party.party_id)"""

# A run is shared out among a few workers, in chunks that are worth the look.
_SHARES, _LEAST = 4, 50_000

_RANGES = """
SELECT register, min(party_id), max(party_id), count(*) FROM (
    SELECT register, party_id,
           least($most, greatest($least, ceil(count(*) OVER () / $shares))) AS size,
           count(*) OVER (PARTITION BY register) AS parties, ceil(parties / size)::BIGINT AS parts,
           ((row_number() OVER (PARTITION BY register ORDER BY party_id) - 1) * parts) // parties AS part
    FROM read_parquet($file)
) GROUP BY register, part ORDER BY register DESC, part"""

_PART = """
SELECT * FROM read_parquet($file)
WHERE register = $register AND party_id BETWEEN $first AND $last"""


def write(run: MatchRun, name: str, told: Told = lambda rows: None) -> Stamp:
    """Make one of the files; the chunk that does so remembers the stamp. `told` counts rows."""
    return shared_files.publish(_job(run), name, partial(_write, run, name, told))


def ensure(run: MatchRun, name: str) -> Path:
    """The file on this host. Raises `Unavailable` where it cannot be had."""
    return shared_files.fetch(_job(run), name)


def ranges(run: MatchRun, most: int) -> list[tuple[str, int, int, int]]:
    """(register, first id, last id, parties) of chunks alike in size, of at most `most` parties.

    Each chunk looks through the whole population, so they are large; but several workers want work.
    """
    file = str(ensure(run, PARTIES))
    rows = _query(_RANGES, file=file, most=most, least=_LEAST, shares=_SHARES).fetchall()
    return [(str(register), int(first), int(last), int(count)) for register, first, last, count in rows]


def parties(run: MatchRun, register: str, first: int, last: int) -> pa.Table:
    """The parties of one chunk."""
    file = str(ensure(run, PARTIES))
    return _query(_PART, file=file, register=register, first=first, last=last).to_arrow_table()


def remove(run: MatchRun) -> None:
    """The run will not go on."""
    shared_files.remove(_job(run))


def remove_copies(run: MatchRun) -> None:
    """The run has stopped, and may be set going again."""
    shared_files.remove_copies(_job(run))


def remove_left_over(before: MatchRun) -> None:
    """Files of earlier runs: those that failed were kept, to be set going again until another began."""
    for run in MatchRun.objects.filter(pk__lt=before.pk, job__isnull=False).order_by("-pk")[:10]:
        remove(run)


def _job(run: MatchRun) -> int:
    if run.job_id is None:
        raise ValueError(f"run {run.pk} is not the work of a job: it has no files")
    return run.job_id


def _write(run: MatchRun, name: str, told: Told, path: Path) -> None:
    with pq.ParquetWriter(path, _SCHEMAS[name]) as writer:
        for batch in _batches(run, name):
            writer.write_table(pa.Table.from_batches([batch]).cast(_SCHEMAS[name]))
            told(batch.num_rows)


def _batches(run: MatchRun, name: str) -> Iterator[pa.RecordBatch]:
    if name != PARTIES:
        yield from read_committed(_POPULACE[name](run))
        return
    for register in REGISTERS:
        whole = run.scope == MatchRun.Scope.ALL
        yield from read_committed(parties_sql(register, "true" if whole else _IN_SCOPE.format(run=run.pk)))


def _query(sql: str, **params: object) -> duckdb.DuckDBPyRelation:
    return duckdb.connect(config={"threads": settings.MATCH_THREADS}).sql(sql, params=params)
