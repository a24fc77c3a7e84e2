"""The inputs of a run as Parquet files, so that every chunk sees the same registers.

The files lie under `MEDIA_ROOT/runs/<run>/`. A worker on a host that does not share that folder makes
its own copy when it first needs one. Such a copy can be younger than the first: what changed in between
is not kept from it (the party's `mark` no longer fits), and lies after the run's watermark, so that the
next run since the last matches it.
"""

import fcntl
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
from django.conf import settings

from cases.models import MatchRun
from cases.runs.parties import REGISTERS, parties_sql
from cases.runs.reading import NAME_SCHEMA, PARTY_SCHEMA, PERSON_SCHEMA, read_committed
from cases.runs.slices import name_counts_sql, population_sql

PERSONS, NAMES, PARTIES = "persons", "names", "parties"
_SCHEMAS = {PERSONS: PERSON_SCHEMA, NAMES: NAME_SCHEMA, PARTIES: PARTY_SCHEMA}

_POPULACE = {PERSONS: population_sql, NAMES: name_counts_sql}

Told = Callable[[int], None]

_IN_SCOPE = """EXISTS (SELECT FROM cases_runsubject AS scope WHERE scope.run_id = {run}
    AND scope.register = party.register AND scope.subject_id = party.party_id)"""

_RANGES = """
SELECT register, min(party_id), max(party_id), count(*) FROM (
    SELECT register, party_id,
           (row_number() OVER (PARTITION BY register ORDER BY party_id) - 1) // $size AS part
    FROM read_parquet($file)
) GROUP BY register, part ORDER BY register DESC, part"""

_PART = """
SELECT * FROM read_parquet($file)
WHERE register = $register AND party_id BETWEEN $first AND $last"""


def folder_of(run: MatchRun) -> Path:
    return Path(settings.MEDIA_ROOT) / "runs" / str(run.pk)


def write(run: MatchRun, name: str, told: Told = lambda rows: None) -> Path:
    """Make one of the files, whatever is there; it appears when it is whole. `told` counts rows."""
    folder = folder_of(run)
    folder.mkdir(parents=True, exist_ok=True)
    unfinished, path = folder / f".{name}.{os.getpid()}", folder / f"{name}.parquet"
    try:
        with pq.ParquetWriter(unfinished, _SCHEMAS[name]) as writer:
            for batch in _batches(run, name):
                writer.write_table(pa.Table.from_batches([batch]).cast(_SCHEMAS[name]))
                told(batch.num_rows)
        os.replace(unfinished, path)
    finally:
        with suppress(FileNotFoundError):
            unfinished.unlink()
    return path


def ensure(run: MatchRun, name: str) -> Path:
    """The file, made now when this host does not have it. One process makes it, the others wait."""
    path = folder_of(run) / f"{name}.parquet"
    if not path.exists():
        with _one_at_a_time(path):
            if not path.exists():
                write(run, name)
    return path


def ranges(run: MatchRun, size: int) -> list[tuple[str, int, int, int]]:
    """(register, first id, last id, parties) of chunks of at most `size` parties."""
    rows = _query(_RANGES, file=str(ensure(run, PARTIES)), size=size).fetchall()
    return [(str(register), int(first), int(last), int(count)) for register, first, last, count in rows]


def parties(run: MatchRun, register: str, first: int, last: int) -> pa.Table:
    """The parties of one chunk."""
    file = str(ensure(run, PARTIES))
    return _query(_PART, file=file, register=register, first=first, last=last).to_arrow_table()


def remove(run_id: int) -> None:
    shutil.rmtree(Path(settings.MEDIA_ROOT) / "runs" / str(run_id), ignore_errors=True)


def remove_left_over(keep: set[int]) -> None:
    """Files of runs that are over: this host's own copies are not there when a run ends elsewhere."""
    for folder in (Path(settings.MEDIA_ROOT) / "runs").glob("*"):
        if folder.name.isdigit() and int(folder.name) not in keep:
            remove(int(folder.name))


def _batches(run: MatchRun, name: str) -> Iterator[pa.RecordBatch]:
    if name != PARTIES:
        yield from read_committed(_POPULACE[name](run))
        return
    for register in REGISTERS:
        whole = run.scope == MatchRun.Scope.ALL
        yield from read_committed(parties_sql(register, "true" if whole else _IN_SCOPE.format(run=run.pk)))


@contextmanager
def _one_at_a_time(path: Path) -> Iterator[None]:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _query(sql: str, **params: object) -> duckdb.DuckDBPyRelation:
    return duckdb.connect(config={"threads": settings.MATCH_THREADS}).sql(sql, params=params)
