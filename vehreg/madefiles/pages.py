"""What the pages of made files share: the user's files in a table, and one of them to fetch."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.http import Http404
from django.utils.functional import Promise

from vehreg.accounts.models import User
from vehreg.jobs.models import Job
from vehreg.madefiles.keeping import expires_at, file_of, own_files

_SHOWN = 30


def files_context(kind: str, user: User, title_of: Callable[[Job], str | Promise]) -> dict[str, Any]:
    """For `admin/includes/made_files.html`: the newest files, and whether one is still being made."""
    jobs = list(own_files(kind, user)[:_SHOWN])
    rows = [
        {
            "job": job,
            "title": title_of(job),
            "ready": file_of(job) is not None,
            "until": expires_at(job),
            "percent": round(100 * job.share),
        }
        for job in jobs
    ]
    return {"rows": rows, "live": any(job.is_live for job in jobs)}


def own_file(kind: str, user: User, job_id: int) -> tuple[Job, Path]:
    """The file for the one who ordered it and nobody else, while it is kept. Raises `Http404`."""
    job = own_files(kind, user).filter(pk=job_id).first()
    path = file_of(job) if job else None
    if job is None or path is None:
        raise Http404
    return job, path
