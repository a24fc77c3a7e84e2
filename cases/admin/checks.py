"""The checks inside the registers: their list, a page for each rule, and the two buttons."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _

from cases.admin import checks_page, checks_panels
from cases.models import CheckRule
from vehreg.adminsite.admin import BaseAdmin
from vehreg.adminsite.navigation import WATCH, add_link
from vehreg.adminsite.panels import add_panel

add_link(WATCH, 40, _("Checks of the registers"), "admin:cases_checkrule_changelist", "cases.view_checkrule")
for _label in ("registry.vehicle", "registry.owner", "registry.driverlicence"):
    add_panel(_label, checks_panels.entry_panel)


@admin.register(CheckRule)
class CheckRuleAdmin(BaseAdmin):
    """The rules stand in code; what can be changed here is whether they are on."""

    detail = checks_page.rule_view
    holds_numbers = True

    def get_urls(self) -> list[URLPattern]:
        start = self.admin_site.admin_view(checks_page.start_view)
        switch = self.admin_site.admin_view(checks_page.switch_view)
        return [
            path("start/", start, name="cases_checkrule_start"),
            path("<str:code>/switch/", switch, name="cases_checkrule_switch"),
            *super().get_urls(),
        ]

    def changelist_view(  # type: ignore[override]
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        return checks_page.list_view(self, request)
