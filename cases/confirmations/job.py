"""The long work of lots: confirming an accepted one, taking one back."""

from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _

from cases.confirmations.confirming import confirm_chunk, take_back_chunk
from cases.confirmations.lots import CONFIRM_JOB, TAKE_BACK_JOB
from cases.lots.work import LotWork
from cases.models import ConfirmationLot, LotDeclaration
from cases.models.confirmation import LotState
from vehreg.jobs.kinds import register


class DeclarationsWork(LotWork):
    """What both have in common. Each lot is a matter of its own."""

    lots, rows, key, history = ConfirmationLot, LotDeclaration, "lot", "confirmation_lot"
    units: ClassVar = {"work": "rows"}
    moved_on = _("The lot has moved on since: this work is no longer wanted.")
    stopped = _("Stopped half-way. Go on with the job, or take back what was confirmed.")

    def lane(self, params: dict[str, Any]) -> str:
        return f"confirmations-{params['lot']}"


@register
class ConfirmLot(DeclarationsWork):
    """Confirms what an accepted lot holds and nothing has changed about since."""

    name = CONFIRM_JOB
    label = _("Confirming a lot of declarations")
    stage_labels: ClassVar = {"work": _("Confirming")}
    during, takes, ends = LotState.CONFIRMING, LotDeclaration.State.HELD, LotState.CONFIRMED
    work = staticmethod(confirm_chunk)


@register
class TakeBackLot(DeclarationsWork):
    """Takes back what a lot confirmed; its declarations wait again, one by one.

    What a lot that stopped half-way never reached is left as it was.
    """

    name = TAKE_BACK_JOB
    label = _("Taking a lot of declarations back")
    stage_labels: ClassVar = {"work": _("Taking back")}
    during, takes, ends = LotState.TAKING_BACK, LotDeclaration.State.CONFIRMED, LotState.TAKEN_BACK
    unreached = LotDeclaration.State.LEFT
    work = staticmethod(take_back_chunk)
