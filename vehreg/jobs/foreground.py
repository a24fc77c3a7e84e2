"""Runs a job in this process, for the commands. Workers may help; without any it gets done all the same."""

import time
from collections.abc import Callable

from django.db import connection
from django.db.utils import InterfaceError, OperationalError

from vehreg.jobs.cancelling import request_cancel
from vehreg.jobs.chunks import run_chunk
from vehreg.jobs.claims import claimable
from vehreg.jobs.engine import advance_job
from vehreg.jobs.helpers import Helpers
from vehreg.jobs.models import LIVE_STATES, Job, JobChunk
from vehreg.jobs.progress import Seen
from vehreg.jobs.sweeper import release_lost_chunks

OnProgress = Callable[[Job], None]

# Seconds between two looks while others work, and how often a database that is away is tried again.
LOOK_EVERY = 0.3
DATABASE_TRIES = 60


def run_in_foreground(job: Job, *, on_progress: OnProgress | None = None, processes: int = 1) -> Job:
    """Do a job here until it is over; Ctrl-C cancels it. Waits for its lane by helping the job in front.

    `on_progress` gets the job about once a second. With several `processes`, chunks of a stage are done side
    by side. Returns the job as it ended; look at `state`.
    """
    if connection.in_atomic_block:
        raise RuntimeError("a job in the foreground commits chunk by chunk: call it outside a transaction")
    tell = on_progress or (lambda job: None)
    with Helpers(job, processes - 1) as helpers:
        try:
            _drive(job, tell, before=helpers)
        except KeyboardInterrupt:
            request_cancel(job)
            _drive(job, tell)
    return job


def help_with(job: Job, *, wanted: Callable[[], bool]) -> None:
    """Do chunks of a job that another process drives, while that is wanted and there is a job."""
    _drive(job, lambda job: None, wanted=wanted)


def _drive(
    job: Job,
    tell: OnProgress,
    *,
    before: Callable[[], None] = lambda: None,
    wanted: Callable[[], bool] = lambda: True,
) -> None:
    """Turn after turn until the job is over; `before` is called between a move and a chunk."""
    tries_left = DATABASE_TRIES
    while wanted():
        try:
            worked = _turn(job, tell, before)
            job.refresh_from_db()
            tries_left = DATABASE_TRIES
        except (OperationalError, InterfaceError):
            connection.close()
            worked, tries_left = False, tries_left - 1
            if not tries_left:
                raise
        tell(job)
        if not job.is_live:
            return
        if not worked:
            time.sleep(LOOK_EVERY)


def _turn(job: Job, tell: OnProgress, before: Callable[[], None]) -> bool:
    """One step: whatever move is due, then one chunk. False when there was nothing to do."""
    front = _in_front(job)
    advance_job(front.pk)
    before()
    job.refresh_from_db()
    chunk_id = _next_chunk(front)
    if chunk_id is None:
        release_lost_chunks(front)
        return False
    return run_chunk(chunk_id, on_seen=_show(job, tell) if front.pk == job.pk else None)


def _in_front(job: Job) -> Job:
    """The job whose turn it is in the lane: the running one, else the first that waits."""
    if not job.lane:
        return job
    lane = Job.objects.filter(lane=job.lane, state__in=LIVE_STATES)
    return lane.order_by("-state", "pk").first() or job  # "running" sorts after "queued"


def _next_chunk(job: Job) -> int | None:
    waiting = JobChunk.objects.filter(claimable(), job=job).order_by("number")
    return waiting.values_list("pk", flat=True).first()


def _show(job: Job, tell: OnProgress) -> Callable[[Seen], None]:
    """Carry what a running chunk reports over to the caller's job, without a query on its busy connection."""

    def show(seen: Seen) -> None:
        job.state, job.stage, job.message = seen.state, seen.stage, seen.message
        job.done, job.total, job.cancel_requested = seen.done, seen.total, seen.cancel_requested
        tell(job)

    return show
