"""The case page: one case, what the registers say, who it may be, and the moves allowed now."""

from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from cases.checks.rules import BY_CODE
from cases.desk.page import CasePage, case_page
from cases.models import VerificationCase
from cases.models.case import Disposition
from cases.models.kinds import DeclaredKind
from cases.queues import Queue
from cases.services.corrections import CORRECTABLE, MODELS, plain
from cases.services.proposals import PLANS, dispositions_for
from cases.workflow import APPROVE, WORK, allowed_moves
from registry.models.vehicle import VehicleStatus
from vehreg.accounts.models import Unit, User
from vehreg.accounts.privacy import stated_purpose
from vehreg.adminsite import looks
from vehreg.adminsite.admin import BaseAdmin
from vehreg.remembered import UNITS_REMEMBERED, remembered

# Seconds that the list of officers may be old.
REMEMBERED = 60


def find_case(request: HttpRequest, pk: int | str) -> VerificationCase:
    """The case, if this user may see it. Raises `Http404`."""
    assert isinstance(request.user, User)
    cases = VerificationCase.objects.visible_to(request.user).select_related(
        "unit", "assignee", "proposed_by", "approved_by", "person__unit", "opened_by_run"
    )
    case: VerificationCase | None = cases.filter(pk=pk).first() if str(pk).isdigit() else None
    if case is None:
        raise Http404
    return case


def sees_whole_numbers(request: HttpRequest) -> bool:
    """Settling the case is the purpose of those who work on it; anybody else states one first."""
    assert isinstance(request.user, User)
    works = request.user.has_perm(WORK) or request.user.has_perm(APPROVE)
    return works or stated_purpose(request) is not None


def case_view(model_admin: BaseAdmin, request: HttpRequest, pk: str) -> HttpResponse:
    """Show one case. The look is on the trail before anything is read."""
    case = find_case(request, pk)
    if not model_admin.has_view_permission(request, case):
        raise Http404
    looks.record_view(request, case)
    assert isinstance(request.user, User)
    context = _context(case, request, request.user)
    context |= model_admin.admin_site.each_context(request)
    context |= {"opts": model_admin.opts, "title": case.number}
    return render(request, "admin/cases/case.html", context)


def _context(case: VerificationCase, request: HttpRequest, user: User) -> dict[str, Any]:
    queue = Queue.from_params(request.GET.dict())
    previous, following = queue.next_to(case, user)
    moves = {move.name: move for move in allowed_moves(case, user)}
    page = case_page(case, user=user, whole=sees_whole_numbers(request))
    primary = _primary(page) if "propose" in moves else ""
    return {
        "page": page,
        "case": case,
        "queue": queue,
        "query": urlencode(queue.as_params()),
        "previous": previous,
        "following": following,
        "moves": moves,
        "days_left": (case.due_on - timezone.localdate()).days,
        "endings": _endings(page) if "propose" in moves else [],
        "primary": primary,
        "picks_person": bool(primary) and PLANS[primary].needs_person,
        "fields": _fields(page) if "propose" in moves else [],
        "statuses": VehicleStatus.choices,
        "officers": _officers(case) if "assign" in moves else [],
        "units": _other_units(case) if "hand_over" in moves else [],
        "offers_purpose": not sees_whole_numbers(request),
    }


def _other_units(case: VerificationCase) -> list[Unit]:
    """Where the case can be handed over to."""
    units = remembered("units-by-name", lambda: list(Unit.objects.order_by("name")), UNITS_REMEMBERED)
    return [unit for unit in units if unit.pk != case.unit_id]


def _primary(page: CasePage) -> str:
    """The plain way to end this case: what the big button proposes."""
    if page.declared_changes and page.case.kind in DeclaredKind.values:
        return Disposition.AS_DECLARED
    rule = BY_CODE.get(page.case.kind)
    if rule and Disposition.LINK_PERSON not in rule.endings:
        return ""
    if page.choices and page.choices[0].person is not None and page.case.register != "vehicle":
        return Disposition.INHERITANCE if page.case.kind == "deceased" else Disposition.LINK_PERSON
    return ""


def _endings(page: CasePage) -> list[dict[str, Any]]:
    """Ways to end the case that the big button does not offer."""
    without = set() if page.declared_changes else {Disposition.AS_DECLARED.value}
    return [
        {
            "name": name,
            "label": Disposition(name).label,
            "needs_person": PLANS[name].needs_person,
            "needs_reason": PLANS[name].needs_reason,
        }
        for name in dispositions_for(page.case)
        if name not in without
    ]


def _fields(page: CasePage) -> list[dict[str, Any]]:
    """What may be corrected by hand, with what it says now."""
    if page.entry is None:
        return []
    model = MODELS[page.case.register]
    return [
        {
            "name": name,
            "label": str(model._meta.get_field(name).verbose_name),  # type: ignore[union-attr]
            "value": plain(getattr(page.entry, name)),
            "type": "date" if "birth_date" in name else "text",
        }
        for name in CORRECTABLE[page.case.register]
        if name != "status"
    ]


def _officers(case: VerificationCase) -> list[User]:
    """Who can be given this case: officers of its unit, and of the city. Remembered; giving asks again."""

    def found() -> list[User]:
        people = User.objects.filter(is_active=True).select_related("unit").order_by("full_name", "username")
        in_reach = people.filter(unit=case.unit) | people.filter(role__startswith="city_")
        return [officer for officer in in_reach if officer.has_perm(WORK)]

    return remembered(f"officers-of-{case.unit_id}", found, REMEMBERED)
