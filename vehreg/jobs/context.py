"""What surrounds the code of a kind: the starter's language, the history's user, ids in the log."""

from collections.abc import Iterator
from contextlib import contextmanager

import pghistory
import structlog
from django.db import connection
from django.utils import translation

from vehreg.jobs.models import Job


@contextmanager
def working_for(job: Job) -> Iterator[None]:
    """Words in the starter's language; rows changed inside carry their id and the job's in the history."""
    with (
        translation.override(job.language),
        pghistory.context(user=job.created_by_id, job=job.pk),
        structlog.contextvars.bound_contextvars(job=job.pk, kind=job.kind),
    ):
        _stop_with_the_worker()
        yield


def _stop_with_the_worker() -> None:
    """A statement whose worker was killed ends within seconds, and frees its row locks for who goes on."""
    with connection.cursor() as cursor:
        cursor.execute("SET client_connection_check_interval = '5s'")
