"""Cases by state, by age, overdue; and what came in and went out each day."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from cases.admin.board import addresses, words
from cases.models.case import CaseState
from cases.progress.reading import Figures
from cases.workflow import Words

FLOW_DAYS = 14
_AGES: tuple[tuple[str, Words, str], ...] = (
    ("new", _("under 3 days"), ""),
    ("week", _("3–7 days"), ""),
    ("old", _("over 7 days"), "bad"),
)


@dataclass(frozen=True)
class Line:
    """A number with its name and the list behind it. `tone` colours it: bad, or nothing."""

    label: Words
    count: str
    url: str
    tone: str = ""


def state_lines(request: HttpRequest, figures: Figures) -> list[Line]:
    """Every state that has a case, in the order of the workflow; overdue cases in front."""
    found = [
        Line(state.label, words.count(total), addresses.cases(request, state=state.value))
        for state in CaseState
        if (total := figures.total(f"state_{state.value}"))
    ]
    overdue = figures.total("overdue")
    late = Line(_("Overdue"), words.count(overdue), addresses.cases(request, due="late"), "bad")
    return [late, *found] if overdue else found


def age_lines(request: HttpRequest, figures: Figures) -> list[Line]:
    return [
        Line(
            label,
            words.count(figures.total(f"age_{name}")),
            addresses.cases(request, state="live", age=name),
            tone,
        )
        for name, label, tone in _AGES
    ]


def flow_chart(request: HttpRequest, figures: Figures) -> dict[str, Any]:
    """Cases opened and closed on each of the last fourteen days, with the list behind each bar."""
    days = [figures.day - timedelta(days=n) for n in reversed(range(FLOW_DAYS))]
    return {
        "labels": [words.short_day(day) for day in days],
        "opened": figures.daily("opened", days),
        "closed": figures.daily("closed", days),
        "opened_urls": [addresses.cases(request, opened=str(day)) for day in days],
        "closed_urls": [addresses.cases(request, closed=str(day)) for day in days],
    }


def today_lines(request: HttpRequest, figures: Figures) -> tuple[Line, Line]:
    """In and out on the day shown."""
    opened, closed = (figures.daily(name, [figures.day])[0] for name in ("opened", "closed"))
    return (
        Line(_("came in"), words.count(opened), addresses.cases(request, opened=str(figures.day))),
        Line(_("went out"), words.count(closed), addresses.cases(request, closed=str(figures.day))),
    )
