"""The rule of lots: what their samples must prove. Data with versions; the newest is in force."""

from django.utils.translation import gettext as _

from cases.models import ConfirmationRule
from vehreg.accounts.models import User
from vehreg.jobs.kinds import Refused

# What may be asked of a sample: narrower costs more than looking at all of them, wider proves too little.
LIMITS = (0.002, 0.1)
CONFIDENCES = (0.8, 0.999)
MOST_ALLOWED = 5
LOT_SIZES = (50, 20_000)


def rule_in_force() -> ConfirmationRule:
    """The newest rule; the first time, the one we begin with."""
    return ConfirmationRule.objects.order_by("-pk").first() or ConfirmationRule.objects.create()


def rule_change(
    *, wrong_limit: float, confidence: float, allowed: int, most: int, user: User
) -> ConfirmationRule:
    """Another rule from now on; lots under way keep theirs. Raises `Refused` for one out of bounds."""
    bounds = {
        LIMITS: wrong_limit,
        CONFIDENCES: confidence,
        (0, MOST_ALLOWED): allowed,
        LOT_SIZES: most,
    }
    if not all(low <= value <= high for (low, high), value in bounds.items()):
        raise Refused(_("These figures of the sample are out of bounds."))
    return ConfirmationRule.objects.create(
        wrong_limit=wrong_limit, confidence=confidence, allowed=allowed, most=most,
        made_by=user, made_by_name=str(user),
    )  # fmt: skip
