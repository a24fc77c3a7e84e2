"""What others call: start, run here, cancel, retry."""

from typing import Any

import structlog
from django.db import transaction
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from vehreg.accounts.models import User
from vehreg.jobs.bell import ring_job
from vehreg.jobs.cancelling import request_cancel
from vehreg.jobs.foreground import run_in_foreground
from vehreg.jobs.kinds import Refused, kind_of
from vehreg.jobs.models import RETRYABLE_STATES, ChunkState, Job, JobChunk, JobState

__all__ = ["cancel_job", "retry_job", "run_in_foreground", "start_job"]


logger = structlog.get_logger("vehreg.jobs")


def start_job(*, kind: str, params: dict[str, Any], subject: str = "", user: User | None = None) -> Job:
    """Queue a job. Workers hear of it when the caller's transaction commits. Raises `UnknownKind`."""
    job = Job.objects.create(
        kind=kind,
        lane=kind_of(kind).lane(params),
        params=params,
        subject=subject,
        language=get_language() or "vi",
        created_by=user,
        created_by_name=user.get_full_name() if user else "",
    )
    ring_job(job.pk)
    return job


def cancel_job(*, job: Job, user: User | None) -> Job:
    """Ask a job to stop. What is under way stops at its next look; what is done stays done."""
    if request_cancel(job):
        logger.info("job_cancel_requested", job=job.pk, user=user and user.pk)
    return job


def retry_job(*, job: Job, user: User | None) -> Job:
    """Set a failed or cancelled job going again where it stopped. Raises `Refused`."""
    with transaction.atomic():
        locked = Job.objects.select_for_update().get(pk=job.pk)
        if locked.state not in RETRYABLE_STATES:
            raise Refused(_("This job is not over, or has succeeded: there is nothing to retry."))
        kind_of(locked.kind).retried(locked)
        JobChunk.objects.filter(job=locked).exclude(state=ChunkState.DONE).update(
            state=ChunkState.PENDING, attempts=0, retry_at=None, error=""
        )
        Job.objects.filter(pk=job.pk).update(
            state=JobState.QUEUED,
            cancel_requested=False,
            attempts=0,
            error="",
            error_detail="",
            message="",
            finished_at=None,
            heartbeat=timezone.now(),
        )
        logger.info("job_retried", job=job.pk, user=user and user.pk)
        ring_job(job.pk)
    job.refresh_from_db()
    return job
