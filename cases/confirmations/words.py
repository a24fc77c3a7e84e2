"""Lots of declarations in plain words: the plan, what was found, what comes next, why one was left."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from cases.lots.plans import Plan
from cases.lots.words import found_values, plan_values
from cases.models import ConfirmationLot
from cases.models.confirmation import LotState
from cases.workflow import Words

# What comes next, by state.
NEXT: dict[str, Words] = {
    LotState.JUDGING: _lazy("Another officer than the one who made the lot looks at the sample."),
    LotState.CONFIRMING: _lazy("The sample was right: the lot is being confirmed. You may leave this page."),
    LotState.CONFIRMED: _lazy("Confirmed. The lot can be taken back as a whole at any time."),
    LotState.REJECTED: _lazy(
        "The sample found too many errors: nothing was confirmed. The declarations are looked at one by one."
    ),
    LotState.TAKING_BACK: _lazy("The confirmations are being taken back."),
    LotState.TAKEN_BACK: _lazy("Taken back. The declarations wait again, to be looked at one by one."),
    LotState.GIVEN_UP: _lazy("Given up. Nothing was confirmed; the declarations wait as before."),
}
REASONS: dict[str, Words] = {
    "judged_wrong": _lazy("judged in the sample: not right, or cannot be told"),
    "decided": _lazy("an officer has decided meanwhile"),
    "changed": _lazy("the declaration or a register changed meanwhile"),
    "rejected": _lazy("the lot fell apart"),
    "given_up": _lazy("the lot was given up"),
    "not_reached": _lazy("the work was stopped before it came to this one"),
}


def plan_sentence(lot: ConfirmationLot) -> str:
    """The plan as an officer would say it."""
    return _(
        "Lot of %(lot)s declarations; sample of %(sample)s; %(allowed)s. If %(limit)s of the lot or more is "
        "wrong, it falls apart with a probability of %(confidence)s."
    ) % plan_values(Plan.of(lot))


def result_sentence(lot: ConfirmationLot) -> str:
    """What the sample found, with the interval for the lot; "" before anything was judged."""
    if not lot.judged:
        return ""
    return _(
        "%(wrong)s of %(judged)s declarations judged are not right. With %(confidence)s confidence between "
        "%(low)s and %(high)s of the lot is wrong."
    ) % found_values(wrong=lot.wrong, judged=lot.judged)
