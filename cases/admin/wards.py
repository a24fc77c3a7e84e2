"""All wards in one table, sorted as asked; and the reports of a day, to take along."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, path
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.admin.board import wards, words
from cases.admin.board.asked import asked_day
from cases.admin.reports import report_choices, report_view
from cases.models import DailyFigure
from cases.progress.reading import figures_for
from cases.progress.standings import Standing, standings
from cases.workflow import Words
from registry.identity.text import sort_key
from vehreg.accounts.models import User
from vehreg.accounts.scope import sees_every_unit
from vehreg.adminsite.admin import BaseAdmin

Key = Callable[[Standing], Any]


def _name_key(line: Standing) -> str | None:
    """Vietnamese alphabetical order, syllable by syllable, without "Phường" and "Xã"."""
    if line.unit is None:
        return None
    name = line.unit.short_name.split(" ", 1)[-1]
    return " ".join(sort_key(syllable) for syllable in name.split())


# Columns by the name they have in the address: heading, what they sort by.
COLUMNS: tuple[tuple[str, Words, Key], ...] = (
    ("rank", "#", lambda line: line.rank),
    ("name", gettext_lazy("Unit"), _name_key),
    ("vehicles", gettext_lazy("Vehicles"), lambda line: line.vehicles),
    ("live", gettext_lazy("Live"), lambda line: line.live / line.vehicles if line.vehicles else None),
    ("share", gettext_lazy("Done"), lambda line: line.share),
    ("backlog", gettext_lazy("Left"), lambda line: line.backlog),
    ("overdue", gettext_lazy("Overdue"), lambda line: line.overdue),
    ("pace", gettext_lazy("A day"), lambda line: line.per_day),
    ("finish", gettext_lazy("Expected"), lambda line: line.finish),
)
_KEYS = {name: key for name, _heading, key in COLUMNS}


def wards_view(model_admin: BaseAdmin, request: HttpRequest) -> HttpResponse:
    """The ranking of all wards; a ward sees its own line."""
    assert isinstance(request.user, User)
    figures = figures_for(request.user, asked_day(request))
    sort = request.GET.get("sort", "")
    whole_city = sees_every_unit(request.user)
    context = {
        **model_admin.admin_site.each_context(request),
        "title": _("126 wards and communes") if whole_city else _("My ward"),
        "figures": figures,
        "day_number": figures.campaign.day_number(figures.day),
        "reports": report_choices(),
        "columns": [(name, heading, _direction(name, sort)) for name, heading, _key in COLUMNS],
        "lines": [wards.ward_line(request, line) for line in in_order(standings(figures), sort)],
        "total": words.count(figures.total("backlog")),
        "place": figures.place,
        "offers_purpose": False,
    }
    return render(request, "admin/cases/wards.html", context)


def in_order(lines: list[Standing], sort: str) -> list[Standing]:
    """Sorted by a column, "-" in front for falling; units without a value come last either way."""
    key = _KEYS.get(sort.removeprefix("-"))
    if key is None:
        return lines
    known = [line for line in lines if key(line) is not None]
    return sorted(known, key=key, reverse=sort.startswith("-")) + [
        line for line in lines if key(line) is None
    ]


def _direction(name: str, sort: str) -> tuple[str, str]:
    """What a click on the heading asks for, and the arrow that shows how it is sorted now."""
    if sort == name:
        return f"-{name}", "▲"
    return name, "▼" if sort == f"-{name}" else ""


@admin.register(DailyFigure)
class DailyFigureAdmin(BaseAdmin):
    """The list of the figures is the table of the wards."""

    looks_are_recorded = False
    scope_field = "unit"

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.has_perm("cases.view_dashboard")

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(partial(report_view, self))
        return [
            path("report/<str:name>.<str:form>", view, name="cases_dailyfigure_report"),
            *super().get_urls(),
        ]

    @method_decorator(transaction.non_atomic_requests)
    def changelist_view(  # type: ignore[override]
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        if not self.has_view_permission(request):
            raise PermissionDenied
        return wards_view(self, request)
