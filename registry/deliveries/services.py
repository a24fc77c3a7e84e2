"""What pages and commands call: check, apply, undo and discard a delivery."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from registry.deliveries.disk import refuse_full_disk
from registry.deliveries.errors import Refused
from registry.deliveries.receiving import read_again, receive_delivery
from registry.deliveries.staging import Staging
from registry.deliveries.states import move
from registry.models import Delivery
from registry.models.delivery import DeliveryState
from vehreg.accounts.models import User
from vehreg.jobs.models import LIVE_STATES, Job
from vehreg.jobs.services import cancel_job, start_job

__all__ = [
    "discard_delivery", "job_of", "read_again", "receive_delivery", "start_apply", "start_check",
    "start_undo", "stop_job",
]  # fmt: skip

CHECK, APPLY, UNDO = "registry.check_delivery", "registry.apply_delivery", "registry.undo_delivery"

# Applied; broken off while it was applied; broken off while it was undone.
UNDOABLE = (DeliveryState.APPLIED, DeliveryState.APPLYING, DeliveryState.UNDOING)


def start_check(*, delivery: Delivery, user: User | None, despite_disk: bool = False) -> Job:
    """Begin to load and check. The registers are not changed.

    Refused where the disk is too small for what is foretold, unless it is to be tried all the same.
    """
    if not despite_disk:
        refuse_full_disk(delivery)
    with transaction.atomic():
        move(delivery, to=DeliveryState.VALIDATING, allowed=(DeliveryState.RECEIVED,), message="")
        return _start(CHECK, delivery, user)


def start_apply(*, delivery: Delivery, user: User | None, despite_disk: bool = False) -> Job:
    """Begin to write a checked delivery to the registers; refused where the disk is too small, as above."""
    if not despite_disk:
        refuse_full_disk(delivery)
    with transaction.atomic():
        move(delivery, to=DeliveryState.APPLYING, allowed=(DeliveryState.VALIDATED,), message="")
        return _start(APPLY, delivery, user)


def start_undo(*, delivery: Delivery, user: User | None, cancelled: bool = False) -> Job:
    """Begin to take back what a delivery did, or go on where an undo was stopped.

    `cancelled`: applying was stopped half-way; the delivery then counts as cancelled.
    """
    with transaction.atomic():
        if not cancelled and _is_at_work(delivery):
            raise Refused(_("Something is still at work on this delivery. Wait until it has ended."))
        allowed = (DeliveryState.APPLYING,) if cancelled else UNDOABLE
        cancelled = cancelled or delivery.state == DeliveryState.APPLYING
        move(delivery, to=DeliveryState.UNDOING, allowed=allowed, message="")
        return _start(UNDO, delivery, user, cancelled=cancelled)


def discard_delivery(*, delivery: Delivery) -> None:
    """Give up a delivery that was not applied; the same file may be delivered again."""
    with transaction.atomic():
        move(
            delivery,
            to=DeliveryState.CANCELLED,
            allowed=(DeliveryState.RECEIVED, DeliveryState.VALIDATED, DeliveryState.REFUSED),
        )
        Staging(delivery.pk).drop()


def stop_job(*, delivery: Delivery, user: User | None) -> None:
    """Ask the job at work on a delivery to stop."""
    job = job_of(delivery)
    if job is None or job.state not in LIVE_STATES:
        raise Refused(_("Nothing is at work on this delivery."))
    cancel_job(job=job, user=user)


def job_of(delivery: Delivery) -> Job | None:
    """The last job on a delivery."""
    return Job.objects.filter(subject=_subject(delivery)).order_by("-pk").first()


def _is_at_work(delivery: Delivery) -> bool:
    job = job_of(delivery)
    return job is not None and job.state in LIVE_STATES


def _subject(delivery: Delivery) -> str:
    return f"registry.delivery:{delivery.pk}"


def _start(kind: str, delivery: Delivery, user: User | None, **params: Any) -> Job:
    return start_job(
        kind=kind,
        params={"delivery": delivery.pk, "kind": delivery.kind, **params},
        subject=_subject(delivery),
        user=user,
    )
