"""The rule of lots: what their samples must prove. Data with versions; the newest is in force."""

from django.utils.translation import gettext as _

from cases.models import ConfirmationRule
from vehreg.accounts.models import User
from vehreg.jobs.kinds import Refused

# What may be asked of a sample: narrower costs more than looking at all of them, wider proves too little.
LIMITS = (0.002, 0.1)
CONFIDENCES = (0.8, 0.999)
ALLOWED = (0, 5)
LOT_SIZES = (50, 20_000)


def rule_in_force() -> ConfirmationRule:
    """The newest rule; the first time, the one we begin with."""
    return ConfirmationRule.objects.order_by("-pk").first() or ConfirmationRule.objects.create()


def out_of_bounds(*, wrong_limit: float, confidence: float, allowed: int, most: int) -> bool:
    """Whether a rule asks what proves nothing, or what nobody has the time for."""
    bounds = ((LIMITS, wrong_limit), (CONFIDENCES, confidence), (ALLOWED, allowed), (LOT_SIZES, most))
    return not all(low <= value <= high for (low, high), value in bounds)


def rule_change(
    *, wrong_limit: float, confidence: float, allowed: int, most: int, user: User
) -> ConfirmationRule:
    """Another rule from now on; lots under way keep theirs. Raises `Refused` for one out of bounds."""
    if out_of_bounds(wrong_limit=wrong_limit, confidence=confidence, allowed=allowed, most=most):
        raise Refused(_("These figures of the sample are out of bounds."))
    return ConfirmationRule.objects.create(
        wrong_limit=wrong_limit, confidence=confidence, allowed=allowed, most=most,
        made_by=user, made_by_name=str(user),
    )  # fmt: skip
