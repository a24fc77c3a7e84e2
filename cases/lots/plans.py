"""Acceptance sampling by attributes: how large a sample, how many errors, and what they prove. Pure.

A single-sampling plan indexed by limiting quality, as in ISO 2859-2: from a lot of `lot` cases `sample` are
drawn at random; at most `allowed` of them may be wrong. The sample is the smallest for which a lot with a
share of errors of `limit` or more is rejected with the stated confidence. Where the sample is at most a
tenth of the lot, drawing is counted as if with replacement (binomial), as ISO 2859 does; otherwise exactly
(hypergeometric). The binomial sample is the larger one, so the stated confidence holds in both.
"""

from collections.abc import Callable
from dataclasses import dataclass
from math import ceil
from typing import Any

from scipy.stats import binom, hypergeom

ACCEPTED, REJECTED, UNDECIDED = "accepted", "rejected", ""

# Up to this share of the lot a sample is counted as drawn with replacement.
_SMALL_SHARE = 0.1
# Products of decimal shares are a hair off: 300 × 0.01 shall be 3, not 3.0000000000000004.
_HAIR = 1e-9


class PlanImpossible(ValueError):
    """No sample of this lot can prove what is asked: as many errors are allowed as the limit itself."""


@dataclass(frozen=True)
class Plan:
    """`lot` and `sample` in cases, `limit` and `confidence` as shares between 0 and 1."""

    lot: int
    sample: int
    allowed: int
    limit: float
    confidence: float

    @classmethod
    def of(cls, lot: Any) -> "Plan":
        """The plan a lot was drawn by."""
        return cls(lot.lot_size, lot.sample_size, lot.allowed, lot.wrong_limit, lot.confidence)


def plan_for(lot: int, *, limit: float, confidence: float, allowed: int = 0) -> Plan:
    """The smallest plan for a lot. Raises `PlanImpossible`, and `ValueError` for shares outside 0 to 1."""
    if lot < 1 or allowed < 0 or not (0 < limit < 1 and 0 < confidence < 1):
        raise ValueError("a lot has cases; limit and confidence lie between 0 and 1")
    if errors_at(lot, limit) <= allowed:
        raise PlanImpossible(lot, limit, allowed)
    sample = _binomial_sample(lot, limit, confidence, allowed)
    if sample is None:
        sample = _exact_sample(lot, limit, confidence, allowed)
    return Plan(lot, sample, allowed, limit, confidence)


def plans_for(lot: int, *, limit: float, confidence: float, most_allowed: int = 3) -> list[Plan]:
    """The plans with 0, 1, 2, … errors allowed, as far as the lot permits."""
    most = min(most_allowed, errors_at(lot, limit) - 1)
    return [plan_for(lot, limit=limit, confidence=confidence, allowed=allowed) for allowed in range(most + 1)]


def chance_to_accept(plan: Plan, share: float) -> float:
    """How likely a lot with this share of errors is accepted, exactly: a point of the plan's OC curve."""
    errors = min(plan.lot, errors_at(plan.lot, share)) if share > 0 else 0
    return float(hypergeom.cdf(plan.allowed, plan.lot, errors, plan.sample))


def verdict(plan: Plan, *, judged: int, wrong: int) -> str:
    """What `wrong` errors among `judged` pairs of the sample decide: accepted, rejected, or "" as yet."""
    if not 0 <= wrong <= judged <= plan.sample:
        raise ValueError("wrong ones are among those judged, and those in the sample")
    if wrong > plan.allowed:
        return REJECTED
    return ACCEPTED if judged == plan.sample else UNDECIDED


def errors_at(lot: int, share: float) -> int:
    """The fewest errors a lot of this size has at this share or more; at least one."""
    return max(1, ceil(lot * share - _HAIR))


def _binomial_sample(lot: int, limit: float, confidence: float, allowed: int) -> int | None:
    """The sample counted with replacement; None where it would be more than a tenth of the lot."""
    most = int(lot * _SMALL_SHARE)
    if most <= allowed or binom.cdf(allowed, most, limit) > _doubt(confidence):
        return None
    return _smallest(allowed + 1, most, lambda n: binom.cdf(allowed, n, limit) <= _doubt(confidence))


def _exact_sample(lot: int, limit: float, confidence: float, allowed: int) -> int:
    errors = errors_at(lot, limit)
    return _smallest(allowed + 1, lot, lambda n: hypergeom.cdf(allowed, lot, errors, n) <= _doubt(confidence))


def _doubt(confidence: float) -> float:
    """The chance left to a lot at the limit: 1 − 0.8 shall be 0.2, not 0.19999999999999996."""
    return 1 - confidence + _HAIR


def _smallest(low: int, high: int, fits: Callable[[int], bool]) -> int:
    """The smallest number from `low` to `high` that fits, where all above one that fits do, and `high`."""
    while low < high:
        middle = (low + high) // 2
        low, high = (low, middle) if fits(middle) else (middle + 1, high)
    return low
