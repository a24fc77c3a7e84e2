"""Who does a chunk: a lock for as long as the process lives, and a name on the row that fences its commit."""

import os
import secrets
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta

import structlog
from django.conf import settings
from django.db import connection, transaction
from django.db.models import F, Q, QuerySet
from django.db.models.functions import Now
from django.utils import timezone, translation

from vehreg.jobs.bell import ring_job
from vehreg.jobs.failures import BROKEN_OFF, Failure
from vehreg.jobs.locks import Session, chunk_key, held, open_session
from vehreg.jobs.models import ChunkState, Job, JobChunk, JobState
from vehreg.jobs.progress import ClaimLost

logger = structlog.get_logger("vehreg.jobs")

# Seconds to wait before the n-th next try: 1, 2, 4, … at most this many.
LONGEST_WAIT = 60


@dataclass(frozen=True)
class Claim:
    """A chunk that is ours, and the session that holds its lock."""

    chunk: JobChunk
    session: Session


def claimable() -> Q:
    """Chunks that may be begun now."""
    due = Q(retry_at__isnull=True) | Q(retry_at__lte=Now())
    return due & Q(
        state=ChunkState.PENDING,
        stage=F("job__stage"),
        job__state=JobState.RUNNING,
        job__cancel_requested=False,
        job__error="",
    )


@contextmanager
def claimed(chunk_id: int) -> Iterator[Claim | None]:
    """Claim a chunk for the block; None when another has it, or there is nothing to do on it."""
    session = open_session()
    try:
        with held(chunk_key(chunk_id), session) as free:
            chunk = _take(chunk_id) if free else None
            yield Claim(chunk, session) if chunk else None
    finally:
        session.close()


def _take(chunk_id: int) -> JobChunk | None:
    """The lock is ours. A row that says `running` belongs to a dead process: it is set free first."""
    release_lost(chunk_id)
    name = f"{socket.gethostname()}:{os.getpid()}:{secrets.token_hex(6)}"
    open_chunk = JobChunk.objects.filter(claimable(), pk=chunk_id).values("pk")
    taken = JobChunk.objects.filter(pk__in=open_chunk, state=ChunkState.PENDING).update(
        state=ChunkState.RUNNING,
        claimed_by=name,
        claimed_at=Now(),
        heartbeat_at=Now(),
        attempts=F("attempts") + 1,
    )
    return JobChunk.objects.select_related("job").get(pk=chunk_id) if taken else None


def mark_done(chunk: JobChunk) -> None:
    """Part of the chunk's own transaction, last. Raises `ClaimLost`, and all of it is rolled back."""
    chunk.refresh_from_db(fields=["done", "weight"])
    rest = chunk.weight - chunk.done
    marked = _mine(chunk).update(
        state=ChunkState.DONE, done=F("weight"), finished_at=Now(), error="", retry_at=None
    )
    if marked != 1:
        raise ClaimLost
    if rest:
        Job.objects.filter(pk=chunk.job_id).update(done=F("done") + rest)


def hand_back(chunk: JobChunk) -> None:
    """The chunk was stopped, not tried in vain: it waits, and the attempt does not count."""
    with transaction.atomic():
        if _mine(chunk).update(state=ChunkState.PENDING, attempts=F("attempts") - 1, claimed_by="") == 1:
            _take_back_progress(chunk.pk)


def mark_failed(chunk: JobChunk, failure: Failure) -> None:
    """Wait for the next try, or, when tries are used up, stop the job."""
    if chunk.attempts >= failure.attempts:
        with transaction.atomic():
            if _mine(chunk).update(state=ChunkState.FAILED, error=failure.words, finished_at=Now()) == 1:
                _take_back_progress(chunk.pk)
                stop_job(chunk.job_id, failure.words, failure.detail)
        return
    wait = min(2 ** (chunk.attempts - 1), LONGEST_WAIT)
    with transaction.atomic():
        retry_at = timezone.now() + timedelta(seconds=wait)
        waiting = _mine(chunk).update(
            state=ChunkState.PENDING, error=failure.words, retry_at=retry_at, claimed_by=""
        )
        if waiting == 1:
            _take_back_progress(chunk.pk)


def release_lost(chunk_id: int) -> bool:
    """Set a chunk free whose process has died. Call it only while holding the chunk's lock."""
    with transaction.atomic():
        lost = JobChunk.objects.filter(pk=chunk_id, state=ChunkState.RUNNING).select_for_update().first()
        if lost is None:
            return False
        logger.warning("chunk_lost", job=lost.job_id, chunk=lost.pk, attempts=lost.attempts)
        _take_back_progress(chunk_id)
        if lost.attempts < settings.JOB_MAX_ATTEMPTS:
            JobChunk.objects.filter(pk=chunk_id).update(state=ChunkState.PENDING, claimed_by="")
            return True
        with translation.override(Job.objects.values_list("language", flat=True).get(pk=lost.job_id)):
            words = str(BROKEN_OFF) % {"attempts": lost.attempts}
        JobChunk.objects.filter(pk=chunk_id).update(
            state=ChunkState.FAILED, claimed_by="", error=words, finished_at=Now()
        )
        stop_job(lost.job_id, words, "")
        return True


def stop_job(job_id: int, words: str, detail: str) -> None:
    """No more chunks are begun; the job fails when the last running one has stopped. First error wins."""
    Job.objects.filter(pk=job_id, state=JobState.RUNNING, error="").update(error=words, error_detail=detail)
    ring_job(job_id)


def _mine(chunk: JobChunk) -> QuerySet[JobChunk]:
    return JobChunk.objects.filter(pk=chunk.pk, state=ChunkState.RUNNING, claimed_by=chunk.claimed_by)


def _take_back_progress(chunk_id: int) -> None:
    """What a chunk counted before it was rolled back did not happen."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            WITH counted AS (SELECT id, job_id, done FROM jobs_jobchunk WHERE id = %s),
                 cleared AS (UPDATE jobs_jobchunk c SET done = 0 FROM counted WHERE c.id = counted.id)
            UPDATE jobs_job j SET done = j.done - counted.done FROM counted WHERE j.id = counted.job_id
            """,
            [chunk_id],
        )
