"""One POST for every move of a case: which service makes it, and where the officer goes next."""

from collections.abc import Callable
from datetime import date
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.urls import reverse
from django.utils.dateparse import parse_date
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cases.admin.case_page import find_case
from cases.models import VerificationCase
from cases.queues import Queue
from cases.services.approvals import case_approve, case_return
from cases.services.moves import MoveRefused, case_assign, case_hand_over, case_wait, make_move
from cases.services.proposals import case_propose
from cases.workflow import MOVES, Words
from registry.identity.numbers import id_key
from registry.models import Person
from vehreg.accounts.models import Unit, User
from vehreg.adminsite.admin import BaseAdmin
from vehreg.adminsite.panels import page_of

# Makes the move from what was posted and returns the sentence to show.
Maker = Callable[[VerificationCase, User, int, QueryDict], Words]
# After these the officer is done with the case and goes on to the next one of the queue.
_GOES_ON = frozenset({"propose", "approve", "return", "hand_over", "wait"})


@method_decorator(require_POST)
def move_view(model_admin: BaseAdmin, request: HttpRequest, pk: int) -> HttpResponse:
    """Make one move, say what happened, and go on: to the next case, or back to this one."""
    case = find_case(request, pk)
    name = request.POST.get("move", "")
    if name not in _MAKERS:
        raise PermissionDenied
    assert isinstance(request.user, User)
    queue = Queue.from_params(request.POST.dict())
    _before, following = queue.next_to(case, request.user)
    try:
        said = _MAKERS[name](case, request.user, _number(request.POST, "version"), request.POST)
    except MoveRefused as refused:
        messages.error(request, str(refused))
        return HttpResponseRedirect(case_address(case, queue))
    messages.success(request, f"{case.number}: {said}")
    if name in _GOES_ON and request.POST.get("stay") != "1":
        return HttpResponseRedirect(case_address(following, queue) if following else _queue_address(queue))
    return HttpResponseRedirect(case_address(case, queue))


def case_address(case: VerificationCase, queue: Queue) -> str:
    return page_of(case) + _query(queue)


def _queue_address(queue: Queue) -> str:
    return reverse("admin:cases_verificationcase_changelist") + _query(queue)


def _query(queue: Queue) -> str:
    return f"?{urlencode(queue.as_params())}" if queue.as_params() else ""


def _number(post: QueryDict, name: str) -> int:
    text = post.get(name, "")
    return int(text) if text.isdigit() and len(text) < 19 else 0


def _plain(name: str) -> Maker:
    def maker(case: VerificationCase, user: User, version: int, post: QueryDict) -> Words:
        make_move(case=case, move=name, user=user, version=version, reason=post.get("reason", ""))
        return MOVES[name].past

    return maker


def _assign(case: VerificationCase, user: User, version: int, post: QueryDict) -> Words:
    officer = User.objects.filter(pk=_number(post, "assignee")).first()
    if officer is None:
        raise MoveRefused(_("Choose an officer."))
    case_assign(case=case, user=user, version=version, assignee=officer)
    return _("Assigned to %(name)s") % {"name": officer}


def _hand_over(case: VerificationCase, user: User, version: int, post: QueryDict) -> Words:
    unit = Unit.objects.filter(pk=_number(post, "unit")).first()
    if unit is None:
        raise MoveRefused(_("Choose the unit."))
    case_hand_over(case=case, user=user, version=version, unit=unit, reason=post.get("reason", ""))
    return _("Handed over to %(unit)s") % {"unit": unit}


def _wait(case: VerificationCase, user: User, version: int, post: QueryDict) -> Words:
    until = _date(post.get("until", ""))
    case_wait(case=case, user=user, version=version, waiting_for=post.get("reason", ""), until=until)
    return MOVES["wait"].past


def _date(text: str) -> date | None:
    try:
        return parse_date(text)
    except ValueError:
        return None


def _propose(case: VerificationCase, user: User, version: int, post: QueryDict) -> Words:
    case_propose(
        case=case,
        user=user,
        version=version,
        disposition=post.get("disposition", ""),
        person=_person(post),
        values={key.removeprefix("field_"): post[key] for key in post if key.startswith("field_")},
        reason=post.get("reason", ""),
    )
    return _("Proposed; another officer decides")


def _person(post: QueryDict) -> Person | None:
    """The person whose number was typed, else the candidate chosen. Raises `MoveRefused`."""
    typed = post.get("person_number", "").strip()
    chosen: Person | None = Person.objects.filter(pk=_number(post, "person")).first()
    if not typed:
        return chosen
    number = id_key(typed)
    has_it = Q(personal_id=number) | Q(former_ids__contains=[number])
    found: Person | None = Person.objects.filter(has_it).first()
    if not number or found is None:
        raise MoveRefused(_("Nobody in the population register has this number."))
    return found


def _approve(case: VerificationCase, user: User, version: int, post: QueryDict) -> Words:
    decision = case_approve(case=case, user=user, version=version, reason=post.get("reason", ""))
    if not decision.applied:
        raise MoveRefused(decision.message)
    return decision.message


def _return(case: VerificationCase, user: User, version: int, post: QueryDict) -> Words:
    case_return(case=case, user=user, version=version, reason=post.get("reason", ""))
    return MOVES["return"].past


_MAKERS: dict[str, Maker] = {
    "take": _plain("take"),
    "verify": _plain("verify"),
    "resume": _plain("resume"),
    "release": _plain("release"),
    "take_back": _plain("take_back"),
    "assign": _assign,
    "hand_over": _hand_over,
    "wait": _wait,
    "propose": _propose,
    "approve": _approve,
    "return": _return,
}
