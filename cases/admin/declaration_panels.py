"""A declaration on its page: what came of it, beside the register, its case, what others declared."""

from typing import Any

from django.db.models import Q
from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.models import Declaration, VerificationCase
from cases.models.declaration import DeclarationState
from cases.models.kinds import DiscrepancyKind
from cases.models.subject import Register
from registry.identity.numbers import mask
from registry.models import DriverLicence, Vehicle
from vehreg.adminsite.masking import is_whole
from vehreg.adminsite.panels import PANEL_ROWS, Cell, Panel, detail_url, list_url
from vehreg.adminsite.words import NOTHING, field_words, words

DECLARATION_BADGES: dict[str, str] = {
    DeclarationState.RECEIVED: "plain",
    DeclarationState.CONFIRMS: "good",
    DeclarationState.DIFFERS: "warn",
    DeclarationState.UNKNOWN: "info",
    DeclarationState.REPLACED: "plain",
}

# Who declared, as reconciliation found out (`Declaration.finding["declarant"]`).
_DECLARANTS: dict[str, Promise | str] = {
    "owner": gettext_lazy("the registered owner or holder"),
    "dead": gettext_lazy("the registered owner or holder, who has died by the population register"),
    "absent": gettext_lazy("the registered owner or holder, whom the population register does not know so"),
    "unsure": gettext_lazy("somebody with the name of the owner or holder; the number does not settle it"),
    "other": gettext_lazy("somebody else than the registered owner or holder"),
}
_NOT_FOUND: dict[str, Promise | str] = {
    "none": gettext_lazy("no such entry is registered"),
    "several": gettext_lazy("several entries fit"),
}


def subject_words(declaration: Declaration) -> str:
    """The plate or licence number as declared."""
    return words(declaration.plate or declaration.licence_number)


def entry_of(declaration: Declaration) -> Any:
    """The vehicle or licence it is about, or None."""
    return declaration.vehicle or declaration.licence


def outcome_panel(request: HttpRequest, declaration: Declaration) -> Panel:
    """What reconciliation made of it."""
    finding = declaration.finding
    state = Cell(str(declaration.get_state_display()), badge=DECLARATION_BADGES[declaration.state])
    rows = [(Cell(_("state")), state)]
    if finding.get("declarant") in _DECLARANTS:
        rows.append((Cell(_("declared by")), Cell(str(_DECLARANTS[finding["declarant"]]))))
    if finding.get("entry") in _NOT_FOUND:
        rows.append((Cell(_("entry")), Cell(str(_NOT_FOUND[finding["entry"]]))))
    if finding.get("kind"):
        rows.append((Cell(_("what is wrong")), Cell(str(DiscrepancyKind(finding["kind"]).label))))
    if finding.get("contested"):
        rows.append((Cell(_("contested")), Cell(_("somebody else declares the same"), badge="bad")))
    if finding.get("linked"):
        rows.append(
            (Cell(_("entry")), Cell(_("chosen by %(name)s") % {"name": finding["linked"]["by_name"]}))
        )
    if finding.get("replaced_by"):
        later = Declaration.objects.filter(pk=finding["replaced_by"]).visible_to(request.user).first()
        rows.append((Cell(_("replaced by")), Cell(words(later), url=detail_url(request, later))))
    rows.append((Cell(_("reconciled at")), Cell(words(declaration.reconciled_at))))
    return Panel(_("What came of it"), rows=rows)


def comparison_panel(request: HttpRequest, declaration: Declaration) -> Panel | None:
    """What was declared beside what the register says, the differences marked."""
    entry = entry_of(declaration)
    if entry is None and declaration.state == DeclarationState.UNKNOWN:
        return None  # what is near stands beside
    if entry is None:
        return Panel(_("In the register"), empty=_("No entry was found for this declaration."))
    if not type(entry)._default_manager.filter(pk=entry.pk).visible_to(request.user).exists():
        return Panel(_("In the register"), empty=_("An entry of another unit."))
    sides = (
        _vehicle_sides(declaration, entry)
        if isinstance(entry, Vehicle)
        else _licence_sides(declaration, entry)
    )
    differs = declaration.finding.get("differs") or {}
    return Panel(
        _("In the register"),
        columns=["", _("declared"), _("register")],
        rows=[
            (
                Cell(label),
                Cell(words(said), badge="warn" if field in differs else ""),
                Cell(words(registered), url=detail_url(request, entry) if field == "entry" else ""),
            )
            for field, label, said, registered in sides
        ],
        wide=True,
    )


def case_panel(request: HttpRequest, declaration: Declaration) -> Panel | None:
    """The cases of the entry that this declaration is part of."""
    entry = entry_of(declaration)
    register = Register.VEHICLE if isinstance(entry, Vehicle) else Register.LICENCE
    about = Q(discrepancies__declaration=declaration)
    if entry is not None:
        about |= Q(register=register, subject_id=entry.pk)
    cases = VerificationCase.objects.filter(about).visible_to(request.user).distinct().order_by("-pk")
    return Panel(
        _("Cases"),
        columns=[_("case"), _("what is wrong"), _("state")],
        rows=[
            (
                Cell(case.number, url=detail_url(request, case)),
                Cell(str(case.get_kind_display())),
                Cell(str(case.get_state_display())),
            )
            for case in cases[:PANEL_ROWS]
        ],
        empty=_("No case in the units you see."),
    )


def siblings_panel(request: HttpRequest, declaration: Declaration) -> Panel | None:
    """What else was declared of the same entry."""
    entry = entry_of(declaration)
    if entry is None:
        return None
    panel = entry_declarations(request, entry, without=declaration.pk)
    return panel if panel.rows else None


def entry_declarations(request: HttpRequest, entry: Any, without: int | None = None) -> Panel:
    """The declarations of a vehicle or licence, newest first."""
    column = "licence" if isinstance(entry, DriverLicence) else "vehicle"
    rows = Declaration.objects.filter(**{column: entry}).exclude(pk=without).visible_to(request.user)
    found = list(rows.order_by("-declared_at", "-pk")[: PANEL_ROWS + 1])
    query = f"{column}__id__exact={entry.pk}"
    return Panel(
        _("Other declarations") if without else _("Declarations"),
        columns=[_("declared at"), _("declared"), _("declarant"), _("state")],
        rows=[
            (
                Cell(words(one.declared_at), url=detail_url(request, one)),
                Cell(field_words(one, "usage_status")),
                Cell(one.declarant_name),
                Cell(str(one.get_state_display()), badge=DECLARATION_BADGES[one.state]),
            )
            for one in found[:PANEL_ROWS]
        ],
        empty=_("Nothing was declared in the units you see."),
        more_url=list_url(request, Declaration, query) if len(found) > PANEL_ROWS else "",
        more=_("All of them"),
    )


_Side = tuple[str, str, Any, Any]  # field, label, declared, registered


def _vehicle_sides(declaration: Declaration, vehicle: Vehicle) -> list[_Side]:
    owner = vehicle.owner
    return [
        ("entry", _("plate"), declaration.plate, vehicle.plate),
        ("vehicle_kind", _("kind"), field_words(declaration, "vehicle_kind"),
         field_words(vehicle, "vehicle_kind")),
        ("plate_colour", _("plate colour"), field_words(declaration, "plate_colour"),
         field_words(vehicle, "plate_colour")),
        ("chassis_no", _("chassis number"), declaration.chassis_no, vehicle.chassis_no),
        ("engine_no", _("engine number"), declaration.engine_no, vehicle.engine_no),
        ("status", _("status"), field_words(declaration, "usage_status"), field_words(vehicle, "status")),
        ("name", _("owner"), declaration.declarant_name, owner.name),
        ("number", _("ID number"), _hidden(declaration, declaration.declarant_id),
         _hidden(declaration, owner.id_number)),
    ]  # fmt: skip


def _licence_sides(declaration: Declaration, licence: DriverLicence) -> list[_Side]:
    return [
        ("entry", _("licence number"), declaration.licence_number, licence.number or licence.source_id),
        ("licence_class", _("class"), declaration.licence_class, licence.licence_class),
        ("name", _("holder"), declaration.declarant_name, licence.holder_name),
        ("number", _("ID number"), _hidden(declaration, declaration.declarant_id),
         _hidden(declaration, licence.holder_id_number)),
    ]  # fmt: skip


def _hidden(declaration: Declaration, number: str | None) -> str:
    """A number as this reader may see it."""
    if not number:
        return NOTHING
    return number if is_whole(declaration) else mask(number)
