"""The judge of a lot's sample: one declaration at a time, and three answers. Nothing of other answers."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from cases.admin.confirmation_lot_page import find_lot
from cases.admin.confirmation_page import find_declaration, sides_context
from cases.confirmations.lots import JUDGE, next_sampled, sample_answer, why_not_judge
from cases.models import ConfirmationLot, LotSample
from cases.models.confirmation import LotState
from vehreg.accounts.models import User
from vehreg.adminsite import looks
from vehreg.adminsite.admin import BaseAdmin
from vehreg.adminsite.panels import page_of
from vehreg.adminsite.steps import officer
from vehreg.jobs.kinds import Refused

# Keys and answers, in the order of the buttons.
ANSWERS = (
    ("1", LotSample.Answer.RIGHT),
    ("2", LotSample.Answer.WRONG),
    ("3", LotSample.Answer.UNDECIDABLE),
)


def judge_view(model_admin: BaseAdmin, request: HttpRequest, pk: int) -> HttpResponse:
    """Show the next declaration of the sample, or take the answer on one and come back for the next."""
    user = officer(request, JUDGE)
    lot = find_lot(user, pk)
    if request.method == "POST":
        return _answer(request, user, lot)
    if refused := why_not_judge(lot, user):
        messages.warning(request, refused)
        return HttpResponseRedirect(page_of(lot))
    sampled = next_sampled(lot, user)
    if sampled is None:
        return HttpResponseRedirect(page_of(lot))
    return _show(model_admin, request, user, sampled)


def _show(model_admin: BaseAdmin, request: HttpRequest, user: User, sampled: LotSample) -> HttpResponse:
    """The look is on the trail before the declaration is shown."""
    declaration = find_declaration(user, sampled.of.declaration_id)
    looks.record_view(request, declaration)
    with transaction.atomic():
        context: dict[str, Any] = model_admin.admin_site.each_context(request) | {
            "title": _("Judge the sample of lot %(number)s") % {"number": f"#{sampled.lot_id}"},
            "opts": model_admin.opts,
            "lot": sampled.lot,
            "sampled": sampled,
            "answers": [(key, answer.value, answer.label) for key, answer in ANSWERS],
            # Judging is the purpose: whoever judges sees the numbers whole.
            **sides_context(request, declaration, whole=True),
        }
        return render(request, "admin/cases/confirmation/judge.html", context)


def _answer(request: HttpRequest, user: User, lot: ConfirmationLot) -> HttpResponse:
    pk = request.POST.get("sampled", "")
    sampled = LotSample.objects.select_related("of").filter(lot=lot, pk=pk).first() if pk.isdigit() else None
    if sampled is None:
        raise BadRequest
    try:
        lot = sample_answer(
            sampled=sampled,
            answer=request.POST.get("answer", ""),
            seen=request.POST.get("seen", ""),
            user=user,
        )
    except Refused as refused:
        messages.warning(request, str(refused))
        lot = find_lot(user, lot.pk)
    if lot.state != LotState.JUDGING:
        return HttpResponseRedirect(page_of(lot))
    return HttpResponseRedirect(reverse("admin:cases_confirmationlot_judge", args=[lot.pk]))
