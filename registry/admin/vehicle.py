"""The vehicle register."""

from typing import Any, ClassVar

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from registry.admin.badges import PAPER_BADGES, VEHICLE_BADGES, badge
from registry.admin.exports import VehicleResource
from registry.admin.people import owner_panel
from registry.admin.register_admin import RegisterAdmin
from registry.admin.searches import VEHICLE_SEARCH
from registry.admin.tables import make_of, plate_violations
from registry.links import is_linked
from registry.models import Owner, PaperFile, Vehicle
from vehreg.adminsite.filters import IsSetFilter, UnitFilter, YesNoFilter
from vehreg.adminsite.panels import Cell, Panel, detail_url
from vehreg.adminsite.words import words


class ConfirmedFilter(IsSetFilter):
    title = gettext_lazy("live")
    parameter_name = "live"
    column = "confirmed_on"
    yes = gettext_lazy("confirmed")
    no = gettext_lazy("not confirmed yet")


class OwnerFoundFilter(YesNoFilter):
    title = gettext_lazy("owner")
    parameter_name = "owner_found"
    yes = gettext_lazy("matched to a person")
    no = gettext_lazy("not matched")

    def keep(self, queryset: QuerySet[Any], *, yes: bool) -> QuerySet[Any]:
        linked = is_linked(Owner, "owner__")
        return queryset.filter(linked if yes else ~linked)


def paper_panel(request: HttpRequest, vehicle: Vehicle) -> Panel:
    """Where the paper behind the registration stands."""
    paper = PaperFile.objects.filter(vehicle=vehicle).visible_to(request.user).first()
    rows = (
        [
            (Cell(_("file code")), Cell(paper.code, url=detail_url(request, paper))),
            (
                Cell(_("place")),
                Cell(" · ".join(filter(None, [paper.office_code, paper.shelf])) or words(None)),
            ),
            (Cell(_("state")), Cell(paper.get_state_display(), badge=PAPER_BADGES[paper.state])),
        ]
        if paper
        else []
    )
    return Panel(_("Paper file"), rows=rows, empty=_("No paper file is known."))


@admin.register(Vehicle)
class VehicleAdmin(RegisterAdmin):
    list_display = (
        "plate_shown",
        "kind_shown",
        "make",
        "owner",
        "unit",
        "registered_on",
        "status_shown",
        "confirmed_on",
    )
    list_select_related = ("unit", "owner")
    list_filter: ClassVar[Any] = (
        UnitFilter,
        "vehicle_kind",
        "plate_colour",
        "status",
        ConfirmedFilter,
        OwnerFoundFilter,
    )
    ordering = ("-id",)
    sortable_by = ("plate_shown",)
    search = VEHICLE_SEARCH
    links = frozenset({"owner__id__exact"})
    panels = (owner_panel, paper_panel, plate_violations)
    resource = VehicleResource
    fieldsets = (
        (
            gettext_lazy("Registration"),
            {
                "fields": (
                    "plate",
                    "vehicle_kind",
                    "plate_colour",
                    "status_shown",
                    "first_registered_on",
                    "registered_on",
                    "valid_until",
                    "ward",
                    "confirmed",
                    "source_id",
                )
            },
        ),
        (
            gettext_lazy("Vehicle"),
            {
                "fields": (
                    "brand",
                    "model_code",
                    "colour",
                    "year_made",
                    "engine_no",
                    "chassis_no",
                    "seats",
                    "payload_kg",
                )
            },
        ),
    )
    readonly_fields = ("status_shown", "confirmed")

    @admin.display(description=gettext_lazy("plate"), ordering="plate_key")
    def plate_shown(self, vehicle: Vehicle) -> str:
        return vehicle.plate

    @admin.display(description=gettext_lazy("kind"))
    def kind_shown(self, vehicle: Vehicle) -> str:
        if vehicle.plate_colour == "white":
            return str(vehicle.get_vehicle_kind_display())
        return f"{vehicle.get_vehicle_kind_display()} · {vehicle.get_plate_colour_display()}"

    @admin.display(description=gettext_lazy("brand, model"))
    def make(self, vehicle: Vehicle) -> str:
        return make_of(vehicle)

    @admin.display(description=gettext_lazy("status"))
    def status_shown(self, vehicle: Vehicle) -> str:
        return badge(vehicle.get_status_display(), VEHICLE_BADGES[vehicle.status])

    @admin.display(description=gettext_lazy("live"))
    def confirmed(self, vehicle: Vehicle) -> str:
        return confirmation(vehicle)


def confirmation(row: Any) -> str:
    """When an entry was last confirmed, and by whom."""
    if row.confirmed_on is None:
        return _("not confirmed yet")
    return f"{words(row.confirmed_on)} · {row.get_confirmed_by_display()}"
