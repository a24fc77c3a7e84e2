"""What a sample came to, counted stratum by stratum."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, Q

from cases.models import ReviewPair, ReviewSample
from cases.models.review import Answer


@dataclass(frozen=True)
class StratumTally:
    """One stratum: `size` verdicts in it, `drawn` pairs of them, `settled` of these, by outcome."""

    key: str
    verdict: str
    band: str
    size: int
    drawn: int
    settled: int
    matches: int
    no_matches: int
    undecidable: int


def tally(sample: ReviewSample) -> list[StratumTally]:
    """The strata of a sample in its own order, with what is settled so far."""
    return tallies([sample])[sample.pk]


def tallies(samples: Sequence[ReviewSample]) -> dict[int, list[StratumTally]]:
    """The same of several samples, in one query: by the sample's id."""
    counted = {
        (row["sample"], row["stratum"]): row
        for row in ReviewPair.objects.filter(sample__in=samples)
        .values("sample", "stratum")
        .annotate(
            matches=Count("pk", filter=Q(outcome=Answer.MATCH)),
            no_matches=Count("pk", filter=Q(outcome=Answer.NO_MATCH)),
            undecidable=Count("pk", filter=Q(outcome=Answer.UNDECIDABLE)),
        )
        .order_by()
    }
    return {
        sample.pk: [_tallied(told, counted.get((sample.pk, told["key"]), {})) for told in sample.strata]
        for sample in samples
    }


def is_complete(sample: ReviewSample) -> bool:
    """Whether every pair drawn is settled. A sample without pairs says nothing: it is not complete."""
    pairs = ReviewPair.objects.filter(sample=sample)
    return pairs.exists() and not pairs.filter(outcome="").exists()


def _tallied(stratum: dict[str, str | int], counted: dict[str, int]) -> StratumTally:
    matches, no_matches = counted.get("matches", 0), counted.get("no_matches", 0)
    undecidable = counted.get("undecidable", 0)
    return StratumTally(
        key=str(stratum["key"]),
        verdict=str(stratum["verdict"]),
        band=str(stratum["band"]),
        size=int(stratum["size"]),
        drawn=int(stratum["drawn"]),
        settled=matches + no_matches + undecidable,
        matches=matches,
        no_matches=no_matches,
        undecidable=undecidable,
    )
