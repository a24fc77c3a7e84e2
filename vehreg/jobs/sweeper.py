"""Finds what dead workers and a forgetful broker left behind, and rings for it. Runs by the clock."""

from itertools import islice

import structlog
from django.db import transaction

from vehreg.jobs.bell import ring_chunks, ring_job, waiting_messages
from vehreg.jobs.claims import claimable, release_lost
from vehreg.jobs.engine import Move, next_move
from vehreg.jobs.locks import chunk_key, held, open_session
from vehreg.jobs.models import LIVE_STATES, ChunkState, Job, JobChunk

logger = structlog.get_logger("vehreg.jobs")


def sweep() -> None:
    """One look at everything alive. A second sweep at the same time does nothing."""
    with held("vehreg.jobs.sweep") as ours:
        if ours:
            release_lost_chunks()
            _ring_stuck_jobs()
            _ring_lost_messages()


def release_lost_chunks(job: Job | None = None) -> None:
    """Set chunks free that are marked running while nobody holds their lock: of one job, or of all."""
    running = JobChunk.objects.filter(state=ChunkState.RUNNING)
    if job is not None:
        running = running.filter(job=job)
    chunk_ids = list(running.values_list("pk", flat=True))
    if not chunk_ids:
        return
    with open_session() as session:
        for chunk_id in chunk_ids:
            with held(chunk_key(chunk_id), session) as free, transaction.atomic():
                if free and release_lost(chunk_id):
                    ring_chunks([chunk_id])


def _ring_stuck_jobs() -> None:
    for job in Job.objects.filter(state__in=LIVE_STATES).order_by("pk"):
        if next_move(job) is not Move.WAIT:
            ring_job(job.pk)


def _ring_lost_messages() -> None:
    """Each chunk that waits has a message in the queue; ring for as many as are missing."""
    waiting = JobChunk.objects.filter(claimable()).order_by("job_id", "stage", "number")
    in_queue = waiting_messages()
    missing = waiting.count() - in_queue if in_queue is not None else 0
    if missing > 0:
        logger.info("ringing_again", chunks=missing)
        ring_chunks(islice(waiting.values_list("pk", flat=True), missing))
