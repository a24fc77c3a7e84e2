"""The page of one lot of declarations: what it is, how its sample stands, the steps that may be taken."""

from typing import Any

from django.contrib import messages
from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cases.admin.confirmation_queue import address, counts_key
from cases.admin.lot_facts import lot_facts
from cases.confirmations.deciding import CONFIRM
from cases.confirmations.lots import JUDGE, TAKE_BACK, lot_give_up, lot_make, lot_take_back, why_not_judge
from cases.confirmations.words import NEXT, REASONS, plan_sentence, result_sentence
from cases.models import ConfirmationLot, LotDeclaration
from cases.models.confirmation import LotState
from cases.models.declaration import Waiting
from vehreg.accounts.models import User
from vehreg.adminsite.admin import BaseAdmin
from vehreg.adminsite.panels import Cell, Panel, page_of
from vehreg.adminsite.steps import officer, put_on_trail, take_step
from vehreg.adminsite.words import count
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
        "facts": [
            (_("ward"), lot.unit.name),
            *lot_facts(
                lot,
                (_("made by"), lot.made_at, lot.made_by_name),
                (_("sample settled"), lot.settled_at, ""),
            ),
        ],
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
    user = officer(request, CONFIRM)
    lot = find_lot(user, pk)
    return take_step(request, lot, "give_up", lambda: lot_give_up(lot=lot, user=user))


@require_POST
def take_back_view(request: HttpRequest, pk: int) -> HttpResponse:
    user = officer(request, TAKE_BACK)
    lot, reason = find_lot(user, pk), request.POST.get("reason", "")
    return take_step(request, lot, "take_back", lambda: lot_take_back(lot=lot, user=user, reason=reason))
