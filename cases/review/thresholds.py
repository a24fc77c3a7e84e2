"""Which score is enough to be trusted, for a wanted error. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil
from typing import Protocol

from cases.review.bands import BANDS
from cases.review.figures import Counted
from cases.review.intervals import trials_needed
from cases.review.stratified import Layer, Share, stratified_share


class Judged(Counted, Protocol):
    @property
    def undecidable(self) -> int: ...


@dataclass(frozen=True)
class Proposal:
    """A threshold for one verdict, or how far the sample is from one.

    `threshold`: verdicts scored at least this are wrong at most as often as wanted, with `size` of them in
    the run; None where no band can be trusted so far. `error` is the estimate and bound of the scores
    above it, or of the band that could not be trusted. `more`: pairs to be judged without a further error
    before the next band can be trusted; 0 where all are.
    """

    verdict: str
    threshold: float | None
    size: int
    error: Share
    bound: float
    more: int


def propose(
    strata: Sequence[Judged], *, verdict: str, wanted: float, confidence: float = 0.95
) -> Proposal | None:
    """The lowest band edge above which the error of a verdict stays below `wanted`; None without pairs.

    Bands are tried from the highest score down, all scores above the edge together, and the first that
    fails ends the search: tried in a fixed order, each at the full confidence, the whole search keeps it
    (fixed-sequence testing: Maurer, Hothorn and Lehmacher, Multiple comparisons in drug clinical trials and
    preclinical assays: a-priori ordered hypotheses, 1995). Pairs nobody could decide count as errors: they
    were not shown to be right.
    """
    above: list[Layer] = []
    reached: Proposal | None = None
    for band in reversed(BANDS):
        layers = [_errors(one) for one in strata if one.verdict == verdict and one.band == band.key]
        if not layers:
            continue
        above += layers
        tried = _try(verdict, band.low, above, wanted, confidence)
        if tried.more:
            return _stopped(reached, tried)
        reached = tried
    return reached


def _try(verdict: str, edge: float, above: Sequence[Layer], wanted: float, confidence: float) -> Proposal:
    error = stratified_share(above, 2 * confidence - 1)
    bound = error.upper
    more = 0 if bound <= wanted else _more(above, error, wanted, confidence)
    return Proposal(verdict, edge, error.size, error, bound, more)


def _stopped(reached: Proposal | None, tried: Proposal) -> Proposal:
    """What was reached, with what the band that failed still needs."""
    if reached is None:
        return Proposal(tried.verdict, None, 0, tried.error, tried.bound, tried.more)
    return Proposal(tried.verdict, reached.threshold, reached.size, reached.error, reached.bound, tried.more)


def _more(above: Sequence[Layer], error: Share, wanted: float, confidence: float) -> int:
    """Pairs still to be judged if no further error is found, drawn in proportion to the strata."""
    errors = ceil((error.value or 0.0) * error.effective)
    needed = trials_needed(errors, wanted, confidence)
    return max(1, ceil(needed - error.effective))


def _errors(stratum: Judged) -> Layer:
    wrong = stratum.no_matches + stratum.undecidable
    return Layer(stratum.size, wrong + stratum.matches, wrong)
