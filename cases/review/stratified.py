"""A share of a whole register, from samples of different density in its strata. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from cases.review.intervals import beta_interval


@dataclass(frozen=True)
class Layer:
    """One stratum: `size` members of which `trials` were drawn and decided, `hits` of them with yes."""

    size: int
    trials: int
    hits: int


@dataclass(frozen=True)
class Share:
    """An estimated share, 0 to 1, with its interval. `value` is None where nothing is known.

    `trials` are the decided pairs behind it, `effective` what they are worth as a plain random sample,
    `size` the members it speaks of.
    """

    value: float | None
    lower: float
    upper: float
    trials: int
    effective: float
    size: int


def stratified_share(layers: Sequence[Layer], confidence: float = 0.95) -> Share:
    """The share over all strata, each weighted by its size, with an interval.

    The interval is that of Korn and Graubard: Clopper–Pearson on the effective sample size. A normal
    interval has no width where no error was seen, which is the usual case here. The effective size is never
    more than Kish's n = 1 / Σ(W²/n) for the weights as drawn, so that many pairs of small strata without an
    error do not speak for a large stratum of which few were seen; and less where the strata are seen to
    differ. A stratum nobody has judged may hold anything: its weight widens the interval on both sides.
    Sources: Korn and Graubard, Confidence intervals for proportions with small expected number of positive
    counts estimated from survey data, Survey Methodology 24 (1998); Kish, Survey Sampling (1965).
    """
    size = sum(layer.size for layer in layers)
    known = [layer for layer in layers if layer.trials and layer.size]
    covered = sum(layer.size for layer in known)
    if not covered:
        return Share(None, 0.0, 1.0, 0, 0.0, size)
    value = sum(layer.size / covered * layer.hits / layer.trials for layer in known)
    effective = _effective(known, covered, value)
    lower, upper = beta_interval(min(value, 1.0) * effective, effective, confidence)
    seen = covered / size
    return Share(
        min(value, 1.0),
        lower * seen,
        upper * seen + (1 - seen),
        sum(layer.trials for layer in known),
        effective * seen,
        size,
    )


def _effective(known: Sequence[Layer], covered: int, value: float) -> float:
    """The plain random sample that would tell as much."""
    weights = [(layer.size / covered) ** 2 for layer in known]
    kish = 1 / sum(weight / layer.trials for weight, layer in zip(weights, known, strict=True))
    variance = sum(weight * _spread(layer, value) for weight, layer in zip(weights, known, strict=True))
    own = value * (1 - value)
    return min(kish, own / variance) if variance > 0 and own > 0 else kish


def _spread(layer: Layer, value: float) -> float:
    """The variance of one stratum's share; a single pair says nothing of it, so the whole's is taken."""
    if layer.trials == 1:
        return value * (1 - value)
    share = layer.hits / layer.trials
    return share * (1 - share) / layer.trials
