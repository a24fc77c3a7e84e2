"""Everything the quality page says of one sample, and of those before it. Reads; never writes."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Avg, Count, Q, Sum
from django.db.models.functions import Coalesce

from cases.models import ReviewPair, ReviewSample
from cases.models.review import ReviewPurpose
from cases.review.bands import NOBODY
from cases.review.figures import BandFigure, Figures, by_verdict, calibration, figures
from cases.review.results import StratumTally, tally
from cases.review.stratified import Share
from cases.review.thresholds import Proposal, propose

EARLIER = 10


@dataclass(frozen=True)
class Progress:
    """How far the judging of a sample is.

    Pairs `drawn`, `settled`, and waiting for a `third` person; `judgements` given; `paired` have two
    judgements or more, in `agreed` of them the first two were the same.
    """

    drawn: int
    settled: int
    third: int
    judgements: int
    paired: int
    agreed: int

    @property
    def left(self) -> int:
        return self.drawn - self.settled

    @property
    def share(self) -> float:
        return self.settled / self.drawn if self.drawn else 1.0

    @property
    def agreement(self) -> float | None:
        """The share of pairs on which the first two judges said the same."""
        return self.agreed / self.paired if self.paired else None


@dataclass(frozen=True)
class Quality:
    """One sample and what follows from it so far."""

    sample: ReviewSample
    strata: list[StratumTally]
    progress: Progress
    figures: Figures
    verdicts: dict[str, Share]
    calibration: list[BandFigure]


def quality_of(sample: ReviewSample, strata: list[StratumTally] | None = None) -> Quality:
    """The figures of a sample; provisional while pairs are unsettled. `strata`: where counted already."""
    strata = tally(sample) if strata is None else strata
    return Quality(
        sample=sample,
        strata=strata,
        progress=progress_of(sample),
        figures=figures(strata),
        verdicts=by_verdict([one for one in strata if one.band != NOBODY]),
        calibration=calibration(strata, _stated(sample, strata)),
    )


def progress_of(sample: ReviewSample) -> Progress:
    """Counted from the pairs, in one query."""
    settled = ~Q(outcome="")
    counted = ReviewPair.objects.filter(sample=sample).aggregate(
        drawn=Count("pk"),
        settled=Count("pk", filter=settled),
        third=Count("pk", filter=Q(outcome="", judged__gte=2)),
        judgements=Coalesce(Sum("judged"), 0),
        paired=Count("pk", filter=Q(judged__gte=2)),
        agreed=Count("pk", filter=settled & Q(judged=2)),
    )
    return Progress(**counted)


def quality_samples() -> list[ReviewSample]:
    """The newest samples of quality, newest first."""
    samples = ReviewSample.objects.filter(purpose=ReviewPurpose.QUALITY).select_related("run")
    return list(samples.order_by("-pk")[: EARLIER + 1])


def proposals(strata: Sequence[StratumTally], wanted: float) -> list[Proposal]:
    """A threshold for each verdict that names somebody, in the order of the engine's table."""
    verdicts = by_verdict([one for one in strata if one.band != NOBODY])
    found = (propose(strata, verdict=verdict, wanted=wanted) for verdict in verdicts)
    return [one for one in found if one is not None]


def _stated(sample: ReviewSample, strata: Sequence[StratumTally]) -> dict[str, float]:
    """Band → mean score of its verdicts, each stratum weighted by its size."""
    means = ReviewPair.objects.filter(sample=sample).values("stratum").annotate(score=Avg("verdict__score"))
    scores = {row["stratum"]: row["score"] for row in means.order_by()}
    sums: dict[str, float] = defaultdict(float)
    sizes: dict[str, int] = defaultdict(int)
    for one in strata:
        if one.key in scores and one.settled:
            sums[one.band] += one.size * scores[one.key]
            sizes[one.band] += one.size
    return {band: sums[band] / size for band, size in sizes.items() if band != NOBODY}
