"""Declarations that the ward confirms: what comes in, what is left, how fast, and until when."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from cases.admin.board import words
from cases.models.declaration import Waiting
from cases.progress.forecast import WINDOW, finish_day, pace
from cases.progress.reading import Figures

_DECLARED = ("declared", "declared_licences")


@dataclass(frozen=True)
class Confirming:
    """Figures in words. `late`: at this pace the campaign ends first."""

    came_today: str
    came_a_day: str
    waiting: str
    plain: str
    singly: str
    confirmed_today: str
    confirmed_a_day: str
    needed_a_day: str
    finish: str
    late: bool
    url: str
    singly_url: str


def confirming(request: HttpRequest, figures: Figures) -> Confirming | None:
    """Inflow, backlog and pace; None for who sees no declarations to confirm."""
    if not request.user.has_perm("cases.view_confirmation"):
        return None
    backlog, plain = figures.total("to_confirm"), figures.total("to_confirm_plain")
    came, confirmed = _came(figures, [figures.day])[0], figures.daily("ward_confirmed", [figures.day])[0]
    week = _full_days(figures)
    came_a_day, a_day = pace(_came(figures, week)), pace(figures.daily("ward_confirmed", week))
    finish = finish_day(backlog=backlog, per_day=a_day, today=figures.day)
    page = reverse("admin:cases_confirmation_waiting")
    return Confirming(
        came_today=words.count(came),
        came_a_day=words.count(came_a_day),
        waiting=words.count(backlog),
        plain=words.count(plain),
        singly=words.count(backlog - plain),
        confirmed_today=words.count(confirmed),
        confirmed_a_day=words.count(a_day),
        needed_a_day=_needed(figures, backlog, came_a_day),
        finish=_finish(backlog, finish, figures.day),
        late=backlog > 0 and (finish is None or finish > figures.campaign.end),
        url=page,
        singly_url=f"{page}?kind={Waiting.SINGLY.value}",
    )


def _came(figures: Figures, days: list[date]) -> list[int]:
    """What was declared on each day, of vehicles and licences."""
    return [sum(each) for each in zip(*(figures.daily(name, days) for name in _DECLARED), strict=True)]


def _full_days(figures: Figures) -> list[date]:
    """The last seven full days of the campaign."""
    days = (figures.day - timedelta(days=n) for n in range(WINDOW, 0, -1))
    return [day for day in days if day >= figures.campaign.start]


def _needed(figures: Figures, backlog: int, came_a_day: float) -> str:
    """How many a day would do it by the last day, with what still comes in; "" once that is over."""
    days = (figures.campaign.end - figures.day).days
    return words.count(backlog / days + came_a_day) if days > 0 and backlog else ""


def _finish(backlog: int, finish: date | None, today: date) -> str:
    if not backlog:
        return _("nothing waits")
    if finish is None:
        return _("never, at this pace")
    return _("in %(days)s days, on %(day)s") % {
        "days": words.count((finish - today).days),
        "day": words.short_day(finish),
    }
