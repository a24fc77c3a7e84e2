"""The long work of lots: confirming an accepted one, taking one back; in chunks that count once."""

from collections.abc import Callable, Iterable
from typing import Any, ClassVar

import pghistory
from django.db import connection
from django.db.models import Count
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.confirmations.confirming import confirm_chunk, take_back_chunk
from cases.confirmations.lots import CONFIRM_JOB, TAKE_BACK_JOB
from cases.models import ConfirmationLot, LotDeclaration
from cases.models.confirmation import LotState
from vehreg.jobs.kinds import ChunkPlan, JobKind, Progress, Refused, register
from vehreg.jobs.models import Job, JobChunk

_CHUNK_DECLARATIONS = 1_000

_RANGES = """
SELECT min(id), max(id), count(*) FROM (
    SELECT id, (row_number() OVER (ORDER BY id) - 1) / %(size)s AS part
    FROM cases_lotdeclaration WHERE lot_id = %(lot)s AND state = %(state)s
) AS numbered GROUP BY part ORDER BY part"""


class LotWork(JobKind):
    """Goes through the declarations of a lot, chunk by chunk, each in one transaction with its done mark."""

    stages = ("work",)
    units: ClassVar = {"work": "rows"}
    during: ClassVar[str]  # the state of the lot as long as there is work
    takes: ClassVar[str]  # the state of the declarations it goes through
    ends: ClassVar[str]  # the state of the lot when all are done
    work: ClassVar[Callable[..., int]]

    def lane(self, params: dict[str, Any]) -> str:
        return f"confirmations-{params['lot']}"

    def plan(self, job: Job, stage: str) -> Iterable[ChunkPlan]:
        params = {"lot": job.params["lot"], "state": self.takes, "size": _CHUNK_DECLARATIONS}
        with connection.cursor() as cursor:
            cursor.execute(_RANGES, params)
            return [
                ChunkPlan({"first": first, "last": last}, size) for first, last, size in cursor.fetchall()
            ]

    def run(self, job: Job, chunk: JobChunk, progress: Progress) -> None:
        progress.check_cancelled()
        with pghistory.context(confirmation_lot=job.params["lot"]):
            type(self).work(self._held(job), first=chunk.params["first"], last=chunk.params["last"])

    def finished(self, job: Job) -> dict[str, Any]:
        self.settle(job.params["lot"])
        by_state = LotDeclaration.objects.filter(lot=job.params["lot"]).order_by().values_list("state")
        counts = dict(by_state.annotate(rows=Count("pk")).values_list("state", "rows"))
        self._lot(job).update(state=self.ends, counts=counts, message="")
        return counts

    def settle(self, lot_id: int) -> None:
        """What is left to do once every chunk is done."""

    def failed(self, job: Job, error: str) -> None:
        self._lot(job).update(message=error)

    def cancelled(self, job: Job) -> None:
        words = _("Stopped half-way. Go on with the job, or take back what was confirmed.")
        self._lot(job).update(message=words)

    def retried(self, job: Job) -> None:
        """Stopped work goes on only while nobody has decided otherwise."""
        self._held(job)
        self._lot(job).update(message="")

    def _lot(self, job: Job) -> Any:
        return ConfirmationLot.objects.filter(pk=job.params["lot"], state=self.during)

    def _held(self, job: Job) -> ConfirmationLot:
        """The lot, kept in its state until the chunk commits. Raises `Refused`."""
        lot: ConfirmationLot | None = self._lot(job).select_for_update().first()
        if lot is None:
            raise Refused(_("The lot has moved on since: this work is no longer wanted."))
        return lot


@register
class ConfirmLot(LotWork):
    """Confirms what an accepted lot holds and nothing has changed about since."""

    name = CONFIRM_JOB
    label = gettext_lazy("Confirming a lot of declarations")
    stage_labels: ClassVar = {"work": gettext_lazy("Confirming")}
    during, takes, ends = LotState.CONFIRMING, LotDeclaration.State.HELD, LotState.CONFIRMED
    work = staticmethod(confirm_chunk)


@register
class TakeBackLot(LotWork):
    """Takes back what a lot confirmed; its declarations wait again, one by one."""

    name = TAKE_BACK_JOB
    label = gettext_lazy("Taking a lot of declarations back")
    stage_labels: ClassVar = {"work": gettext_lazy("Taking back")}
    during, takes, ends = LotState.TAKING_BACK, LotDeclaration.State.CONFIRMED, LotState.TAKEN_BACK
    work = staticmethod(take_back_chunk)

    def settle(self, lot_id: int) -> None:
        """What a lot that stopped half-way never reached is left as it was."""
        held = LotDeclaration.objects.filter(lot=lot_id, state=LotDeclaration.State.HELD)
        held.update(state=LotDeclaration.State.LEFT, reason="not_reached", moved_at=timezone.now())
