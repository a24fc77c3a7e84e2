"""The folders of paper behind the registrations."""

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from registry.admin.badges import PAPER_BADGES, badge
from registry.admin.register_admin import RegisterAdmin
from registry.admin.searches import PAPER_FILE_SEARCH
from registry.admin.tables import vehicles_table
from registry.models import PaperFile, Vehicle
from vehreg.adminsite.panels import Cell, Panel


def its_vehicle(request: HttpRequest, paper: PaperFile) -> Panel:
    rows = Vehicle.objects.filter(pk=paper.vehicle_id).visible_to(request.user)
    return vehicles_table(request, rows, title=_("Vehicle"), query="")


def scans_panel(request: HttpRequest, paper: PaperFile) -> Panel:
    """The scans by name and SHA-256."""
    return Panel(
        _("Scans"),
        columns=[_("name"), "SHA-256"],
        rows=[(Cell(str(scan.get("name", ""))), Cell(str(scan.get("sha256", "")))) for scan in paper.scans],
        empty=_("No scan is known."),
    )


@admin.register(PaperFile)
class PaperFileAdmin(RegisterAdmin):
    holds_numbers = False
    list_display = ("code", "vehicle", "office_code", "shelf", "state_shown")
    list_select_related = ("vehicle",)
    list_filter = ("state",)
    ordering = ("-id",)
    search = PAPER_FILE_SEARCH
    panels = (its_vehicle, scans_panel)
    fieldsets = ((_("Paper file"), {"fields": ("code", "office_code", "shelf", "state_shown")}),)
    readonly_fields = ("state_shown",)

    @admin.display(description=_("state"))
    def state_shown(self, paper: PaperFile) -> str:
        return badge(paper.get_state_display(), PAPER_BADGES[paper.state])
