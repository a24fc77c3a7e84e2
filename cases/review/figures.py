"""How good matching is, from the counted judgements of one sample. Pure."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import sqrt
from typing import Protocol

from cases.matching.verdicts import VERDICTS, codes
from cases.review.bands import BANDS, NOBODY, Band
from cases.review.stratified import Layer, Share, stratified_share

# What the engine links without a human, or offers for release in bulk.
LINKED = frozenset(codes("links_person"))


class Counted(Protocol):
    """One stratum as counted: see `cases.review.results.StratumTally`."""

    @property
    def verdict(self) -> str: ...
    @property
    def band(self) -> str: ...
    @property
    def size(self) -> int: ...
    @property
    def matches(self) -> int: ...
    @property
    def no_matches(self) -> int: ...


Which = Callable[[Counted], bool]


@dataclass(frozen=True)
class Figures:
    """The four figures of a run: `linked` without a human, `first` for the first person named at all."""

    linked_precision: Share
    linked_recall: Share
    first_precision: Share
    first_recall: Share


@dataclass(frozen=True)
class BandFigure:
    """Of the links stated with a score of this band: what was stated on average, what was observed."""

    band: Band
    stated: float
    observed: Share


def figures(strata: Sequence[Counted]) -> Figures:
    """Precision and recall of a run from a sample of all its verdicts."""
    return Figures(
        linked_precision=precision(strata, is_linked),
        linked_recall=recall(strata, is_linked),
        first_precision=precision(strata, is_named),
        first_recall=recall(strata, is_named),
    )


def is_linked(stratum: Counted) -> bool:
    return stratum.verdict in LINKED and stratum.band != NOBODY


def is_named(stratum: Counted) -> bool:
    return stratum.band != NOBODY


def precision(strata: Iterable[Counted], which: Which, confidence: float = 0.95) -> Share:
    """The share of right persons among the verdicts `which` names. Pairs nobody can decide are left out."""
    return stratified_share([layer(one) for one in strata if which(one)], confidence)


def recall(strata: Sequence[Counted], which: Which, confidence: float = 0.95) -> Share:
    """Right persons among the verdicts `which` names, of all right persons the judges saw anywhere.

    found / (found + missed), where `missed` are the matches judges find in all other strata. The two come
    from independent samples, so both intervals hold together with `confidence` when each holds with its
    square root; their worst corners bound the ratio. That is wider than need be, never narrower. People
    whom neither the engine nor a judge came upon are not counted.
    """
    each = sqrt(confidence)
    inside = [one for one in strata if which(one)]
    outside = [one for one in strata if not which(one)]
    found, missed = precision(inside, _any, each), precision(outside, _any, each)
    trials, size = found.trials + missed.trials, found.size + missed.size
    if found.value is None or (missed.value is None and missed.size):
        return Share(None, 0.0, 1.0, trials, 0.0, size)
    return Share(
        _ratio(found.value * found.size, (missed.value or 0.0) * missed.size),
        _ratio(found.lower * found.size, missed.upper * missed.size) or 0.0,
        _ratio(found.upper * found.size, missed.lower * missed.size if missed.size else 0.0) or 1.0,
        trials,
        min(found.effective, missed.effective or found.effective),
        size,
    )


def by_verdict(strata: Sequence[Counted]) -> dict[str, Share]:
    """The precision of each verdict in the sample, in the order of the engine's table."""
    present = {one.verdict for one in strata}
    order = [code for code in VERDICTS if code in present] + sorted(present - set(VERDICTS))
    return {code: precision([one for one in strata if one.verdict == code], _any) for code in order}


def calibration(strata: Sequence[Counted], stated: Mapping[str, float]) -> list[BandFigure]:
    """For each score band what the engine states and what the judges found. `stated`: band → mean score."""
    return [
        BandFigure(band, stated[band.key], observed)
        for band in BANDS
        if band.key in stated
        and (observed := precision([one for one in strata if one.band == band.key], _any)).trials
    ]


def layer(stratum: Counted) -> Layer:
    """A stratum's decided pairs: same person is a hit."""
    return Layer(stratum.size, stratum.matches + stratum.no_matches, stratum.matches)


def _any(stratum: Counted) -> bool:
    return True


def _ratio(found: float, missed: float) -> float | None:
    return found / (found + missed) if found + missed > 0 else None
