"""What was ordered: a list's filter, the columns, the format. Kept with the job that fulfils it."""

from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.admin import site
from django.contrib.sessions.backends.base import SessionBase
from django.core import signing
from django.db import models
from django.http import QueryDict
from django.test import RequestFactory
from django.utils import timezone

from vehreg.accounts.models import User
from vehreg.adminsite.changelist import ROWS_ONLY
from vehreg.adminsite.search import masked_term
from vehreg.jobs.models import Job, JobState

KIND = "adminsite.export"
EXPORT_PERMISSION = "registry.export_registers"
KEPT_FOR = timedelta(hours=24)
_SALT = "vehreg.adminsite.exports"


@dataclass(frozen=True)
class Order:
    """One export. `query` is the list's own address, so that the file holds what the list showed."""

    model: str
    query: str
    columns: list[str]
    file_format: str
    whole: bool

    def pack(self) -> dict[str, Any]:
        """As parameters of a job. Packed: a filter may hold a name, and jobs are seen by administrators."""
        return {"order": signing.dumps(asdict(self), salt=_SALT, compress=True)}

    @classmethod
    def unpack(cls, params: dict[str, Any]) -> "Order":
        return cls(**signing.loads(params["order"], salt=_SALT))

    @property
    def model_admin(self) -> Any:
        app_label, model_name = self.model.split(".")
        return next(
            admin
            for model, admin in site._registry.items()
            if (model._meta.app_label, model._meta.model_name) == (app_label, model_name)
        )

    def rows(self, user: User) -> models.QuerySet[Any]:
        """The rows this user sees under the list's filter, in the list's order."""
        request = RequestFactory().get(f"/?{self.query}")
        request.user, request.session = user, SessionBase()
        setattr(request, ROWS_ONLY, True)
        rows: models.QuerySet[Any] = self.model_admin.export_rows(request)
        return rows

    def filter_words(self) -> dict[str, Any]:
        """The filter for the trail, with numbers in the search text hidden."""
        given = QueryDict(self.query).dict()
        return {name: masked_term(str(value)) for name, value in given.items()}


def folder() -> Path:
    """Where exports lie, out of reach of everybody but the download view."""
    path = Path(settings.MEDIA_ROOT) / "exports"
    path.mkdir(parents=True, exist_ok=True)
    return path


def own_exports(user: User) -> models.QuerySet[Job]:
    return Job.objects.filter(kind=KIND, created_by=user).order_by("-id")


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
