"""What stands above the list: how many there are, as of when, and the buttons; and the reading they begin."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cases.admin.outreach.asked import asked_register, asked_unit, counted
from cases.outreach.counts import WardCount, ward_counts
from cases.outreach.job import live_reading, start_reading
from cases.outreach.orders import FILES
from vehreg.accounts.models import Unit, User
from vehreg.adminsite.words import count, words
from vehreg.audit.models import AuditEvent
from vehreg.audit.trail import record

LIST = "admin:cases_doorstep_changelist"
_ASKED = ("unit", "register", "group", "q")
_OFFERED = ("walk_pdf", "walk_xlsx", "notices")


def record_look(request: HttpRequest) -> None:
    """The list names people and where they live: the look is on the trail before it is shown."""
    unit = asked_unit(request.user, request.GET)
    detail = {"unit": unit.code if unit else "", "register": asked_register(request.GET)}
    if request.GET.get("group"):
        detail["group"] = request.GET["group"][:80]
    record(AuditEvent.Kind.VIEW, request=request, subject_type="doorstep", detail=detail)


def list_context(request: HttpRequest) -> dict[str, Any]:
    """For the template above the list."""
    unit = asked_unit(request.user, request.GET)
    job = live_reading(unit)
    shown: dict[str, Any] = {"unit": unit, "job": job}
    if unit is None:
        return shown | {"title": _("Not declared yet"), "wards": _ward_lines(request)}
    found = counted(request)
    return shown | {
        "title": _("Not declared yet: %(unit)s") % {"unit": unit.name},
        "was_read": found.counted_at is not None,
        "people": count(found.people),
        "counted_at": words(found.counted_at),
        "how_sure": _how_sure(found),
        "asked": {name: request.GET[name] for name in _ASKED if request.GET.get(name)},
        "offers": [
            (name, FILES[name].title) for name in _OFFERED if request.user.has_perm(FILES[name].permission)
        ],
    }


@require_POST
def read_view(request: HttpRequest) -> HttpResponse:
    """Have the ward read anew; a second click finds the same reading."""
    user, unit = request.user, asked_unit(request.user, request.POST)
    if not isinstance(user, User) or not user.has_perm("cases.view_declaration"):
        raise PermissionDenied
    if unit is None and not user.has_perm("cases.assign_verificationcase"):
        raise PermissionDenied
    start_reading(unit=unit, user=user)
    messages.info(request, _("The registers are being read. The list follows in a moment."))
    return HttpResponseRedirect(list_address(unit, request.POST.dict()))


def list_address(unit: Unit | None, asked: dict[str, str]) -> str:
    """The list as it was asked for."""
    params = {name: asked[name] for name in _ASKED if asked.get(name)}
    return reverse(LIST) + (f"?{urlencode(params)}" if params else "")


def _how_sure(found: WardCount) -> str:
    """How many stand in a group that is written, in a lane alone, in neither."""
    lanes = sum(group.people for group in found.groups if group.is_lane)
    nowhere = sum(group.people for group in found.groups if not group.key)
    return _(
        "Residential groups as the addresses name them: %(written)s with a group, %(lanes)s with a lane only "
        "(it may lie in two groups), %(nowhere)s with neither."
    ) % {
        "written": count(found.people - lanes - nowhere),
        "lanes": count(lanes),
        "nowhere": count(nowhere),
    }


def _ward_lines(request: HttpRequest) -> list[dict[str, str]]:
    """Every ward with its figure, for those who see more than one."""
    assert isinstance(request.user, User)
    register = asked_register(request.GET)
    return [
        {
            "name": unit.short_name,
            "people": count(row.people),
            "at": words(row.counted_at),
            "url": "?" + urlencode({"unit": unit.pk, "register": register}),
        }
        for unit, row in ward_counts(request.user, register=register)
    ]
