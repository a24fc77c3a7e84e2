"""What follows from a verdict: which kind of case, how urgent, until when."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import timezone

from cases.matching.verdicts import ORGANISATION, VERDICTS
from cases.models.case import Priority
from cases.models.kinds import DiscrepancyKind
from cases.progress.campaign import current_campaign

# Days an officer has, by priority.
DAYS = {Priority.URGENT: 5, Priority.SOON: 10, Priority.NORMAL: 20, Priority.ROUTINE: 30}

# Vehicles from which an owner counts as a mass holder (domain.md T11): one step more urgent.
MASS_HOLDER = 20


@dataclass(frozen=True)
class Rule:
    """`verdict`, with a comparison that holds `needs`, makes a discrepancy of `kind`."""

    verdict: str
    kind: str
    priority: int
    needs: str = "{}"


RULES = (
    *(
        Rule(verdict.code, verdict.code, verdict.priority)
        for verdict in VERDICTS.values()
        if verdict.opens_case
    ),
    Rule(ORGANISATION, DiscrepancyKind.TAX_CODE, Priority.NORMAL, needs='{"tax_code": "invalid"}'),
)
KINDS = tuple(rule.kind for rule in RULES)
"""Kinds of discrepancy that matching makes and takes back; those of declarations are not its business."""


def due_dates(today: date | None = None) -> dict[int, date]:
    """Priority → the day a case opened today is due: its days, but not past the campaign's end."""
    today = today or timezone.localdate()
    end = current_campaign().end
    return {
        int(priority): min(today + timedelta(days), end) if end > today else today + timedelta(days)
        for priority, days in DAYS.items()
    }
