"""What the sentences about lots say alike: shares, the plan, what the sample found."""

from django.utils import formats
from django.utils.translation import ngettext

from cases.lots.plans import Plan
from cases.review.intervals import exact_interval
from vehreg.adminsite.words import count

# The confidence of the interval shown beside a result.
_INTERVAL = 0.95


def percent(share: float) -> str:
    """A share as people write it: 1 %, 0,25 %, 99,9 %."""
    text = formats.number_format(round(share * 100, 2), decimal_pos=2)
    whole, separator, rest = text.partition(formats.get_format("DECIMAL_SEPARATOR"))
    rest = rest.rstrip("0")
    return f"{whole}{separator}{rest} %" if rest else f"{whole} %"


def asked_values(*, allowed: int, limit: float, confidence: float) -> dict[str, str]:
    """`allowed`, `limit` and `confidence`: what is asked of a sample."""
    words = ngettext("%(count)d error allowed", "%(count)d errors allowed", allowed)
    return {
        "allowed": words % {"count": allowed},
        "limit": percent(limit),
        "confidence": percent(confidence),
    }


def plan_values(plan: Plan) -> dict[str, str]:
    """`lot`, `sample`, and what is asked of it."""
    asked = asked_values(allowed=plan.allowed, limit=plan.limit, confidence=plan.confidence)
    return {"lot": count(plan.lot), "sample": count(plan.sample), **asked}


def found_values(*, wrong: int, judged: int) -> dict[str, str]:
    """`wrong` and `judged`; with `confidence` between `low` and `high` of the lot is wrong."""
    low, high = exact_interval(wrong, judged, _INTERVAL)
    return {
        "wrong": count(wrong),
        "judged": count(judged),
        "confidence": percent(_INTERVAL),
        "low": percent(low),
        "high": percent(high),
    }
