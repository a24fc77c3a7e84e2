"""Processor time of workers and of PostgreSQL, log and disk that a piece of work takes."""

import os
import time
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from django.db import connection

from tests.support.worker import WorkerProcess
from vehreg.jobs.models import Job

_TICKS = os.sysconf("SC_CLK_TCK")
_MB = 1024 * 1024
# A stage of so few chunks has no use for more workers.
_TOO_FEW = 3

_SERIAL = """
SELECT coalesce(sum(longest), 0) FROM (
    SELECT extract(epoch FROM max(finished_at - claimed_at)) AS longest FROM jobs_jobchunk
    WHERE job_id = ANY(%s) GROUP BY job_id, stage HAVING count(*) <= %s
) AS stages"""


@dataclass(frozen=True)
class Reading:
    """Seconds of the clock and of processors since they began; MB written to the log, and on the disk."""

    clock: float
    workers: float
    database: float
    wal_mb: float
    disk_mb: float

    def since(self, before: "Reading") -> "Reading":
        return Reading(
            *(now - then for now, then in zip(vars(self).values(), vars(before).values(), strict=True))
        )


def read(workers: Iterable[WorkerProcess], postmaster: int) -> Reading:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0'), pg_database_size(current_database())"
        )
        wal, disk = cursor.fetchone()
    groups = {worker.pid for worker in workers}
    return Reading(
        time.monotonic(),
        _spent(lambda stat: stat.group in groups),
        _spent(lambda stat: postmaster in (stat.pid, stat.parent)),
        float(wal) / _MB,
        float(disk) / _MB,
    )


def serial_seconds(jobs: Iterable[Job]) -> float:
    """What of these jobs more workers cannot shorten: the longest chunk of every stage of one to three."""
    with connection.cursor() as cursor:
        cursor.execute(_SERIAL, [[job.pk for job in jobs], _TOO_FEW])
        return float(cursor.fetchone()[0])


@dataclass(frozen=True)
class _Process:
    pid: int
    parent: int
    group: int
    seconds: float


def _spent(wanted: "object") -> float:
    """Processor seconds of living processes and of their children that have ended."""
    return sum(process.seconds for process in _processes() if wanted(process))  # type: ignore[operator]


def _processes() -> Iterable[_Process]:
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = path.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        yield _Process(
            int(path.parent.name), int(fields[1]), int(fields[2]), sum(map(int, fields[11:15])) / _TICKS
        )
