"""The long work of deliveries: checking and applying, in chunks of rows. Undoing is in `undo_job`."""

from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path
from typing import Any, ClassVar

import pghistory
from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from registry.deliveries import outcomes, staging
from registry.deliveries.errors import Refused
from registry.deliveries.hooks import run_after_apply
from registry.deliveries.kinds import Kind, kind_of
from registry.deliveries.loading import after, copy_rows, staged_until
from registry.deliveries.merges import Counts, Part
from registry.deliveries.noting import note_understood
from registry.deliveries.staging import Staging
from registry.deliveries.statistics import analyze_grown
from registry.deliveries.tables import Reading, opened
from registry.deliveries.understanding import create_rows, understand
from registry.models import Delivery, DeliveryNotice
from vehreg.jobs.kinds import ChunkPlan, JobKind, register
from vehreg.jobs.models import Job, JobChunk
from vehreg.jobs.progress import Progress


class DeliveryJob(JobKind):
    """Work on one delivery; deliveries of a kind wait for one another."""

    def lane(self, params: dict[str, Any]) -> str:
        return f"delivery:{params['kind']}"

    def delivery(self, job: Job) -> Delivery:
        return Delivery.objects.get(pk=job.params["delivery"])


def ranges(delivery: Delivery) -> Iterable[ChunkPlan]:
    """The rows of a delivery in chunks, by their numbers."""
    lowest, last = staging.row_of(f"SELECT min(row_no), max(row_no) FROM {Staging(delivery.pk).cells}")
    step = settings.DELIVERY_CHUNK_ROWS
    for first in range(lowest, last + 1, step) if last else ():
        end = min(first + step - 1, last)
        yield ChunkPlan({"first": first, "last": end}, weight=end - first + 1)


def part_of(delivery: Delivery, kind: Kind, chunk: JobChunk) -> Part:
    return Part(Staging(delivery.pk), kind, chunk.params["first"], chunk.params["last"])


@register
class CheckDelivery(DeliveryJob):
    """File → staging → understood rows → notices and numbers. The registers are only read."""

    name = "registry.check_delivery"
    label = _("Check a delivery")
    stages = ("load", "understand", "check", "compare")
    stage_labels: ClassVar = {
        "load": _("Reading the file"),
        "understand": _("Understanding rows"),
        "check": _("Checking the whole file"),
        "compare": _("Comparing with the register"),
    }
    units: ClassVar = {"load": "bytes", "understand": "rows", "check": "steps", "compare": "rows"}
    shares: ClassVar = {"load": 12, "understand": 25, "check": 4, "compare": 3}
    own_transactions = frozenset({"load"})

    def plan(self, job: Job, stage: str) -> Iterable[ChunkPlan]:
        delivery = self.delivery(job)
        if stage == "load":
            return [ChunkPlan(weight=delivery.size)]
        if stage == "check":
            return [ChunkPlan()]
        if stage == "understand":
            DeliveryNotice.objects.filter(delivery=delivery).delete()
            staging.run(f"DROP TABLE IF EXISTS {Staging(delivery.pk).rows}")
            create_rows(kind_of(delivery.kind), Staging(delivery.pk).rows)
        return list(ranges(delivery))

    def run(self, job: Job, chunk: JobChunk, progress: Progress) -> None:
        delivery = self.delivery(job)
        kind = kind_of(delivery.kind)
        match self.stages[chunk.stage]:
            case "load":
                load(delivery, kind, chunk, progress)
            case "understand":
                tables = Staging(delivery.pk)
                understand(kind, tables, chunk.params["first"], chunk.params["last"])
                progress.check_cancelled()
                note_understood(kind, tables, chunk.params["first"], chunk.params["last"])
            case "check":
                _index_rows(Staging(delivery.pk))
                kind.merge().check(kind, Staging(delivery.pk))
            case "compare":
                counts = kind.merge().compare(part_of(delivery, kind, chunk))
                progress.remember(**asdict(counts))

    def finished(self, job: Job) -> dict[str, Any]:
        return outcomes.close_check(self.delivery(job), counted(job, "compare"))

    def failed(self, job: Job, error: str) -> None:
        outcomes.close_failed(self.delivery(job), error)

    def cancelled(self, job: Job) -> None:
        outcomes.close_cancelled(self.delivery(job))

    def retried(self, job: Job) -> None:
        outcomes.reopen_check(self.delivery(job))


@register
class ApplyDelivery(DeliveryJob):
    """Understood rows → registers. Each chunk is one transaction, and counts once."""

    name = "registry.apply_delivery"
    label = _("Apply a delivery")
    stages = ("owners", "release", "rows", "finish")
    stage_labels: ClassVar = {
        "owners": _("Writing owners"),
        "release": _("Writing registrations that end"),
        "rows": _("Writing the register"),
        "finish": _("Counting"),
    }
    units: ClassVar = {"owners": "rows", "release": "rows", "rows": "rows", "finish": "steps"}
    shares: ClassVar = {"owners": 26, "rows": 52, "finish": 6}

    def plan(self, job: Job, stage: str) -> Iterable[ChunkPlan]:
        delivery = self.delivery(job)
        tables, merge = Staging(delivery.pk), kind_of(delivery.kind).merge()
        if stage == "finish":
            return [ChunkPlan()]
        _refuse_lost(delivery)
        if stage == self.stages[0]:
            merge.prepare(kind_of(delivery.kind), tables)
        return list(ranges(delivery)) if merge.has_work(stage, tables) else []

    def run(self, job: Job, chunk: JobChunk, progress: Progress) -> None:
        delivery = self.delivery(job)
        kind = kind_of(delivery.kind)
        stage = self.stages[chunk.stage]
        progress.check_cancelled()
        with pghistory.context(delivery=delivery.pk):
            if stage == "finish":
                # First, so that finishing does not plan for the empty tables that were.
                analyze_grown(kind.merge().models, new=delivery.new or 0)
                kind.merge().finish(delivery.pk)
                return
            _refuse_lost(delivery)
            counts = kind.merge().apply(part_of(delivery, kind, chunk), stage)
        progress.remember(**asdict(counts))

    def finished(self, job: Job) -> dict[str, Any]:
        delivery = self.delivery(job)
        result = outcomes.close_apply(delivery, counted(job, "release", "rows"))
        run_after_apply(delivery)
        return result

    def failed(self, job: Job, error: str) -> None:
        outcomes.close_unapplied(self.delivery(job), error, is_lost=not _is_staged(self.delivery(job)))

    def cancelled(self, job: Job) -> None:
        outcomes.take_back(self.delivery(job), job)

    def retried(self, job: Job) -> None:
        outcomes.reopen_apply(self.delivery(job))


def load(delivery: Delivery, kind: Kind, chunk: JobChunk, progress: Progress) -> None:
    """The file into staging in batches that commit; a second try goes on behind the last one."""
    tables, reading = Staging(delivery.pk), Reading.from_json(delivery.reading)
    rows_before, number = _where_to_go_on(tables, kind, chunk)
    with opened(
        Path(delivery.file.path),
        file_format=reading.format,
        encoding=reading.encoding,
        separator=reading.separator,
    ) as table:
        progress.expect(table.size)
        rows, told = after(table.rows(), number), 0
        while True:
            with transaction.atomic(durable=True):
                batch = _Batch(rows, settings.DELIVERY_CHUNK_ROWS, progress)
                rows_before += copy_rows(tables.cells, reading, batch)
                if not batch.count:
                    break
                Delivery.objects.filter(pk=delivery.pk).update(staged_rows=rows_before)
                progress.advance(table.position - told)
                told = table.position
                progress.remember(rows=rows_before, number=batch.number)
    with transaction.atomic(durable=True):
        staging.run(f"CREATE INDEX IF NOT EXISTS delivery_{delivery.pk}_row_no ON {tables.cells} (row_no)")
        staging.run(f"ANALYZE {tables.cells} (row_no)")


class _Batch:
    """The next rows of a file, and the number of the last one."""

    def __init__(self, rows: Any, most: int, progress: Progress) -> None:
        self._rows, self._most, self._progress = rows, most, progress
        self.count = self.number = 0

    def __iter__(self) -> Any:
        for row in self._rows:
            self.count, self.number = self.count + 1, row.number
            if self.count % 5000 == 0:
                self._progress.check_cancelled()
            yield row
            if self.count == self._most:
                return


def _where_to_go_on(tables: Staging, kind: Kind, chunk: JobChunk) -> tuple[int, int]:
    """(rows staged, number of the last). Begins again when the database lost what was remembered."""
    if chunk.position and tables.cells_exist():
        remembered = (chunk.position["rows"], chunk.position["number"])
        if staged_until(tables) == remembered:
            return remembered
    with transaction.atomic(durable=True):
        tables.drop()
        tables.create_cells(kind)
    return 0, 0


def _index_rows(tables: Staging) -> None:
    staging.run(f"CREATE INDEX ON {tables.rows} (row_no)")
    staging.run(f"ANALYZE {tables.rows}")


def _is_staged(delivery: Delivery) -> bool:
    """Staging is not written to the log: a database that broke down has emptied it."""
    rows = Staging(delivery.pk).rows
    query = f"SELECT count(*) FROM (SELECT 1 FROM {rows} LIMIT 1) AS any_row"
    return staging.exists(rows) and bool(staging.row_of(query)[0])


def _refuse_lost(delivery: Delivery) -> None:
    if not _is_staged(delivery):
        raise Refused(
            _("The database broke down and lost what was staged. Check the delivery again, then apply it.")
        )


def counted(job: Job, *stages: str) -> Counts:
    """What the chunks of these stages counted together."""
    names = type(job_kind(job)).stages
    wanted = [names.index(stage) for stage in stages]
    found = JobChunk.objects.filter(job=job, stage__in=wanted).values_list("position", flat=True)
    return sum((Counts(**position) for position in found), start=Counts())


def job_kind(job: Job) -> JobKind:
    from vehreg.jobs.kinds import kind_of as kind_of_job  # noqa: PLC0415 - two tables of kinds meet here

    return kind_of_job(job.kind)
