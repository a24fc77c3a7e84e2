"""Asks a job to stop."""

from django.db import transaction

from vehreg.jobs.bell import ring_job
from vehreg.jobs.engine import cancel
from vehreg.jobs.models import LIVE_STATES, Job, JobState


def request_cancel(job: Job) -> bool:
    """A waiting job ends at once, a running one at its next look. False: over, or asked before."""
    asked = Job.objects.filter(pk=job.pk, state__in=LIVE_STATES, cancel_requested=False)
    with transaction.atomic():
        changed = asked.update(cancel_requested=True) == 1
        job.refresh_from_db()
        if changed and job.state == JobState.QUEUED:  # its row is locked: it cannot start meanwhile
            cancel(job)
            job.refresh_from_db()
        elif changed:
            ring_job(job.pk)
    return changed
