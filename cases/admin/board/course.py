"""The course of the campaign: declared and confirmed day by day, the plan, and what is expected."""

from dataclasses import dataclass, field
from datetime import timedelta
from itertools import accumulate
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from cases.admin.board import addresses, words
from cases.progress.forecast import WINDOW, Expectation, outlook
from cases.progress.reading import Figures


@dataclass(frozen=True)
class Course:
    """Totals in words with the lists behind them, the sentence of the forecast, and the chart's numbers."""

    declared: str
    declared_url: str
    confirmed: str
    confirmed_url: str
    forecast: str
    chart: dict[str, Any] = field(default_factory=dict)


def campaign_course(request: HttpRequest, figures: Figures) -> Course:
    campaign, total = figures.campaign, figures.total("vehicles")
    past = campaign.days_until(min(figures.day, campaign.end))
    days = campaign.days_until(campaign.end)
    declared, confirmed = (list(accumulate(figures.daily(name, past))) for name in ("declared", "confirmed"))
    done = confirmed[-1] if confirmed else 0
    expected = _expected(figures, done, total)
    ahead: list[None] = [None] * (len(days) - len(expected))
    return Course(
        declared=words.count(declared[-1] if declared else 0),
        declared_url=addresses.declarations(request),
        confirmed=words.count(done),
        confirmed_url=addresses.vehicles(request, quality="live"),
        forecast=_sentence(expected, total),
        chart={
            "labels": [words.short_day(day) for day in days],
            "declared": declared,
            "confirmed": confirmed,
            "plan": [round(total * n / len(days)) for n in range(1, len(days) + 1)],
            "low": ahead + [round(point.low) for point in expected],
            "middle": ahead + [round(point.middle) for point in expected],
            "high": ahead + [round(point.high) for point in expected],
        },
    )


def _expected(figures: Figures, done: int, total: int) -> list[Expectation]:
    """From the day shown to the last; nothing before two full days have passed, nor after the end."""
    full_days = [
        day
        for n in range(WINDOW, 0, -1)
        if (day := figures.day - timedelta(days=n)) >= figures.campaign.start
    ]
    if len(full_days) < 2 or not total or figures.day >= figures.campaign.end:
        return []
    daily = figures.daily("confirmed", full_days)
    return outlook(daily=daily, done=done, total=total, today=figures.day, until=figures.campaign.end)


def _sentence(expected: list[Expectation], total: int) -> str:
    if not expected:
        return ""
    last = expected[-1]
    return _("expected at the end: %(share)s ± %(margin)s") % {
        "share": words.percent(last.middle / total, 0),
        "margin": words.percent((last.high - last.low) / 2 / total, 0).removesuffix(" %"),
    }
