"""The long work of undoing a delivery, in chunks of ids."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, ClassVar

import pghistory
from django.conf import settings
from django.db import connection
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from registry.deliveries.hooks import run_after_undo
from registry.deliveries.jobs import DeliveryJob
from registry.deliveries.kinds import kind_of
from registry.deliveries.staging import Staging
from registry.deliveries.states import move
from registry.deliveries.undo import Register
from registry.models import Delivery, DeliveryNotice
from registry.models.delivery import DeliveryState
from vehreg.jobs.kinds import ChunkPlan, register
from vehreg.jobs.models import Job, JobChunk
from vehreg.jobs.progress import Progress


@dataclass(frozen=True)
class Step:
    """A pass over the rows of one register: `removing` those made, or giving back those changed."""

    name: str
    label: str
    removing: bool


# What was made goes first, so that its plates are free; a plate that was handed on goes back in two passes.
STEPS = (
    Step("vehicles_made", "registry.Vehicle", removing=True),
    Step("papers_made", "registry.PaperFile", removing=True),
    Step("papers_changed", "registry.PaperFile", removing=False),
    Step("vehicles_changed", "registry.Vehicle", removing=False),
    Step("vehicles_left", "registry.Vehicle", removing=False),
    Step("owners_changed", "registry.Owner", removing=False),
    Step("owners_made", "registry.Owner", removing=True),
)


def steps_of(delivery: Delivery) -> tuple[Step, ...]:
    """The passes of this kind of delivery; a kind with a table of its own has two."""
    labels = kind_of(delivery.kind).merge().models
    known = tuple(step for step in STEPS if step.label in labels)
    own = [label for label in labels if label not in {step.label for step in known}]
    return known + tuple(
        Step(name, label, removing)
        for label in own
        for name, removing in (("rows_made", True), ("rows_changed", False))
    )


@register
class UndoDelivery(DeliveryJob):
    """Registers back to what they said before a delivery. Each chunk is one transaction."""

    name = "registry.undo_delivery"
    label = _("Undo a delivery")
    stages = ("look", *(step.name for step in STEPS), "rows_made", "rows_changed", "finish")
    stage_labels: ClassVar = {
        "look": _("Looking for what changed since"),
        "vehicles_made": _("Removing vehicles"),
        "papers_made": _("Removing paper files"),
        "papers_changed": _("Giving paper files back"),
        "vehicles_changed": _("Giving vehicles back"),
        "vehicles_left": _("Giving vehicles back"),
        "owners_changed": _("Giving owners back"),
        "owners_made": _("Removing owners"),
        "rows_made": _("Removing rows"),
        "rows_changed": _("Giving rows back"),
        "finish": _("Counting"),
    }
    units: ClassVar = {name: "rows" for name in stages if name not in ("look", "finish")}

    def plan(self, job: Job, stage: str) -> Iterable[ChunkPlan]:
        if stage in ("look", "finish"):
            return [ChunkPlan()]
        delivery = self.delivery(job)
        found = (step for step in steps_of(delivery) if step.name == stage)
        return [plan for step in found for plan in _id_ranges(step, delivery.pk)]

    def run(self, job: Job, chunk: JobChunk, progress: Progress) -> None:
        delivery = self.delivery(job)
        stage = self.stages[chunk.stage]
        with pghistory.context(undone=delivery.pk):
            if stage == "look":
                look(delivery)
            elif stage == "finish":
                settle(delivery)
            else:
                progress.check_cancelled()
                step = next(step for step in steps_of(delivery) if step.name == stage)
                count = take_back(step, delivery.pk, **chunk.params)
                progress.remember(rows=count, removing=step.removing)

    def finished(self, job: Job) -> dict[str, Any]:
        delivery = self.delivery(job)
        done = JobChunk.objects.filter(job=job).values_list("position", flat=True)
        undone = {
            "removed": sum(position["rows"] for position in done if position.get("removing") is True),
            "restored": sum(position["rows"] for position in done if position.get("removing") is False),
            "kept": DeliveryNotice.objects.filter(delivery=delivery, code__startswith="kept_").count(),
        }
        state = DeliveryState.CANCELLED if job.params.get("cancelled") else DeliveryState.UNDONE
        move(
            delivery,
            to=state,
            allowed=(DeliveryState.UNDOING,),
            undone_at=Now(),
            summary=delivery.summary | {"undone": undone},
            message="",
        )
        Staging(delivery.pk).drop()
        run_after_undo(delivery)
        return undone

    def failed(self, job: Job, error: str) -> None:
        Delivery.objects.filter(pk=job.params["delivery"]).update(message=error)

    def cancelled(self, job: Job) -> None:
        words = _("The undo was stopped half-way. Start it again to finish it.")
        Delivery.objects.filter(pk=job.params["delivery"]).update(message=str(words))

    def retried(self, job: Job) -> None:
        Delivery.objects.filter(pk=job.params["delivery"]).update(message="")


def _id_ranges(step: Step, delivery_id: int) -> Iterable[ChunkPlan]:
    """The rows of a pass in chunks, by every n-th of their ids."""
    rows = Register(step.label, delivery_id)
    condition = rows.made if step.removing else rows.changed
    size = settings.DELIVERY_CHUNK_ROWS
    with connection.cursor() as cursor:
        cursor.execute(f"""
            SELECT min(id), max(id), count(*) FROM (
                SELECT t.id, (row_number() OVER (ORDER BY t.id) - 1) / {size} AS chunk
                FROM {rows.table} t WHERE {condition}) AS found
            GROUP BY chunk ORDER BY chunk
        """)
        return [
            ChunkPlan({"first": first, "last": last}, weight=count)
            for first, last, count in cursor.fetchall()
        ]


def take_back(step: Step, delivery_id: int, first: int, last: int) -> int:
    """One pass over a range of ids; returns how many rows were removed or given back."""
    rows = Register(step.label, delivery_id)
    return rows.remove(first, last) if step.removing else rows.restore(first, last)


def look(delivery: Delivery) -> None:
    """List what was changed since, before anything is taken back."""
    DeliveryNotice.objects.filter(delivery=delivery, code__startswith="kept_").delete()
    for label in kind_of(delivery.kind).merge().models:
        Register(label, delivery.pk).note_changed_since()


def settle(delivery: Delivery) -> None:
    """List what had to stay, and count again."""
    merge = kind_of(delivery.kind).merge()
    for label in merge.models:
        Register(label, delivery.pk).note_left()
    merge.finish(delivery.pk)
