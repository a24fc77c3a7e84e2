"""Where made files lie, how long, and whose they are."""

from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db import models
from django.utils import timezone

from vehreg.accounts.models import User
from vehreg.jobs.models import Job, JobState

KEPT_FOR = timedelta(hours=24)


def folder() -> Path:
    """Out of reach of everybody but the views that hand files out."""
    path = Path(settings.MEDIA_ROOT) / "exports"
    path.mkdir(parents=True, exist_ok=True)
    return path


def own_files(kind: str, user: User) -> models.QuerySet[Job]:
    """The jobs of the files of this kind that the user ordered, newest first."""
    return Job.objects.filter(kind=kind, created_by=user).order_by("-id")


def expires_at(job: Job) -> datetime | None:
    return job.finished_at + KEPT_FOR if job.finished_at else None


def file_of(job: Job) -> Path | None:
    """The file, while it may still be fetched."""
    name = job.result.get("file", "")
    until = expires_at(job)
    if job.state != JobState.SUCCEEDED or not name or until is None or until < timezone.now():
        return None
    path = folder() / Path(name).name
    return path if path.is_file() else None


def remove_expired() -> None:
    """Delete files nobody may fetch any more, and what interrupted workers left."""
    oldest = (timezone.now() - KEPT_FOR).timestamp()
    for path in folder().iterdir():
        if path.is_file() and path.stat().st_mtime < oldest:
            path.unlink(missing_ok=True)
