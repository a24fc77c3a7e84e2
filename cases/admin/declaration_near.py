"""Entries near to a declaration that no entry was found for, and the click that says which one it is."""

from typing import Any, Final

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from cases.declarations.linking import LinkRefused, declaration_link
from cases.models import Declaration
from cases.models.declaration import DeclarationState, DeclaredSubject
from cases.workflow import WORK
from registry.admin.tables import make_of
from registry.models import DriverLicence, Vehicle
from vehreg.accounts.models import User
from vehreg.adminsite.admin import BaseAdmin
from vehreg.adminsite.panels import Panel, detail_url
from vehreg.adminsite.words import field_words, words
from vehreg.audit.models import AuditEvent
from vehreg.audit.trail import record

# Why an entry is near (`cases.declarations.near`).
_WHY: Final[dict[str, Promise | str]] = {
    "same_plate": gettext_lazy("the same plate; the kind was not declared"),
    "other_colour": gettext_lazy("the same plate of another colour"),
    "other_kind": gettext_lazy("the same plate on another kind of vehicle"),
    "same_chassis": gettext_lazy("the same chassis number"),
    "same_engine": gettext_lazy("the same engine number"),
    "look_alike": gettext_lazy("a sign that looks alike"),
    "swapped": gettext_lazy("two neighbouring signs swapped"),
    "one_sign": gettext_lazy("one sign differs"),
    "same_number": gettext_lazy("the same licence number"),
    "same_holder": gettext_lazy("the declarant's own licence"),
}
_MODELS: Final = {DeclaredSubject.VEHICLE: Vehicle, DeclaredSubject.LICENCE: DriverLicence}


def near_panel(request: HttpRequest, declaration: Declaration) -> Panel | None:
    """What it may be about. Entries of other units are only counted."""
    if declaration.state != DeclarationState.UNKNOWN:
        return None
    kept = declaration.finding.get("candidates", [])
    entries = _visible(request, declaration, [one["entry"] for one in kept]) if kept else {}
    may_link = request.user.has_perm(WORK)
    lines = [
        {
            "entry": one["entry"],
            "name": str(entries[one["entry"]]),
            "url": detail_url(request, entries[one["entry"]]),
            "what": _what(entries[one["entry"]]),
            "why": str(_WHY.get(one["why"], one["why"])),
            "fits": one["fits"],
        }
        for one in kept
        if one["entry"] in entries
    ]
    return Panel(
        _("Not in the register. Is it one of these?") if kept else _("Unknown to the register"),
        note=words(declaration.plate or declaration.licence_number),
        empty=_("Nothing near was found: no plate or number one sign off, no licence of the declarant."),
        template="admin/cases/declaration/near.html" if kept else "",
        context={
            "lines": lines,
            "elsewhere": len(kept) - len(lines),
            "action": reverse("admin:cases_declaration_entry", args=[declaration.pk]) if may_link else "",
        },
        wide=True,
    )


@method_decorator(require_POST)
def entry_view(model_admin: BaseAdmin, request: HttpRequest, pk: int) -> HttpResponse:
    """Link the declaration with the entry that was clicked, reconcile it, and show what came of it."""
    declaration = Declaration.objects.filter(pk=pk).visible_to(request.user).first()
    if declaration is None:
        raise Http404
    if not request.user.has_perm(WORK):
        raise PermissionDenied
    entry_id = request.POST.get("entry", "")
    chosen = _visible(request, declaration, [int(entry_id)] if entry_id.isdecimal() else [])
    if not chosen:
        raise Http404
    assert isinstance(request.user, User)
    try:
        with transaction.atomic():
            done = declaration_link(declaration=declaration, entry_id=int(entry_id), user=request.user)
            detail = {"entry": int(entry_id), "register": declaration.subject, "state": done.state}
            record(
                AuditEvent.Kind.CHANGE, request=request, subject_type="declaration",
                subject_id=done.pk, detail=detail,
            )  # fmt: skip
    except LinkRefused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("Linked and reconciled: %(state)s") % {"state": done.get_state_display()})
    return HttpResponseRedirect(reverse("admin:cases_declaration_change", args=[pk]))


def _visible(request: HttpRequest, declaration: Declaration, ids: list[int]) -> dict[int, Any]:
    model: Any = _MODELS[DeclaredSubject(declaration.subject)]
    rows = model._default_manager.filter(pk__in=ids).visible_to(request.user)
    if model is Vehicle:
        rows = rows.select_related("owner")
    return {row.pk: row for row in rows}


def _what(entry: Any) -> str:
    """The entry in one line, so that the officer sees whose it is."""
    shown = [entry.licence_class, entry.holder_name] if isinstance(entry, DriverLicence) else [
        field_words(entry, "vehicle_kind"), field_words(entry, "plate_colour"), make_of(entry),
        entry.owner.name,
    ]  # fmt: skip
    return " · ".join(part for part in shown if part)
