"""The front page: how the work stands, for whom. Each role has its parts; each part is one function."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from cases.admin.board import (
    addresses,
    arrivals,
    caseload,
    confirming,
    course,
    qualities,
    start,
    system,
    wards,
)
from cases.admin.board.asked import asked_day
from cases.admin.reports import report_choices
from cases.progress.reading import Figures, figures_for
from cases.progress.standings import standings
from vehreg.accounts.models import User
from vehreg.accounts.roles import WARD_ROLES, Role
from vehreg.adminsite.dashboard import front_page

Part = Callable[[HttpRequest, Figures], dict[str, Any]]


def _qualities(request: HttpRequest, figures: Figures) -> dict[str, Any]:
    return {"cards": qualities.quality_cards(request, figures)}


def _course(request: HttpRequest, figures: Figures) -> dict[str, Any]:
    found = course.campaign_course(request, figures)
    return {"course": found, "course_chart": found.chart}


def _caseload(request: HttpRequest, figures: Figures) -> dict[str, Any]:
    came, went = caseload.today_lines(request, figures)
    return {
        "states": caseload.state_lines(request, figures),
        "ages": caseload.age_lines(request, figures),
        "flow_chart": caseload.flow_chart(request, figures),
        "came": came,
        "went": went,
    }


def _wards(request: HttpRequest, figures: Figures) -> dict[str, Any]:
    found = standings(figures)
    return {
        "ranking": [wards.ward_line(request, line) for line in wards.both_ends(found)],
        "ward_map": wards.ward_map(request, found),
        "ward_count": sum(1 for line in found if line.rank),
        "wards_url": reverse("admin:cases_dailyfigure_changelist"),
    }


def _own_ward(request: HttpRequest, figures: Figures) -> dict[str, Any]:
    return {
        "own": [wards.ward_line(request, line) for line in standings(figures) if line.rank],
        "place": figures.place,
        "queue_url": addresses.cases(request, tab="todo"),
    }


def _confirming(request: HttpRequest, figures: Figures) -> dict[str, Any]:
    return {"confirming": confirming.confirming(request, figures)}


def _deliveries(request: HttpRequest, figures: Figures) -> dict[str, Any]:
    return {"deliveries": arrivals.delivery_lines(request), "deliveries_url": addresses.deliveries(request)}


_CITY: tuple[Part, ...] = (_qualities, _course, _caseload, _wards)
_WARD: tuple[Part, ...] = (_qualities, _confirming, _course, _caseload, _own_ward)
PARTS: dict[str, tuple[Part, ...]] = {
    Role.WARD_OFFICER: _WARD,
    Role.WARD_SUPERVISOR: _WARD,
    Role.CITY_OFFICER: _CITY,
    Role.CITY_SUPERVISOR: _CITY,
    Role.AUDITOR: _CITY,
    Role.REGISTRAR: (_qualities, _course, _deliveries),
}


@front_page
def board(request: HttpRequest, context: dict[str, Any]) -> dict[str, Any]:
    """What stands on the front page of this user's role."""
    user = request.user
    if not isinstance(user, User) or not user.has_perm("cases.view_dashboard"):
        return _administration(request)
    figures = figures_for(user, asked_day(request))
    campaign = figures.campaign
    shown: dict[str, Any] = {
        "board": "figures",
        "title": _("%(days)d days and nights of cleaning data") % {"days": campaign.length},
        "figures": figures,
        "day_number": campaign.day_number(figures.day),
        "reports": report_choices(),
        "whose": user.unit if user.role in WARD_ROLES else None,
        "next_step": start.next_step(request, figures),
    }
    if shown["next_step"]:
        return shown
    shown["notice"] = start.missing_match(request)
    for part in PARTS.get(user.role, ()):
        shown |= part(request, figures)
    return shown


def _administration(request: HttpRequest) -> dict[str, Any]:
    if not request.user.has_perm("accounts.view_user"):
        return {}
    return {
        "board": "system",
        "title": _("Administration"),
        "users": system.user_lines(request),
        "jobs": system.job_lines(request),
    }
