"""The queue of declarations to confirm: plain ones, those to be looked at; a lot of the plain ones."""

from typing import Any
from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from cases.admin.declaration_panels import subject_words
from cases.admin.queue import unit_choices
from cases.confirmations.deciding import CONFIRM
from cases.confirmations.lots import lots_to_judge
from cases.confirmations.waiting import waiting_for, waiting_page
from cases.models import ConfirmationLot, Declaration
from cases.models.confirmation import UNDER_WAY
from cases.models.declaration import Waiting
from vehreg.accounts.models import User
from vehreg.accounts.scope import sees_every_unit
from vehreg.adminsite.admin import BaseAdmin
from vehreg.adminsite.counting import capped_counts, count_words
from vehreg.adminsite.keyset import AFTER_VAR, BEFORE_VAR
from vehreg.remembered import remembered

PAGE = "admin:cases_confirmation_waiting"
PAGE_SIZE = 50
# A count beside the menu line may be this old, in seconds: every page shows it.
REMEMBERED = 15
_LOTS = "lots"
# How many of the oldest plain ones a lot may take; the rule says how many at most.
LOT_SIZES = (200, 500, 1_000, 2_000, 5_000)


def waiting_count(request: HttpRequest) -> int:
    """How many declarations wait for this user, at most some seconds old."""
    assert isinstance(request.user, User)
    return sum(_counts(request.user).values())


def lots_count(request: HttpRequest) -> int:
    """How many lots wait for this user to judge their sample, as old at most."""
    user = request.user
    assert isinstance(user, User)
    return remembered(counts_key(user), lambda: _count(user, ""), REMEMBERED)[_LOTS]


def asked_kind(request: HttpRequest) -> Waiting:
    """Which kind the address asks for; without one: the plain ones."""
    text = request.GET.get("kind", "") or request.POST.get("kind", "")
    return Waiting(int(text)) if text.isdigit() and int(text) in Waiting.values else Waiting.PLAIN


def asked_unit(request: HttpRequest, user: User) -> str:
    """The ward the address asks for, of those who see more than one."""
    asked = request.GET.get("unit", "") or request.POST.get("unit", "")
    return asked if sees_every_unit(user) else ""


def address(kind: int, unit_code: str = "", **more: str) -> str:
    """The queue of a kind, of a ward."""
    return f"{reverse(PAGE)}?{urlencode(own_params(kind, unit_code) | more)}"


def own_params(kind: int, unit_code: str) -> dict[str, str]:
    return {"kind": str(int(kind))} | ({"unit": unit_code} if unit_code else {})


def queue_view(model_admin: BaseAdmin, request: HttpRequest) -> HttpResponse:
    """One page of the queue."""
    if not isinstance(request.user, User) or not model_admin.has_view_permission(request):
        raise PermissionDenied
    context = model_admin.admin_site.each_context(request) | _context(request, request.user)
    context |= {"title": _("Declarations to confirm"), "opts": model_admin.opts}
    return render(request, "admin/cases/confirmation/queue.html", context)


def _context(request: HttpRequest, user: User) -> dict[str, Any]:
    kind, unit_code = asked_kind(request), asked_unit(request, user)
    page = waiting_page(
        user,
        kind,
        unit_code=unit_code,
        size=PAGE_SIZE,
        after=request.GET.get(AFTER_VAR, ""),
        before=request.GET.get(BEFORE_VAR, ""),
    )
    counts = _counts(user, unit_code)
    rows: list[Declaration] = page.rows
    return {
        "kind": kind,
        "tabs": [(one, one.label, count_words(counts[one]), address(one, unit_code)) for one in Waiting],
        "rows": [(row, subject_words(row), one_address(row, kind, unit_code)) for row in rows],
        "previous_url": rows and page.has_previous and address(kind, unit_code, before=str(rows[0].pk)),
        "next_url": rows and page.has_next and address(kind, unit_code, after=str(rows[-1].pk)),
        "units": unit_choices() if sees_every_unit(user) else [],
        "unit_code": unit_code,
        "may_confirm": user.has_perm(CONFIRM),
        **_lots(user, counts[Waiting.PLAIN]),
    }


def one_address(declaration: Declaration, kind: int, unit_code: str) -> str:
    """The page of one declaration, within the queue it was opened from."""
    page = reverse("admin:cases_confirmation_one", args=[declaration.pk])
    return f"{page}?{urlencode(own_params(kind, unit_code))}"


def _lots(user: User, plain: int) -> dict[str, Any]:
    """The lot of this ward that is under way, or what is needed to make one."""
    if user.unit_id is None:
        return {"to_judge": lots_to_judge(user).first()}
    under_way = ConfirmationLot.objects.visible_to(user).filter(state__in=UNDER_WAY).first()
    may_make = under_way is None and user.has_perm(CONFIRM) and plain > 0
    waits = under_way is not None and lots_to_judge(user).filter(pk=under_way.pk).exists()
    return {
        "lot": under_way,
        "to_judge": under_way if waits else None,
        "lot_sizes": [size for size in LOT_SIZES if size < plain] + [min(plain, LOT_SIZES[-1])]
        if may_make
        else [],
    }


def _counts(user: User, unit_code: str = "") -> dict[int, int]:
    """How many of each kind wait."""
    found = remembered(counts_key(user, unit_code), lambda: _count(user, unit_code), REMEMBERED)
    return {kind: found[str(kind)] for kind in Waiting.values}


def _count(user: User, unit_code: str) -> dict[str, int]:
    """What waits for this user, capped, in one query: declarations by kind, samples of lots."""
    declarations = {
        str(kind): waiting_for(user, kind, unit_code=unit_code).values("pk") for kind in Waiting.values
    }
    return capped_counts({**declarations, _LOTS: lots_to_judge(user).values("pk")})


def counts_key(user: User, unit_code: str = "") -> str:
    return f"to-confirm-{user.pk}-{unit_code}"
