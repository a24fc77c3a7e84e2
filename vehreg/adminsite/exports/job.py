"""The worker's part: reads the rows as the one who ordered sees them, and writes the file."""

from pathlib import Path
from typing import ClassVar

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from vehreg.accounts.models import User
from vehreg.adminsite.exports.files import open_writer
from vehreg.adminsite.exports.orders import EXPORT_PERMISSION, KIND, Order
from vehreg.jobs.kinds import Progress, register
from vehreg.jobs.models import Job
from vehreg.madefiles.job import FileJob

_STEP = 1000


@register
class ExportKind(FileJob):
    """One file with the rows of one list."""

    name: ClassVar[str] = KIND
    label: ClassVar[str | Promise] = gettext_lazy("Export")

    def suffix(self, job: Job) -> str:
        return Order.unpack(job.params).file_format

    def permissions(self, job: Job) -> list[str]:
        meta = Order.unpack(job.params).model_admin.model._meta
        return [EXPORT_PERMISSION, f"{meta.app_label}.view_{meta.model_name}"]

    def write(self, part: Path, job: Job, user: User, progress: Progress) -> int:
        order = Order.unpack(job.params)
        resource = order.model_admin.resource(whole=order.whole)
        rows = resource.prepare(order.rows(user))
        progress.expect(rows.order_by().count())
        headers = resource.get_export_headers(selected_fields=order.columns)
        writer = open_writer(part, order.file_format, headers)
        written = 0
        for line in resource.lines(rows.iterator(chunk_size=2 * _STEP), order.columns):
            writer.write(line)
            written += 1
            if written % _STEP == 0:
                progress.advance(_STEP)
                progress.check_cancelled()
        writer.close()
        return written
