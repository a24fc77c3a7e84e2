"""Tables of related rows for the detail pages: vehicles of an owner, violations of a plate, licences."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _

from registry.admin.badges import LICENCE_BADGES, VEHICLE_BADGES, VIOLATION_BADGES
from registry.links import linked_with
from registry.models import DriverLicence, Owner, Person, Vehicle, Violation
from vehreg.adminsite.panels import PANEL_ROWS, Cell, Panel, detail_url, list_url
from vehreg.adminsite.words import field_words, words


def owner_vehicles(request: HttpRequest, owner: Owner) -> Panel:
    rows = Vehicle.objects.filter(owner=owner).visible_to(request.user).order_by("-id")
    return vehicles_table(
        request, rows, title=_("Vehicles of this owner"), query=f"owner__id__exact={owner.pk}"
    )


def vehicles_table(request: HttpRequest, rows: QuerySet[Vehicle], *, title: Any, query: str) -> Panel:
    """The first vehicles, and a link to all when there are more."""
    found = list(rows[: PANEL_ROWS + 1])
    return Panel(
        title,
        columns=[_("plate"), _("vehicle"), _("registered"), _("status")],
        rows=[
            (
                Cell(vehicle.plate, url=detail_url(request, vehicle)),
                Cell(f"{vehicle.get_vehicle_kind_display()} · {make_of(vehicle)}"),
                Cell(words(vehicle.registered_on or vehicle.first_registered_on)),
                Cell(vehicle.get_status_display(), badge=VEHICLE_BADGES[vehicle.status]),
            )
            for vehicle in found[:PANEL_ROWS]
        ],
        empty=_("No vehicle in the units you see."),
        **_more(request, Vehicle, query, found),
    )


def plate_violations(request: HttpRequest, vehicle: Vehicle) -> Panel:
    """Offences recorded for this plate; their kind tells vehicles with the same letters apart."""
    rows = Violation.objects.filter(plate_key=vehicle.plate_key).visible_to(request.user)
    return _violations(request, rows, query=f"plate_key__exact={vehicle.plate_key}")


def licence_violations(request: HttpRequest, licence: DriverLicence) -> Panel | None:
    if not licence.number_key:
        return None
    rows = Violation.objects.filter(licence_key=licence.number_key).visible_to(request.user)
    return _violations(request, rows, query=f"licence_key__exact={licence.number_key}")


def person_owners(request: HttpRequest, person: Person) -> Panel:
    rows = (
        Owner.objects.filter(linked_with(Owner, person.pk))
        .visible_to(request.user)
        .order_by("-vehicle_count", "id")
    )
    found = list(rows[: PANEL_ROWS + 1])
    return Panel(
        _("In the vehicle register"),
        columns=[_("owner"), _("vehicles")],
        rows=[
            (Cell(owner.name, url=detail_url(request, owner)), Cell(str(owner.vehicle_count)))
            for owner in found[:PANEL_ROWS]
        ],
        empty=_("No owner has been matched to this person."),
        **_more(request, Owner, f"person={person.pk}", found),
    )


def person_licences(request: HttpRequest, person: Person) -> Panel:
    rows = (
        DriverLicence.objects.filter(linked_with(DriverLicence, person.pk))
        .visible_to(request.user)
        .order_by("-id")
    )
    found = list(rows[: PANEL_ROWS + 1])
    return Panel(
        _("Driving licences"),
        columns=[_("licence number"), _("class"), _("status")],
        rows=[
            (
                Cell(str(licence), url=detail_url(request, licence)),
                Cell(licence.licence_class),
                Cell(licence.get_status_display(), badge=LICENCE_BADGES[licence.status]),
            )
            for licence in found[:PANEL_ROWS]
        ],
        empty=_("No licence has been matched to this person."),
        **_more(request, DriverLicence, f"person={person.pk}", found),
    )


def make_of(vehicle: Vehicle) -> str:
    """Brand and model in one phrase."""
    return " ".join(part for part in (vehicle.brand, vehicle.model_code) if part) or words(None)


def _violations(request: HttpRequest, rows: QuerySet[Violation], *, query: str) -> Panel:
    found = list(rows.order_by("-id")[: PANEL_ROWS + 1])
    return Panel(
        _("Violations"),
        columns=[_("date"), _("kind"), _("behaviour"), _("status")],
        rows=[
            (
                Cell(words(offence.occurred_on), url=detail_url(request, offence)),
                Cell(field_words(offence, "vehicle_kind")),
                Cell(words(offence.behaviour or offence.behaviour_code)),
                Cell(offence.get_status_display(), badge=VIOLATION_BADGES[offence.status]),
            )
            for offence in found[:PANEL_ROWS]
        ],
        empty=_("None on record."),
        **_more(request, Violation, query, found),
    )


def _more(request: HttpRequest, model: Any, query: str, found: list[Any]) -> dict[str, Any]:
    more = len(found) > PANEL_ROWS
    return {"more_url": list_url(request, model, query) if more else "", "more": _("All of them")}
