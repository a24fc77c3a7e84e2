"""The page of one lot of declarations: what it is, how its sample stands, the steps that may be taken."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cases.admin.confirmation_queue import address, counts_key
from cases.confirmations.deciding import CONFIRM
from cases.confirmations.lots import JUDGE, TAKE_BACK, lot_give_up, lot_make, lot_take_back, why_not_judge
from cases.confirmations.words import NEXT, REASONS, plan_sentence, result_sentence
from cases.models import ConfirmationLot, LotDeclaration
from cases.models.confirmation import LotState
from cases.models.declaration import Waiting
from cases.workflow import Words
from vehreg.accounts.models import User
from vehreg.adminsite.admin import BaseAdmin
from vehreg.adminsite.panels import Cell, Panel
from vehreg.adminsite.words import count, words
from vehreg.audit.models import AuditEvent
from vehreg.audit.trail import record
from vehreg.jobs.kinds import Refused
from vehreg.jobs.models import JobState
from vehreg.remembered import forget

STATE_BADGES: dict[str, str] = {
    LotState.JUDGING: "info",
    LotState.CONFIRMING: "info",
    LotState.CONFIRMED: "good",
    LotState.REJECTED: "bad",
    LotState.TAKING_BACK: "info",
    LotState.TAKEN_BACK: "warn",
    LotState.GIVEN_UP: "plain",
}


def page_of(lot: ConfirmationLot) -> str:
    return reverse("admin:cases_confirmationlot_change", args=[lot.pk])


def officer(request: HttpRequest, permission: str) -> User:
    """The user who may do this. Raises `PermissionDenied`."""
    if not isinstance(request.user, User) or not request.user.has_perm(permission):
        raise PermissionDenied
    return request.user


def find_lot(user: User, pk: int | str) -> ConfirmationLot:
    """The lot, if this user may see it. Raises `Http404`."""
    visible = ConfirmationLot.objects.visible_to(user).select_related("unit", "job")
    lot: ConfirmationLot | None = visible.filter(pk=pk).first() if str(pk).isdigit() else None
    if lot is None:
        raise Http404
    return lot


def lot_view(model_admin: BaseAdmin, request: HttpRequest, pk: str) -> HttpResponse:
    """One lot. Nobody is named on it."""
    user = officer(request, "cases.view_confirmationlot")
    lot = find_lot(user, pk)
    context = model_admin.admin_site.each_context(request) | {
        "title": _("Lot %(number)s") % {"number": lot},
        "opts": model_admin.opts,
        "lot": lot,
        "badge": STATE_BADGES[lot.state],
        "next_step": NEXT[lot.state],
        "plan_sentence": plan_sentence(lot),
        "result_sentence": result_sentence(lot),
        "percent": 100 * lot.judged / max(1, lot.sample_size),
        "facts": _facts(lot),
        "panels": [panel for panel in [_ended_panel(lot)] if panel],
        "job": lot.job if lot.job and lot.job.state != JobState.SUCCEEDED else None,
        **_buttons(lot, user),
    }
    return render(request, "admin/cases/confirmation/lot.html", context)


def _buttons(lot: ConfirmationLot, user: User) -> dict[str, Any]:
    """The steps this user may take now; why not, where another could."""
    judging = lot.state == LotState.JUDGING
    refused = why_not_judge(lot, user) if judging and user.has_perm(JUDGE) else ""
    done = lot.state == LotState.CONFIRMED or (
        lot.state == LotState.CONFIRMING and not (lot.job and lot.job.is_live)
    )
    return {
        "refused": refused,
        "may_judge": judging and user.has_perm(JUDGE) and not refused,
        "may_give_up": judging and user.has_perm(CONFIRM),
        "may_take_back": done and user.has_perm(TAKE_BACK),
    }


def _facts(lot: ConfirmationLot) -> list[tuple[Words, str]]:
    """Who did what when."""
    steps = (
        (_("made by"), lot.made_at, lot.made_by_name),
        (_("sample settled"), lot.settled_at, ""),
        (_("taken back"), lot.taken_back_at, lot.taken_back_by_name),
    )
    facts: list[tuple[Words, str]] = [(_("ward"), lot.unit.name)]
    facts += [(label, " · ".join(filter(None, (words(at), name)))) for label, at, name in steps if at]
    return facts + ([(_("reason"), lot.take_back_reason)] if lot.take_back_reason else [])


def _ended_panel(lot: ConfirmationLot) -> Panel | None:
    """What became of the declarations, once there is anything to say."""
    moved = LotDeclaration.objects.filter(lot=lot).exclude(state=LotDeclaration.State.HELD)
    found = moved.order_by("state", "reason").values_list("state", "reason").annotate(rows=Count("pk"))
    rows = [
        [
            Cell(str(text))
            for text in (LotDeclaration.State(state).label, REASONS.get(reason, ""), count(number))
        ]
        for state, reason, number in found
    ]
    columns = [_("state"), _("reason"), _("declarations")]
    return Panel(_("How it ended"), columns=columns, rows=rows) if rows else None


@require_POST
def make_view(request: HttpRequest) -> HttpResponse:
    """Make a lot of the oldest plain declarations; then its own page."""
    user = officer(request, CONFIRM)
    size = request.POST.get("size", "")
    try:
        lot = lot_make(size=int(size) if size.isdigit() else 0, user=user)
    except Refused as refused:
        messages.warning(request, str(refused))
        return HttpResponseRedirect(address(Waiting.PLAIN))
    forget(counts_key(user))
    put_on_trail(request, lot, "make")
    return HttpResponseRedirect(page_of(lot))


@require_POST
def give_up_view(request: HttpRequest, pk: int) -> HttpResponse:
    return _take_step(request, pk, CONFIRM, "give_up", lambda lot, user: lot_give_up(lot=lot, user=user))


@require_POST
def take_back_view(request: HttpRequest, pk: int) -> HttpResponse:
    reason = request.POST.get("reason", "")
    return _take_step(
        request, pk, TAKE_BACK, "take_back",
        lambda lot, user: lot_take_back(lot=lot, user=user, reason=reason),
    )  # fmt: skip


def _take_step(
    request: HttpRequest, pk: int, permission: str, name: str, step: Callable[[ConfirmationLot, User], Any]
) -> HttpResponse:
    """Check who asks, take the step, return to the page; a step that is refused says why."""
    user = officer(request, permission)
    lot = find_lot(user, pk)
    try:
        step(lot, user)
    except Refused as refused:
        messages.warning(request, str(refused))
    else:
        put_on_trail(request, lot, name)
    return HttpResponseRedirect(page_of(lot))


def put_on_trail(request: HttpRequest, lot: ConfirmationLot, action: str) -> None:
    record(
        AuditEvent.Kind.CHANGE,
        request=request,
        subject_type="confirmationlot",
        subject_id=lot.pk,
        detail={"action": action},
    )
