"""The worker's part: a file is written aside, and has its name once it is whole."""

import hashlib
import secrets
from abc import ABC, abstractmethod
from collections.abc import Mapping
from pathlib import Path
from typing import Any, ClassVar

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from vehreg.accounts.models import User
from vehreg.jobs.kinds import JobKind, Progress, Refused
from vehreg.jobs.models import Job, JobChunk
from vehreg.madefiles.keeping import folder, remove_expired


class FileJob(JobKind, ABC):
    """One file. A killed worker leaves a part that is written anew."""

    stages: ClassVar[tuple[str, ...]] = ("write",)
    stage_labels: ClassVar[Mapping[str, str | Promise]] = {"write": gettext_lazy("writing the file")}
    units: ClassVar[Mapping[str, str]] = {"write": "rows"}

    @abstractmethod
    def suffix(self, job: Job) -> str:
        """How the file's name ends, without the dot."""

    @abstractmethod
    def permissions(self, job: Job) -> list[str]:
        """What the one who ordered must still be allowed when the file is written."""

    @abstractmethod
    def write(self, part: Path, job: Job, user: User, progress: Progress) -> int:
        """Write the rows this user sees; returns how many."""

    def run(self, job: Job, chunk: JobChunk, progress: Progress) -> None:
        remove_expired()
        user = User.objects.filter(pk=job.created_by_id or 0, is_active=True).first()
        if user is None or not user.has_perms(self.permissions(job)):
            raise Refused(_("You may not export these rows."))
        part = new_part(job.pk, self.suffix(job))
        try:
            rows = self.write(part, job, user, progress)
            path = part.rename(part.with_suffix(""))
        finally:
            part.unlink(missing_ok=True)
        found = {"file": path.name, "rows": rows, "sha256": _sha256(path)}
        JobChunk.objects.filter(pk=chunk.pk).update(position=found)

    def finished(self, job: Job) -> dict[str, Any]:
        return dict(job.chunks.get().position)


def new_part(owner: int, suffix: str) -> Path:
    """A name that nobody guesses for a file that is not whole yet."""
    return folder() / f"{owner}-{secrets.token_hex(8)}.{suffix}.part"


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
