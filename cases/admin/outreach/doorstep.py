"""Who has not declared: the list of a ward, group by group along its streets, and what to take along."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import URLPattern, path
from django.utils.decorators import method_decorator
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from cases.admin.outreach import files, reading
from cases.admin.outreach.filters import GroupFilter, RegisterFilter, WardFilter
from cases.admin.outreach.panels import door_panel, verdict_colour
from cases.models import Doorstep, VerificationCase
from cases.outreach.people import ORDER, Undeclared, along, people_at
from cases.outreach.walking_list import born_words, group_words, holds_words, phone_words
from registry.admin.badges import badge
from registry.identity.text import fold
from vehreg.adminsite.admin import BaseAdmin
from vehreg.adminsite.masking import is_whole
from vehreg.adminsite.navigation import WORK, add_link
from vehreg.adminsite.panels import detail_url
from vehreg.adminsite.search import SearchField, key_of_name
from vehreg.adminsite.words import NOTHING, words

SEE = "cases.view_declaration"
add_link(WORK, 70, _("Not declared yet"), "admin:cases_doorstep_changelist", SEE)


def _street(text: str) -> Q | None:
    key = key_of_name(text, fold)
    return along(key) if key else None


@admin.register(Doorstep)
class DoorstepAdmin(BaseAdmin):
    """Rows are doors; who lives there is looked up for a page at once."""

    holds_numbers = True
    list_before_template: Any = "admin/cases/outreach/before.html"
    list_display = ("name_shown", "born", "lives", "telephone", "holds", "known", "case")
    list_filter = (WardFilter, RegisterFilter, GroupFilter)
    ordering = ORDER
    search = (SearchField(_("street"), _street),)
    panels = (door_panel,)
    fieldsets = ((_("Where they live"), {"fields": ("place", "street_shown")}),)
    readonly_fields = ("place", "street_shown")

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.has_perm(SEE)

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)

    def get_urls(self) -> list[URLPattern]:
        views: dict[str, Callable[..., HttpResponseBase]] = {
            "read": reading.read_view,
            "file": files.order_view,
            "files": partial(files.files_view, self),
        }
        own = [
            path(f"{name}/", self.admin_site.admin_view(view), name=f"cases_doorstep_{name}")
            for name, view in views.items()
        ]
        fetch = self.admin_site.admin_view(files.fetch_view)
        own.append(path("files/<int:job_id>/fetch/", fetch, name="cases_doorstep_fetch"))
        return [*own, *super().get_urls()]

    @method_decorator(transaction.non_atomic_requests)
    def changelist_view(  # type: ignore[override]
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        if not self.has_view_permission(request):
            raise PermissionDenied
        reading.record_look(request)
        return super().changelist_view(request, reading.list_context(request) | (extra_context or {}))

    def prepare_rows(self, request: HttpRequest, rows: list[Any]) -> list[Any]:
        people = {person.door.pk: person for person in people_at(rows)}
        for row in rows:
            row.person = people.get(row.pk)
            row.case_url = _case_url(request, row.person)
        return super().prepare_rows(request, [row for row in rows if row.person])

    @admin.display(description=_("name"))
    def name_shown(self, door: Any) -> str:
        return str(door.person.name)

    @admin.display(description=_("year of birth"))
    def born(self, door: Any) -> str:
        return born_words(door.person)

    @admin.display(description=_("address"))
    def lives(self, door: Any) -> SafeString:
        lines = (words(door.person.address), group_words(door.group_name))
        return format_html('{}<br><span class="vr-note">{}</span>', *lines)

    @admin.display(description=_("telephone"))
    def telephone(self, door: Any) -> str:
        return phone_words(door.person, whole=is_whole(door))

    @admin.display(description=_("plate / licence"))
    def holds(self, door: Any) -> str:
        return holds_words(door.person)

    @admin.display(description=_("population register"))
    def known(self, door: Any) -> SafeString | str:
        person = door.person
        return badge(person.verdict_words, verdict_colour(person)) if person.verdict else NOTHING

    @admin.display(description=_("open case"))
    def case(self, door: Any) -> SafeString | str:
        if not door.case_url:
            return door.person.case_number or NOTHING
        return format_html('<a href="{}">{}</a>', door.case_url, door.person.case_number)

    @admin.display(description=_("residential group"))
    def place(self, door: Doorstep) -> str:
        return group_words(door.group_name)

    @admin.display(description=_("street"))
    def street_shown(self, door: Doorstep) -> str:
        return words(door.street)


def _case_url(request: HttpRequest, person: Undeclared | None) -> str:
    return detail_url(request, VerificationCase(pk=person.case)) if person and person.case else ""
