"""Does one chunk: claim, run, and mark it done in the transaction that did the work."""

from collections.abc import Callable
from contextlib import suppress

import structlog
from django.db import connection, transaction
from django.db.utils import DatabaseError, InterfaceError, OperationalError
from django.utils import translation

from vehreg.jobs.claims import Claim, claimed, hand_back, mark_done, mark_failed
from vehreg.jobs.context import working_for
from vehreg.jobs.engine import advance_job
from vehreg.jobs.failures import explain
from vehreg.jobs.kinds import kind_of, stage_name
from vehreg.jobs.models import JobChunk
from vehreg.jobs.progress import ClaimLost, JobCancelled, Progress, Seen

logger = structlog.get_logger("vehreg.jobs")


def run_chunk(chunk_id: int, *, on_seen: Callable[[Seen], None] | None = None) -> bool:
    """Do a chunk and move its job on. False when it was not ours to do: done, taken, not due, job stopped."""
    with claimed(chunk_id) as claim:
        if claim is None:
            return False
        _attempt(claim, on_seen)
    advance_job(claim.chunk.job_id)
    return True


def _attempt(claim: Claim, on_seen: Callable[[Seen], None] | None) -> None:
    chunk = claim.chunk
    progress = Progress(session=claim.session, chunk=chunk, on_seen=on_seen)
    try:
        with working_for(chunk.job):
            _work(chunk, progress)
    except JobCancelled:
        hand_back(chunk)
    except ClaimLost:
        logger.warning("claim_lost", job=chunk.job_id, chunk=chunk.pk)
    except Exception as error:
        _record(chunk, error)
    except BaseException:  # Ctrl-C, or a worker told to go: not the chunk's fault
        connection.close_if_unusable_or_obsolete()
        with suppress(DatabaseError, InterfaceError):
            hand_back(chunk)
        raise


def _work(chunk: JobChunk, progress: Progress) -> None:
    kind, job = kind_of(chunk.job.kind), chunk.job
    if stage_name(job) in kind.own_transactions:
        kind.run(job, chunk, progress)
        with transaction.atomic(durable=True):
            _close(chunk, progress)
        return
    with transaction.atomic(durable=True):
        kind.run(job, chunk, progress)
        _close(chunk, progress)


def _close(chunk: JobChunk, progress: Progress) -> None:
    progress.write()  # before the row is locked by the mark
    mark_done(chunk)


def _record(chunk: JobChunk, error: Exception) -> None:
    """Nothing is lost when even this fails: the lock goes with the claim, and the sweeper finds it."""
    with translation.override(chunk.job.language):
        failure = explain(error, job=chunk.job_id, chunk=chunk.pk, attempt=chunk.attempts)
    connection.close_if_unusable_or_obsolete()
    try:
        mark_failed(chunk, failure)
    except (OperationalError, InterfaceError):
        logger.warning("left_to_the_sweeper", job=chunk.job_id, chunk=chunk.pk)
        connection.close()
        raise
