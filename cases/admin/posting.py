"""The posted transfers: the list, its export, and the sheet that is put on the board of the ward."""

from functools import partial
from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.models import Posting
from cases.models.posting import PostingState
from registry.admin.badges import badge
from registry.admin.searches import plate_of
from vehreg.adminsite.admin import BaseAdmin
from vehreg.adminsite.exports.resource import Column, RegisterResource
from vehreg.adminsite.filters import UnitFilter
from vehreg.adminsite.navigation import LOOKUP, add_link
from vehreg.adminsite.panels import Cell, Panel, detail_url
from vehreg.adminsite.search import SearchField, by_key
from vehreg.audit.models import AuditEvent
from vehreg.audit.trail import record

# Lines of the sheet: a board holds no more.
SHEET_ROWS = 500
_BADGES = {
    PostingState.POSTED: "info",
    PostingState.ANSWERED: "good",
    PostingState.DISPUTED: "bad",
    PostingState.ENDED: "plain",
}

add_link(
    LOOKUP,
    55,
    gettext_lazy("Posted transfers"),
    "admin:cases_posting_changelist",
    "cases.view_posting",
    query="?state__exact=posted",
)


class PostingResource(RegisterResource):
    """A vehicle and its days: nobody is named."""

    related = ("unit",)
    columns = (
        Column("plate", gettext_lazy("plate")),
        Column("vehicle_kind", gettext_lazy("kind")),
        Column("plate_colour", gettext_lazy("plate colour")),
        Column("unit", gettext_lazy("ward")),
        Column("posted_on", gettext_lazy("posted on")),
        Column("ends_on", gettext_lazy("posted until")),
        Column("state", gettext_lazy("state")),
    )


def behind_panel(request: HttpRequest, posting: Posting) -> Panel:
    """The vehicle and the case behind a posting."""
    rows = [
        (Cell(_("vehicle")), Cell(posting.plate, url=detail_url(request, posting.vehicle))),
        (Cell(_("case")), Cell(posting.case.number, url=detail_url(request, posting.case))),
    ]
    return Panel(_("What it is about"), rows=rows)


@admin.register(Posting)
class PostingAdmin(BaseAdmin):
    """Posted by reconciliation and taken down by it: only looked at here."""

    list_display = ("plate", "kind_shown", "ward", "posted_on", "ends_on", "state_shown")
    list_filter = (UnitFilter, "state")
    list_select_related = ("unit",)
    list_before_template: Any = "admin/cases/posting/sheet_link.html"
    ordering = ("-id",)
    search = (SearchField(gettext_lazy("plate"), by_key("plate_key", plate_of)),)
    resource = PostingResource
    panels = (behind_panel,)
    readonly_fields = ("kind_shown", "ward", "state_shown")
    fieldsets = (
        (
            gettext_lazy("Posting"),
            {"fields": ("plate", "kind_shown", "ward", "posted_on", "ends_on", "state_shown", "ended_at")},
        ),
    )

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(partial(sheet_view, self))
        return [path("sheet/", view, name="cases_posting_sheet"), *super().get_urls()]

    @admin.display(description=gettext_lazy("kind"))
    def kind_shown(self, posting: Posting) -> str:
        return f"{posting.get_vehicle_kind_display()} · {posting.get_plate_colour_display()}"

    @admin.display(description=gettext_lazy("ward"))
    def ward(self, posting: Posting) -> str:
        return str(posting.unit)

    @admin.display(description=gettext_lazy("state"))
    def state_shown(self, posting: Posting) -> str:
        if posting.has_run_out:
            return badge(_("the 30 days are over: settle"), "warn")
        return badge(posting.get_state_display(), _BADGES[PostingState(posting.state)])


def sheet_view(model_admin: PostingAdmin, request: HttpRequest) -> HttpResponse:
    """What is posted today, in the order of the list, on a page made to be printed."""
    if not model_admin.has_view_permission(request):
        raise PermissionDenied
    record(AuditEvent.Kind.EXPORT, request=request, subject_type="posting", detail={"printed": True})
    today = timezone.localdate()
    rows = model_admin.export_rows(request).filter(state=PostingState.POSTED, ends_on__gte=today)
    found: list[Any] = list(rows.select_related("unit")[: SHEET_ROWS + 1])
    units = {posting.unit for posting in found}
    context = {
        "title": _("Vehicles whose transfer is posted"),
        "rows": found[:SHEET_ROWS],
        "more": len(found) > SHEET_ROWS,
        "unit": units.pop() if len(units) == 1 else None,
        "day": today,
    }
    return TemplateResponse(request, "admin/cases/posting/sheet.html", context)
