"""Release classes: the list with how many cases each holds now, a page for each, the form that makes one."""

from functools import partial
from typing import Any

from django.contrib import admin
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _

from cases.admin import release_class_pages
from cases.admin.release_steps import draw_view
from cases.models import ReleaseClass
from cases.releases.classes import present_classes
from cases.releases.lots import lot_sizes
from cases.releases.rules import from_json
from cases.releases.words import asked_sentence, rule_facts
from vehreg.adminsite.admin import BaseAdmin
from vehreg.adminsite.counting import count_words
from vehreg.adminsite.navigation import DATA, add_link
from vehreg.remembered import remembered

# The list counts the cases of each class so far, and again after so many seconds. Its page counts further.
MOST, REMEMBERED = 1000, 60

add_link(DATA, 31, _("Release classes"), "admin:cases_releaseclass_changelist", "cases.view_releaseclass")


@admin.register(ReleaseClass)
class ReleaseClassAdmin(BaseAdmin):
    """Every change makes a version; the list shows the present ones."""

    detail = release_class_pages.class_view
    can_add = True
    looks_are_recorded = False  # rules and figures, nobody is named
    list_display = ("title_shown", "version", "takes", "asks", "lot_now")
    list_display_links = ("title_shown",)
    ordering = ("id",)

    def get_urls(self) -> list[URLPattern]:
        change = self.admin_site.admin_view(partial(release_class_pages.change_rule_view, self))
        draw = self.admin_site.admin_view(draw_view)
        return [
            path("<int:pk>/rule/", change, name="cases_releaseclass_rule"),
            path("<int:pk>/draw/", draw, name="cases_releaseclass_draw"),
            *super().get_urls(),
        ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).filter(replaced_at__isnull=True)

    @method_decorator(transaction.non_atomic_requests)
    def changelist_view(  # type: ignore[override]
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        if self.has_view_permission(request):
            present_classes()  # makes the built-in ones where they are not there yet
        return super().changelist_view(request, extra_context)

    def add_view(
        self, request: HttpRequest, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        return release_class_pages.define_view(self, request)

    def prepare_rows(self, request: HttpRequest, rows: list[Any]) -> list[Any]:
        rules = {row.pk: from_json(row.rule) for row in rows}
        key = "-".join(["lots", *map(str, rules)])
        sizes = remembered(key, partial(lot_sizes, rules, most=MOST), REMEMBERED)
        for row in rows:
            row.lot = sizes[row.pk]
        return super().prepare_rows(request, rows)

    @admin.display(description=_("name"))
    def title_shown(self, release_class: ReleaseClass) -> str:
        return release_class.title

    @admin.display(description=_("takes"))
    def takes(self, release_class: ReleaseClass) -> str:
        return " · ".join(value for _label, value in rule_facts(release_class)[:1])

    @admin.display(description=_("asks of the sample"))
    def asks(self, release_class: ReleaseClass) -> str:
        return asked_sentence(release_class)

    @admin.display(description=_("cases now"))
    def lot_now(self, release_class: Any) -> str:
        return count_words(release_class.lot, MOST)
