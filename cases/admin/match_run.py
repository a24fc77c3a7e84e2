"""Matching runs: the list with the buttons that start one, and a page for each."""

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from django.contrib import admin
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _

from cases.admin import match_run_page, run_comparison
from cases.models import MatchRun
from cases.runs.causes import model_of
from registry.admin.badges import badge
from vehreg.adminsite.admin import BaseAdmin
from vehreg.adminsite.navigation import DATA, add_link
from vehreg.adminsite.words import NOTHING, count

add_link(DATA, 20, _("Matching runs"), "admin:cases_matchrun_changelist", "cases.view_matchrun")


class ScopeFilter(admin.SimpleListFilter):
    """Records matched singly make one run a day: they are shown when asked for."""

    title = _("scope")
    parameter_name = "scope"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return list(MatchRun.Scope.choices)

    def choices(self, changelist: Any) -> Iterator[Any]:
        unfiltered, *chosen = super().choices(changelist)
        yield {**unfiltered, "display": _("runs over the registers")}
        yield from chosen

    def queryset(self, request: HttpRequest, queryset: QuerySet[MatchRun]) -> QuerySet[MatchRun]:
        if self.value() in MatchRun.Scope.values:
            return queryset.filter(scope=self.value())
        return queryset.exclude(scope=MatchRun.Scope.SINGLE)


@admin.register(MatchRun)
class MatchRunAdmin(BaseAdmin):
    """A run is started here, watched on its page, and stopped through its job."""

    detail = match_run_page.run_view
    holds_numbers = True
    list_before_template: Any = "admin/cases/match_run/start.html"
    list_display = (
        "number", "started_at", "scope", "versions", "state_shown", "parties_shown", "opened_shown",
        "withdrawn_shown", "duration", "starter",
    )  # fmt: skip
    list_display_links = ("number", "started_at")
    list_filter = (ScopeFilter, "state")
    ordering = ("-id",)

    def get_urls(self) -> list[URLPattern]:
        steps: dict[str, Callable[..., HttpResponse]] = {
            "start": match_run_page.start_view,
            "compare": partial(run_comparison.compare_view, self),
            "count": run_comparison.count_view,
        }
        views = {name: self.admin_site.admin_view(step) for name, step in steps.items()}
        # A look at a comparison is on the trail whatever follows.
        views["compare"] = transaction.non_atomic_requests(views["compare"])
        own = [path(f"{name}/", view, name=f"cases_matchrun_{name}") for name, view in views.items()]
        return own + super().get_urls()

    @method_decorator(transaction.non_atomic_requests)
    def changelist_view(  # type: ignore[override]
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        context = match_run_page.start_context(request) | (extra_context or {})
        return super().changelist_view(request, context)

    @admin.display(description=_("no."))
    def number(self, run: MatchRun) -> str:
        return str(run)

    @admin.display(description=_("rules and model"))
    def versions(self, run: MatchRun) -> str:
        return " · ".join(filter(None, [run.rules_version, model_of(run)]))

    @admin.display(description=_("state"))
    def state_shown(self, run: MatchRun) -> str:
        return badge(run.get_state_display(), match_run_page.STATE_BADGES[run.state])

    @admin.display(description=_("parties"))
    def parties_shown(self, run: MatchRun) -> str:
        return count(run.parties)

    @admin.display(description=_("cases opened"))
    def opened_shown(self, run: MatchRun) -> str:
        return count(run.cases_opened)

    @admin.display(description=_("cases withdrawn"))
    def withdrawn_shown(self, run: MatchRun) -> str:
        return count(run.cases_withdrawn)

    @admin.display(description=_("started by"))
    def starter(self, run: MatchRun) -> str:
        return match_run_page.starter_of(run)

    @admin.display(description=_("duration"))
    def duration(self, run: MatchRun) -> str:
        return match_run_page.duration_of(run) if run.scope != MatchRun.Scope.SINGLE else NOTHING
