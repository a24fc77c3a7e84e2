"""The long work of a lot: let go, taken back; in chunks that count once."""

from collections.abc import Callable, Iterable
from typing import Any, ClassVar

import pghistory
from django.db import models
from django.db.models import Count
from django.utils import timezone

from cases.models.lot import Lot
from cases.workflow import Words
from vehreg.jobs.kinds import ChunkPlan, JobKind, Progress, Refused
from vehreg.jobs.models import Job, JobChunk
from vehreg.jobs.ranges import even_ranges

_CHUNK_ROWS = 1_000


class LotJob(JobKind):
    """Work on a lot that lasts as long as the lot is in one state.

    `key` names the lot in the job's parameters, and in the rows it holds.
    """

    stages = ("work",)
    lots: ClassVar[type[Lot]]
    key: ClassVar[str]
    during: ClassVar[str]
    moved_on: ClassVar[Words]  # why stopped work is refused

    def failed(self, job: Job, error: str) -> None:
        self._during(job).update(message=error)

    def retried(self, job: Job) -> None:
        """Stopped work goes on only while nobody has decided otherwise."""
        self.held(job)
        self._during(job).update(message="")

    def held(self, job: Job) -> Any:
        """The lot, kept in its state until the chunk commits. Raises `Refused`."""
        lot = self._during(job).select_for_update().first()
        if lot is None:
            raise Refused(str(self.moved_on))
        return lot

    def _during(self, job: Job) -> Any:
        lots: Any = self.lots._default_manager
        return lots.filter(pk=job.params[self.key], state=self.during)


class LotWork(LotJob):
    """Goes through what a lot holds, chunk by chunk, each in one transaction with its done mark."""

    rows: ClassVar[type[models.Model]]
    history: ClassVar[str]  # what the history calls the lot
    takes: ClassVar[str]  # the state of the rows it goes through
    ends: ClassVar[str]  # the state of the lot when all are done
    unreached: ClassVar[str] = ""  # what becomes then of rows the lot still holds, where anything does
    stopped: ClassVar[Words]  # what may be done when it was stopped half-way
    work: ClassVar[Callable[..., int]]

    def chunk_size(self) -> int:
        """Rows of one chunk."""
        return _CHUNK_ROWS

    def plan(self, job: Job, stage: str) -> Iterable[ChunkPlan]:
        ids = f"SELECT id FROM {self.rows._meta.db_table} WHERE {self.key}_id = %(lot)s AND state = %(state)s"
        params = {"lot": job.params[self.key], "state": self.takes}
        return even_ranges(ids, size=self.chunk_size(), params=params)

    def run(self, job: Job, chunk: JobChunk, progress: Progress) -> None:
        progress.check_cancelled()
        with pghistory.context(**{self.history: job.params[self.key]}):
            type(self).work(self.held(job), first=chunk.params["first"], last=chunk.params["last"])

    def cancelled(self, job: Job) -> None:
        self._during(job).update(message=str(self.stopped))

    def finished(self, job: Job) -> dict[str, Any]:
        rows = self.rows._default_manager.filter(**{self.key: job.params[self.key]})
        if self.unreached:
            held = rows.filter(state="held")
            held.update(state=self.unreached, reason="not_reached", moved_at=timezone.now())
        by_state = rows.order_by().values("state").annotate(rows=Count("pk"))
        counts = dict(by_state.values_list("state", "rows"))
        self._during(job).update(state=self.ends, counts=counts, message="")
        return counts
