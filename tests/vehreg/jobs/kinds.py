"""Kinds of work for the tests: each chunk writes one row into a table, so that twice done is seen.

What a chunk does besides stands in the job's parameters: `{"behave": {"first/0": "pause"}, "folder": …}`.
Worker processes load this module through VEHREG_JOB_KINDS.
"""

import errno
import os
import signal
import time
from collections.abc import Callable, Iterable
from pathlib import Path

from django.db import connection, transaction

from vehreg.jobs.kinds import ChunkPlan, JobKind, Progress, Refused, register, stage_name
from vehreg.jobs.models import Job, JobChunk

TABLE = "test_tally"


def write_row(job: Job, stage: str, number: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO {TABLE} VALUES (%s, %s, %s)", [job.pk, stage, number])


def rows(job: Job) -> list[tuple[str, int]]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT stage, number FROM {TABLE} WHERE job = %s ORDER BY 1, 2", [job.pk])
        return cursor.fetchall()


def _pause(job: Job, progress: Progress) -> None:
    """Say that we are inside, and wait for the gate to be opened; look whether to stop."""
    folder = Path(job.params["folder"])
    (folder / f"inside-{os.getpid()}").touch()
    while not (folder / "gate").exists():
        progress.check_cancelled()
        time.sleep(0.05)


def _stubborn(job: Job, progress: Progress) -> None:
    """Wait for the gate and never look whether to stop."""
    folder = Path(job.params["folder"])
    (folder / f"inside-{os.getpid()}").touch()
    while not (folder / "gate").exists():
        time.sleep(0.05)


def _die(job: Job, progress: Progress) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def _refuse(job: Job, progress: Progress) -> None:
    raise Refused("Nothing here to count.")


def _break(job: Job, progress: Progress) -> None:
    raise ValueError(job.params["name"])


def _fill_disk(job: Job, progress: Progress) -> None:
    raise OSError(errno.ENOSPC, "No space left on device", job.params["folder"])


def _lose_database(job: Job, progress: Progress) -> None:
    """The first time, the server ends our connection in the middle of the transaction."""
    mark = Path(job.params["folder"]) / "lost"
    if mark.exists():
        return
    mark.touch()
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(pg_backend_pid())")


def _interrupt(job: Job, progress: Progress) -> None:
    raise KeyboardInterrupt


def _report(job: Job, progress: Progress) -> None:
    progress.advance(3)
    progress.say("three")


def _change_register(job: Job, progress: Progress) -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE registry_person SET address = 'SỐ 2'")


BEHAVIOURS: dict[str, Callable[[Job, Progress], None]] = {
    "pause": _pause,
    "stubborn": _stubborn,
    "die": _die,
    "refuse": _refuse,
    "break": _break,
    "fill_disk": _fill_disk,
    "lose_database": _lose_database,
    "interrupt": _interrupt,
    "report": _report,
    "change_register": _change_register,
}


@register
class Tally(JobKind):
    name = "tally"
    label = "Tally"
    stages = ("first", "second")
    stage_labels = {"first": "First things", "second": "Second things"}
    units = {"first": "rows", "second": "steps"}

    def lane(self, params):
        return params.get("lane", "")

    def plan(self, job: Job, stage: str) -> Iterable[ChunkPlan]:
        self._stumble(job, f"plan {stage}")
        count = job.params.get("counts", {}).get(stage, 2)
        return [ChunkPlan({"n": number}, weight=10) for number in range(count)]

    def run(self, job: Job, chunk: JobChunk, progress: Progress) -> None:
        stage = stage_name(job)
        write_row(job, stage, chunk.params["n"])
        behaviour = job.params.get("behave", {}).get(f"{stage}/{chunk.number}")
        if behaviour:
            BEHAVIOURS[behaviour](job, progress)

    def finished(self, job: Job) -> dict[str, int]:
        self._stumble(job, "finished")
        write_row(job, "finished", 0)
        return {"rows": len(rows(job))}

    def failed(self, job: Job, error: str) -> None:
        write_row(job, "failed", 0)

    def cancelled(self, job: Job) -> None:
        write_row(job, "cancelled", 0)

    def retried(self, job: Job) -> None:
        if job.params.get("once"):
            raise Refused("Only once.")

    @staticmethod
    def _stumble(job: Job, at: str) -> None:
        what = job.params.get("behave", {}).get(at)
        if what:
            BEHAVIOURS[what](job, None)


@register
class SmallSteps(JobKind):
    """One chunk of twenty small transactions; the process waits at the step that is asked for."""

    name = "small_steps"
    label = "Small steps"
    stages = ("steps",)
    units = {"steps": "steps"}
    own_transactions = frozenset({"steps"})

    def plan(self, job: Job, stage: str) -> Iterable[ChunkPlan]:
        return [ChunkPlan(weight=20)]

    def run(self, job: Job, chunk: JobChunk, progress: Progress) -> None:
        first = chunk.position.get("next", 0)
        progress.advance(first)
        for step in range(first, 20):
            with transaction.atomic():
                write_row(job, "step", step)
                if step == job.params.get("pause_at"):
                    _stubborn(job, progress)
                progress.remember(next=step + 1)
            progress.advance(1)
