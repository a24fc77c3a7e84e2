"""The worker's part of a large file: written as the one who ordered it sees the registers."""

import secrets
from collections.abc import Mapping
from typing import Any, ClassVar, Final

from django.db import connection, transaction
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.outreach.orders import FILES, Order
from vehreg.accounts.models import User
from vehreg.adminsite.exports.orders import folder, remove_expired
from vehreg.jobs.kinds import JobKind, Progress, Refused, register
from vehreg.jobs.models import LIVE_STATES, Job, JobChunk
from vehreg.jobs.services import start_job

NAME: Final = "outreach.file"
_ONE_AT_A_TIME: Final = "SELECT pg_advisory_xact_lock(hashtextextended('outreach.file.' || %s::text, 0))"


def order_file(*, order: Order, user: User) -> Job:
    """Have the file made by a worker. Ordered twice while it is being made, it is one job."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(_ONE_AT_A_TIME, [user.pk])
        params = order.as_params()
        live = own_files(user).filter(state__in=LIVE_STATES)
        same = next((job for job in live if job.params == params), None)
        return same or start_job(kind=NAME, params=params, subject="outreach", user=user)


def own_files(user: User) -> Any:
    """The jobs of the files this user ordered, newest first."""
    return Job.objects.filter(kind=NAME, created_by=user).order_by("-id")


@register
class OutreachFile(JobKind):
    """A killed worker leaves a part that is written anew; files lie with the exports, and go with them."""

    name = NAME
    label: ClassVar[str | Promise] = gettext_lazy("Lists, notices and templates")
    stages = ("write",)
    stage_labels: ClassVar[Mapping[str, str | Promise]] = {"write": gettext_lazy("writing the file")}
    units: ClassVar[Mapping[str, str]] = {"write": "rows"}

    def run(self, job: Job, chunk: JobChunk, progress: Progress) -> None:
        remove_expired()
        order = Order(**job.params)
        kind = FILES[order.what]
        user = User.objects.filter(pk=job.created_by_id or 0, is_active=True).first()
        if user is None or not user.has_perm(kind.permission):
            raise Refused(_("You may not export these rows."))
        progress.expect(max(1, kind.size(order, user, None)))
        part = folder() / f"{job.pk}-{secrets.token_hex(8)}.{kind.suffix}.part"

        def advance(rows: int) -> None:
            progress.advance(rows)
            progress.check_cancelled()

        try:
            rows = kind.write(part, order, user, advance)
            path = part.rename(part.with_suffix(""))
        finally:
            part.unlink(missing_ok=True)
        JobChunk.objects.filter(pk=chunk.pk).update(position={"file": path.name, "rows": rows})

    def finished(self, job: Job) -> dict[str, Any]:
        return dict(job.chunks.get().position)
