"""Decisions in cases as labels: which of them say that the first person proposed was right.

They are not random: officers decide what reached them, and saw the score when they did. So they are counted
apart from the samples, and no share of them stands for the register.
"""

from dataclasses import dataclass
from typing import Any

from django.db import connection

from cases.models.case import CaseState, Disposition
from cases.review.bands import NOBODY, band_sql
from vehreg.remembered import remembered

# The newest decisions only: the page is to be quick when there are millions.
NEWEST = 10_000
_REMEMBERED = 300  # seconds

# The verdict decided upon is the newest of the case's kind: the one in force now is the approval's own.
_COUNT = f"""
SELECT said.verdict,
       CASE WHEN said.first_id IS NULL THEN '{NOBODY}' ELSE {band_sql("said.score")} END AS band,
       count(*) FILTER (WHERE decided.named AND decided.person_id = said.first_id),
       count(*) FILTER (WHERE decided.named AND decided.person_id IS DISTINCT FROM said.first_id),
       count(*) FILTER (WHERE NOT decided.named)
FROM (
    SELECT register, subject_id, kind, person_id, disposition <> %(nobody)s AS named
    FROM cases_verificationcase
    WHERE closed_at IS NOT NULL AND state = %(closed)s AND disposition = ANY(%(labels)s)
    ORDER BY closed_at DESC LIMIT %(newest)s
) AS decided
CROSS JOIN LATERAL (
    SELECT verdict.verdict, verdict.score, coalesce(verdict.person_id, first.person_id) AS first_id
    FROM cases_verdict AS verdict
    LEFT JOIN cases_candidate AS first ON first.verdict_id = verdict.id AND first.rank = 1
    WHERE verdict.register = decided.register AND verdict.subject_id = decided.subject_id
      AND verdict.verdict = decided.kind
    ORDER BY verdict.id DESC LIMIT 1
) AS said
GROUP BY 1, 2"""

_LABELS = [Disposition.LINK_PERSON.value, Disposition.INHERITANCE.value, Disposition.NOBODY_FITS.value]


@dataclass(frozen=True)
class LabelCount:
    """Approved decisions on one verdict and band: the first person proposed, another one, nobody."""

    verdict: str
    band: str
    first: int
    another: int
    nobody: int


def decided_labels() -> list[LabelCount]:
    """The newest approved decisions by verdict and band; at most five minutes old."""
    return remembered("review-labels", count_labels, _REMEMBERED)


def count_labels(newest: int = NEWEST) -> list[LabelCount]:
    """Count them now."""
    params: dict[str, Any] = {
        "nobody": Disposition.NOBODY_FITS.value,
        "closed": CaseState.CLOSED.value,
        "labels": _LABELS,
        "newest": newest,
    }
    with connection.cursor() as cursor:
        cursor.execute(_COUNT, params)
        return sorted(
            (LabelCount(*row) for row in cursor.fetchall()), key=lambda one: (one.verdict, one.band)
        )
