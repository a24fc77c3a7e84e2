"""The tables of the quality page, row by row in words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from cases.admin.review_words import band_words, interval, percent, verdict_words
from cases.matching.verdicts import VERDICTS
from cases.models import ReviewSample
from cases.review.allocation import allocate
from cases.review.bands import BANDS, NOBODY
from cases.review.figures import BandFigure, Figures, layer
from cases.review.labels import LabelCount
from cases.review.quality import Quality
from cases.review.results import StratumTally
from cases.review.stratified import Share, stratified_share
from cases.review.thresholds import Proposal
from vehreg.adminsite.words import NOTHING, count, words

_BAND_ORDER = {band.key: place for place, band in enumerate(reversed(BANDS))} | {NOBODY: len(BANDS)}
_VERDICT_ORDER = {code: place for place, code in enumerate(VERDICTS)}


@dataclass(frozen=True)
class NumberCard:
    """One big number: its words, its interval, what it means."""

    name: str
    label: str
    value: str
    interval: str
    note: str

    @property
    def is_known(self) -> bool:
        return bool(self.interval)


@dataclass(frozen=True)
class VerdictRow:
    """A verdict, or one of its bands (`is_band`), as judged."""

    label: str
    is_band: bool
    size: str
    drawn: str
    settled: str
    matches: str
    no_matches: str
    undecidable: str
    value: str
    interval: str


@dataclass(frozen=True)
class ScaleRow:
    """One band of the calibration: places on a scale from 0 to 100, and the same in words."""

    label: str
    stated: float
    observed: float
    left: float
    width: float
    stated_words: str
    observed_words: str
    interval: str
    pairs: str


@dataclass(frozen=True)
class ProposalRow:
    verdict: str
    threshold: str
    covers: str
    error: str
    bound: str
    more: str


@dataclass(frozen=True)
class PreviewRow:
    """A verdict before the draw: about how many there are, pairs of them, and of which bands."""

    label: str
    held: str
    given: str
    bands: str


def number_cards(quality: Quality) -> list[NumberCard]:
    """The four figures, as big numbers with their intervals in words."""
    found = quality.figures
    told = (
        ("linked_precision", _("Right, of what is linked without a human"), found.linked_precision),
        ("linked_recall", _("Linked, of all who can be linked"), found.linked_recall),
        ("first_precision", _("Right, of the first persons proposed"), found.first_precision),
        ("first_recall", _("First proposal finds the person"), found.first_recall),
    )
    return [_card(name, label, share) for name, label, share in told]


def verdict_rows(quality: Quality) -> list[VerdictRow]:
    """Each verdict with its bands, the surest first."""
    rows: list[VerdictRow] = []
    for verdict in _in_order({one.verdict for one in quality.strata}):
        strata = [one for one in quality.strata if one.verdict == verdict]
        strata.sort(key=lambda one: _BAND_ORDER.get(one.band, len(_BAND_ORDER)))
        rows.append(_row(verdict_words(verdict), strata, is_band=False))
        if len(strata) > 1:
            rows += [_row(band_words(one.band), [one], is_band=True) for one in strata]
    return rows


def calibration_rows(figures: Sequence[BandFigure]) -> list[ScaleRow]:
    """What was stated beside what was observed, band by band."""
    return [_scale(one) for one in reversed(figures)]


def proposal_rows(proposals: Sequence[Proposal]) -> list[ProposalRow]:
    """The threshold of each verdict, or how many pairs are missing."""
    return [
        ProposalRow(
            verdict=verdict_words(one.verdict),
            threshold=NOTHING if one.threshold is None else f"≥ {percent(one.threshold)}",
            covers=count(one.size) if one.threshold is not None else NOTHING,
            error=percent(one.error.value),
            bound=percent(one.bound),
            more=count(one.more) if one.more else "",
        )
        for one in proposals
    ]


def label_rows(labels: Sequence[LabelCount]) -> list[tuple[str, str, str, str, str]]:
    """Decisions by verdict and band."""
    ordered = sorted(
        labels, key=lambda one: (_VERDICT_ORDER.get(one.verdict, 99), _BAND_ORDER.get(one.band, 99))
    )
    return [
        (
            verdict_words(one.verdict),
            band_words(one.band),
            count(one.first),
            count(one.another),
            count(one.nobody),
        )
        for one in ordered
    ]


def preview_rows(sizes: Mapping[str, int], total: int) -> list[PreviewRow]:
    """What a sample of about `total` pairs would be drawn from, verdict by verdict."""
    given = allocate(total, sizes)
    strata: dict[str, list[str]] = {}
    for key in sorted(sizes, key=_place):
        strata.setdefault(key.partition(":")[0], []).append(key)
    return [
        PreviewRow(
            verdict_words(verdict),
            count(sum(sizes[key] for key in keys)),
            count(sum(given[key] for key in keys)),
            " · ".join(f"{band_words(key.partition(':')[2])}: {count(given[key])}" for key in keys),
        )
        for verdict, keys in strata.items()
    ]


def earlier_rows(
    told: Sequence[tuple[ReviewSample, Figures]], shown: ReviewSample | None
) -> list[dict[str, object]]:
    """Each sample with its run, its day and its four figures; the one on the page is marked."""
    return [
        {
            "url": reverse("admin:cases_reviewsample_change", args=[sample.pk]),
            "is_shown": shown is not None and sample.pk == shown.pk,
            "sample": sample,
            "drawn_at": words(sample.drawn_at),
            "figures": [
                (percent(share.value), interval(share))
                for share in (
                    found.linked_precision,
                    found.linked_recall,
                    found.first_precision,
                    found.first_recall,
                )
            ],
        }
        for sample, found in told
    ]


def _card(name: str, label: str, share: Share) -> NumberCard:
    note = _("from %(pairs)s judged pairs") % {"pairs": count(share.trials)}
    return NumberCard(name, label, percent(share.value), interval(share), note)


def _row(label: str, strata: Sequence[StratumTally], *, is_band: bool) -> VerdictRow:
    share = stratified_share([layer(one) for one in strata])
    sums = {
        name: count(sum(getattr(one, name) for one in strata))
        for name in ("size", "drawn", "settled", "matches", "no_matches", "undecidable")
    }
    return VerdictRow(label, is_band, value=percent(share.value), interval=interval(share), **sums)


def _scale(figure: BandFigure) -> ScaleRow:
    observed = figure.observed
    return ScaleRow(
        label=band_words(figure.band.key),
        stated=100 * figure.stated,
        observed=100 * (observed.value or 0.0),
        left=100 * observed.lower,
        width=100 * (observed.upper - observed.lower),
        stated_words=percent(figure.stated),
        observed_words=percent(observed.value),
        interval=interval(observed),
        pairs=count(observed.trials),
    )


def _in_order(verdicts: set[str]) -> list[str]:
    return sorted(verdicts, key=lambda code: (_VERDICT_ORDER.get(code, 99), code))


def _place(key: str) -> tuple[int, str, int]:
    verdict, _colon, band = key.partition(":")
    return _VERDICT_ORDER.get(verdict, 99), verdict, _BAND_ORDER.get(band, 99)
