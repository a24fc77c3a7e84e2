"""One declaration to confirm: all there is to judge it by on one screen, Enter to confirm and go on."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _

from cases.admin.confirmation_queue import (
    address,
    asked_kind,
    asked_unit,
    counts_key,
    one_address,
    waiting_count,
)
from cases.admin.declaration_panels import case_panel, siblings_panel, subject_words
from cases.confirmations.deciding import (
    CONFIRM,
    ConfirmationRefused,
    declaration_confirm,
    declaration_question,
)
from cases.confirmations.shown import WITH_SIDES, sides
from cases.confirmations.standing import seen_now
from cases.confirmations.waiting import next_waiting
from cases.models import Confirmation, Declaration
from vehreg.accounts.models import User
from vehreg.accounts.privacy import may_state_purpose, stated_purpose
from vehreg.adminsite import looks
from vehreg.adminsite.admin import BaseAdmin
from vehreg.adminsite.counting import count_words
from vehreg.adminsite.panels import Panel, with_added_panels
from vehreg.adminsite.steps import put_on_trail
from vehreg.remembered import forget


def one_view(model_admin: BaseAdmin, request: HttpRequest, pk: int) -> HttpResponse:
    """Show one declaration, or take the officer's word on it and go on to the next."""
    if not isinstance(request.user, User) or not model_admin.has_view_permission(request):
        raise PermissionDenied
    declaration = find_declaration(request.user, pk)
    if request.method == "POST":
        return _decide(request, request.user, declaration)
    if "later" in request.GET:
        return _go_on(request, request.user, declaration)
    return _show(model_admin, request, request.user, declaration)


def find_declaration(user: User, pk: int) -> Declaration:
    """The declaration with its entry and person, if this user may see it. Raises `Http404`."""
    visible = Declaration.objects.visible_to(user).select_related(*WITH_SIDES)
    declaration: Declaration | None = visible.filter(pk=pk).first()
    if declaration is None:
        raise Http404
    return declaration


def sides_context(request: HttpRequest, declaration: Declaration, *, whole: bool) -> dict[str, Any]:
    """What the comparison on a page needs, with the mark of what is shown."""
    return {
        "declaration": declaration,
        "subject": subject_words(declaration),
        "rows": sides(declaration, whole=whole),
        "seen": seen_now(declaration.pk),
    }


def sees_whole_numbers(request: HttpRequest, permission: str) -> bool:
    """Confirming is the purpose of those who do it; anybody else states one first."""
    return request.user.has_perm(permission) or stated_purpose(request) is not None


def _show(model_admin: BaseAdmin, request: HttpRequest, user: User, declaration: Declaration) -> HttpResponse:
    """The look is on the trail before the declaration is shown."""
    looks.record_view(request, declaration)
    kind, unit_code = asked_kind(request), asked_unit(request, user)
    whole = sees_whole_numbers(request, CONFIRM)
    with transaction.atomic():
        context = model_admin.admin_site.each_context(request) | {
            "title": _("Confirm %(subject)s") % {"subject": subject_words(declaration)},
            "opts": model_admin.opts,
            "kind": kind,
            "unit_code": unit_code,
            "waiting": count_words(waiting_count(request)),
            "may_decide": declaration.waits is not None and user.has_perm(CONFIRM),
            "back": address(kind, unit_code),
            "later_url": f"{one_address(declaration, kind, unit_code)}&later=1",
            "panels": _panels(request, declaration),
            "offers_purpose": not whole and may_state_purpose(user),
            **sides_context(request, declaration, whole=whole),
        }
        return render(request, "admin/cases/confirmation/one.html", context)


def _panels(request: HttpRequest, declaration: Declaration) -> list[Panel]:
    makers = with_added_panels(Declaration, (case_panel, siblings_panel))
    return [panel for maker in makers if (panel := maker(request, declaration)) is not None]


def _decide(request: HttpRequest, user: User, declaration: Declaration) -> HttpResponse:
    kind, unit_code = asked_kind(request), asked_unit(request, user)
    seen, reason = request.POST.get("seen", ""), request.POST.get("reason", "")
    try:
        if request.POST.get("word") == Confirmation.Outcome.QUESTIONED:
            word = declaration_question(declaration=declaration, seen=seen, user=user, reason=reason)
        else:
            word = declaration_confirm(declaration=declaration, seen=seen, user=user)
    except ConfirmationRefused as refused:
        messages.warning(request, str(refused))
        still = Declaration.objects.filter(pk=declaration.pk, waits__isnull=False).exists()
        if still:
            return HttpResponseRedirect(one_address(declaration, kind, unit_code))
    else:
        put_on_trail(request, declaration, word.outcome, confirmation=word.pk)
        told = {"subject": subject_words(declaration), "outcome": word.get_outcome_display()}
        messages.success(request, _("%(subject)s: %(outcome)s.") % told)
        forget(counts_key(user, unit_code))
    return _go_on(request, user, declaration)


def _go_on(request: HttpRequest, user: User, declaration: Declaration) -> HttpResponse:
    """To the next declaration of the queue; to the queue where that was the last."""
    kind, unit_code = asked_kind(request), asked_unit(request, user)
    following = next_waiting(user, kind, after=declaration, unit_code=unit_code)
    if following is None:
        return HttpResponseRedirect(address(kind, unit_code))
    return HttpResponseRedirect(one_address(following, following.waits or kind, unit_code))
