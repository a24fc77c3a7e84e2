"""The offences patrols passed on."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from registry.admin.badges import VIOLATION_BADGES, badge
from registry.admin.exports import ViolationResource
from registry.admin.register_admin import RegisterAdmin
from registry.admin.searches import VIOLATION_SEARCH
from registry.admin.tables import vehicles_table
from registry.models import Vehicle, Violation
from vehreg.adminsite.filters import UnitFilter
from vehreg.adminsite.panels import Panel


def plate_vehicles(request: HttpRequest, offence: Violation) -> Panel | None:
    """The registrations with this plate; kind and colour tell them apart."""
    if not offence.plate_key:
        return None
    rows: Any = Vehicle.objects.filter(plate_key=offence.plate_key).visible_to(request.user).order_by("-id")
    return vehicles_table(request, rows, title=_("Vehicles with this plate"), query=f"q={offence.plate_key}")


@admin.register(Violation)
class ViolationAdmin(RegisterAdmin):
    list_display = ("occurred_on", "plate", "vehicle_kind", "behaviour_shown", "unit", "status_shown")
    list_filter = (UnitFilter, "status", "vehicle_kind")
    ordering = ("-id",)
    search = VIOLATION_SEARCH
    links = frozenset({"plate_key__exact", "licence_key__exact"})
    panels = (plate_vehicles,)
    resource = ViolationResource
    fieldsets = (
        (
            _("Offence"),
            {
                "fields": (
                    "occurred_on",
                    "behaviour",
                    "behaviour_code",
                    "status_shown",
                    "decision_no",
                    "plate",
                    "vehicle_kind",
                    "plate_colour",
                    "licence_number",
                    "ward",
                    "source_id",
                )
            },
        ),
    )
    readonly_fields = ("status_shown",)

    @admin.display(description=_("behaviour"))
    def behaviour_shown(self, offence: Violation) -> str:
        return offence.behaviour or offence.behaviour_code or "—"

    @admin.display(description=_("status"))
    def status_shown(self, offence: Violation) -> str:
        return badge(offence.get_status_display(), VIOLATION_BADGES[offence.status])
