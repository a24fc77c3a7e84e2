"""What a delivery shows when a job on it ends."""

from typing import Any

from django.db.models import Count
from django.db.models.functions import Now

from registry.deliveries.absent import write_absent
from registry.deliveries.errors import Refused
from registry.deliveries.merges import Counts
from registry.deliveries.staging import Staging, row_of
from registry.deliveries.states import move
from registry.models import Delivery, DeliveryNotice
from registry.models.delivery import DeliveryState
from vehreg.jobs.models import Job

COUNTED = ("rows", "new", "changed", "unchanged", "rejected")


def figures(delivery: Delivery) -> dict[str, Any]:
    return {name: getattr(delivery, name) or 0 for name in COUNTED}


def close_check(delivery: Delivery, counts: Counts) -> dict[str, Any]:
    """The numbers of the check; nothing was changed."""
    tables = Staging(delivery.pk)
    rows, rejected = row_of(f"SELECT count(*), count(*) FILTER (WHERE rejected) FROM {tables.rows}")
    summary = {"reasons": reasons(delivery)} | _absent(delivery)
    move(
        delivery,
        to=DeliveryState.VALIDATED,
        allowed=(DeliveryState.VALIDATING,),
        rows=rows,
        new=counts.new,
        changed=counts.changed,
        unchanged=counts.unchanged,
        rejected=rejected,
        summary=delivery.summary | summary,
        message="",
    )
    return figures(delivery)


def close_apply(delivery: Delivery, counts: Counts) -> dict[str, Any]:
    """What was done, as counted while it was done. Staging has served."""
    tables = Staging(delivery.pk)
    (rejected,) = row_of(f"SELECT count(*) FROM {tables.rows} WHERE rejected")
    move(
        delivery,
        to=DeliveryState.APPLIED,
        allowed=(DeliveryState.APPLYING,),
        new=counts.new,
        changed=counts.changed,
        unchanged=counts.unchanged,
        rejected=rejected,
        applied_at=Now(),
        summary=delivery.summary | {"reasons": reasons(delivery)},
        message="",
    )
    tables.drop()
    return figures(delivery)


def close_failed(delivery: Delivery, error: str) -> None:
    """Nothing was applied; what was staged is given back at once, since disks may be full."""
    Staging(delivery.pk).drop()
    move(delivery, to=DeliveryState.FAILED, allowed=(DeliveryState.VALIDATING,), message=error)


def close_unapplied(delivery: Delivery, error: str, *, is_lost: bool) -> None:
    """Applying broke off. It may be retried or undone; where staging is lost, a new check comes first."""
    state = DeliveryState.RECEIVED if is_lost else DeliveryState.APPLYING
    move(delivery, to=state, allowed=(DeliveryState.APPLYING,), message=error)


def close_cancelled(delivery: Delivery) -> None:
    Staging(delivery.pk).drop()
    move(delivery, to=DeliveryState.CANCELLED, allowed=(DeliveryState.VALIDATING,))


def reopen_check(delivery: Delivery) -> None:
    move(
        delivery,
        to=DeliveryState.VALIDATING,
        allowed=(DeliveryState.FAILED, DeliveryState.CANCELLED, DeliveryState.VALIDATING),
        message="",
    )


def reopen_apply(delivery: Delivery) -> None:
    if delivery.state != DeliveryState.APPLYING:
        move(delivery, to=DeliveryState.APPLYING, allowed=(DeliveryState.APPLYING,))
    Delivery.objects.filter(pk=delivery.pk).update(message="")


def reasons(delivery: Delivery) -> list[dict[str, Any]]:
    """Notices by column and code, most frequent first."""
    found = DeliveryNotice.objects.filter(delivery=delivery).values("column", "code", "rejects")
    counted = found.annotate(count=Count("id")).order_by("-rejects", "-count", "code")
    return [dict(reason) for reason in counted]


def _absent(delivery: Delivery) -> dict[str, Any]:
    """How many entries of the register a complete file no longer holds."""
    count = write_absent(delivery)
    return {} if count is None else {"absent": count}


def take_back(delivery: Delivery, job: Job) -> None:
    """Applying was stopped half-way: what was applied is taken back, so that no half file stands."""
    from registry.deliveries.services import start_undo  # noqa: PLC0415 - a job that starts the next one

    if delivery.state != DeliveryState.APPLYING:
        raise Refused(str(delivery.state))
    start_undo(delivery=delivery, user=job.created_by, cancelled=True)
