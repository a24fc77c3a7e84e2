"""The worker's part of a large file: written as the one who ordered it sees the registers."""

from pathlib import Path
from typing import ClassVar, Final

from django.db import connection, transaction
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from cases.outreach.orders import FILES, FileKind, Order
from vehreg.accounts.models import User
from vehreg.jobs.kinds import Progress, register
from vehreg.jobs.models import LIVE_STATES, Job
from vehreg.jobs.services import start_job
from vehreg.madefiles.job import FileJob
from vehreg.madefiles.keeping import own_files

NAME: Final = "outreach.file"
_ONE_AT_A_TIME: Final = "SELECT pg_advisory_xact_lock(hashtextextended('outreach.file.' || %s::text, 0))"


def order_file(*, order: Order, user: User) -> Job:
    """Have the file made by a worker. Ordered twice while it is being made, it is one job."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(_ONE_AT_A_TIME, [user.pk])
        params = order.as_params()
        live = own_files(NAME, user).filter(state__in=LIVE_STATES)
        same = next((job for job in live if job.params == params), None)
        return same or start_job(kind=NAME, params=params, subject="outreach", user=user)


@register
class OutreachFile(FileJob):
    """One list, one bundle of notices, one template."""

    name = NAME
    label: ClassVar[str | Promise] = gettext_lazy("Lists, notices and templates")

    def suffix(self, job: Job) -> str:
        return _kind(job).suffix

    def permissions(self, job: Job) -> list[str]:
        return [_kind(job).permission]

    def write(self, part: Path, job: Job, user: User, progress: Progress) -> int:
        order, kind = Order(**job.params), _kind(job)
        progress.expect(max(1, kind.size(order, user, None)))

        def advance(rows: int) -> None:
            progress.advance(rows)
            progress.check_cancelled()

        return kind.write(part, order, user, advance)


def _kind(job: Job) -> FileKind:
    return FILES[job.params["what"]]
