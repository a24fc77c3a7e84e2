"""The worker's part: reads the rows as the one who ordered sees them, and writes the file."""

import hashlib
import secrets
from collections.abc import Mapping
from pathlib import Path
from typing import Any, ClassVar

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from vehreg.accounts.models import User
from vehreg.adminsite.exports.files import open_writer
from vehreg.adminsite.exports.orders import EXPORT_PERMISSION, KIND, Order, folder, remove_expired
from vehreg.jobs.kinds import JobKind, Progress, Refused, register
from vehreg.jobs.models import Job, JobChunk

_STEP = 1000


@register
class ExportKind(JobKind):
    """One file with the rows of one list. A killed worker leaves a part that is written anew."""

    name: ClassVar[str] = KIND
    label: ClassVar[str | Promise] = gettext_lazy("Export")
    stages: ClassVar[tuple[str, ...]] = ("write",)
    stage_labels: ClassVar[Mapping[str, str | Promise]] = {"write": gettext_lazy("writing the file")}
    units: ClassVar[Mapping[str, str]] = {"write": "rows"}

    def run(self, job: Job, chunk: JobChunk, progress: Progress) -> None:
        remove_expired()
        order = Order.unpack(job.params)
        user = _entitled_user(job, order)
        part = folder() / f"{job.pk}-{secrets.token_hex(8)}.{order.file_format}.part"
        try:
            written = _write(part, order, user, progress)
            path = part.rename(part.with_suffix(""))
        finally:
            part.unlink(missing_ok=True)
        found = {"file": path.name, "rows": written, "sha256": _sha256(path)}
        JobChunk.objects.filter(pk=chunk.pk).update(position=found)

    def finished(self, job: Job) -> dict[str, Any]:
        return dict(job.chunks.get().position)


def _entitled_user(job: Job, order: Order) -> User:
    user = User.objects.filter(pk=job.created_by_id or 0, is_active=True).first()
    meta = order.model_admin.model._meta
    needed = [EXPORT_PERMISSION, f"{meta.app_label}.view_{meta.model_name}"]
    if user is None or not user.has_perms(needed):
        raise Refused(_("You may not export these rows."))
    return user


def _write(path: Path, order: Order, user: User, progress: Progress) -> int:
    resource = order.model_admin.resource(whole=order.whole)
    rows = resource.prepare(order.rows(user))
    progress.expect(rows.order_by().count())
    writer = open_writer(path, order.file_format, resource.get_export_headers(selected_fields=order.columns))
    written = 0
    for line in resource.lines(rows.iterator(chunk_size=2 * _STEP), order.columns):
        writer.write(line)
        written += 1
        if written % _STEP == 0:
            progress.advance(_STEP)
            progress.check_cancelled()
    writer.close()
    return written


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
