"""Bulk moves: choose, see what will happen, let the job do it."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cases.models.case import CaseState
from cases.models.kinds import DiscrepancyKind
from cases.queues import Queue
from cases.services.bulk import BULK_MOVES, Params, bulk_preview, bulk_start
from cases.workflow import MOVES, WORK
from vehreg.accounts.models import Unit, User
from vehreg.accounts.scope import sees_every_unit
from vehreg.adminsite.admin import BaseAdmin
from vehreg.jobs.kinds import Refused

# A hand selection comes from one page of the queue.
MOST_CHOSEN = 200


@method_decorator(require_POST)
def bulk_view(model_admin: BaseAdmin, request: HttpRequest) -> HttpResponse:
    """First the preview, then, confirmed, the job."""
    assert isinstance(request.user, User)
    name = request.POST.get("bulk", "")
    if name not in BULK_MOVES or not request.user.has_perm(MOVES[name].permission):
        raise PermissionDenied
    queue = Queue.from_params(request.POST.dict())
    params = _params(request.POST)
    if request.POST.get("confirmed") == "1":
        return _start(request, request.user, name, queue, params)
    context = _preview(request.user, name, queue, params)
    context |= model_admin.admin_site.each_context(request) | {"opts": model_admin.opts}
    return render(request, "admin/cases/bulk.html", context)


def _params(post: QueryDict) -> Params:
    """What the move needs, and the cases chosen by hand; none chosen: the whole queue."""
    chosen = [int(text) for text in post.getlist("case")[:MOST_CHOSEN] if str(text).isdigit()]
    numbers = {name: int(str(post[name])) for name in ("assignee", "to_unit") if post.get(name, "").isdigit()}
    params: Params = {"ids": chosen} if chosen else {}
    if "assignee" in numbers:
        params["assignee"] = numbers["assignee"]
    if "to_unit" in numbers:
        params["unit"] = numbers["to_unit"]
    return params | {"reason": post.get("reason", "")}


def _preview(user: User, name: str, queue: Queue, params: Params) -> dict[str, Any]:
    preview = bulk_preview(user=user, move=name, queue=queue, params=params)
    return {
        "title": BULK_MOVES[name].label,
        "move": BULK_MOVES[name],
        "query": urlencode(queue.as_params()),
        "hidden": queue.as_params(),
        "chosen": params.get("ids", []),
        "preview": preview,
        "kinds": [(DiscrepancyKind(kind).label, count) for kind, count in preview.by_kind.items()],
        "states": [(CaseState(state).label, count) for state, count in preview.by_state.items()],
        "officers": _officers(user) if name == "assign" else [],
        "units": Unit.objects.order_by("name") if name == "hand_over" else [],
    }


def _start(request: HttpRequest, user: User, name: str, queue: Queue, params: Params) -> HttpResponse:
    query = urlencode(queue.as_params())
    try:
        job = bulk_start(user=user, move=name, queue=queue, params=params)
    except Refused as refused:
        messages.error(request, str(refused))
        return HttpResponseRedirect(f"{reverse('admin:cases_verificationcase_changelist')}?{query}")
    messages.success(request, _("The job has begun; you may go on working."))
    address = reverse("admin:cases_verificationcase_changelist")
    return HttpResponseRedirect(f"{address}?{query}&job={job.pk}")


def _officers(user: User) -> list[User]:
    people = User.objects.filter(is_active=True).select_related("unit").order_by("full_name", "username")
    mine = people if sees_every_unit(user) else people.filter(unit=user.unit)
    return [officer for officer in mine if officer.has_perm(WORK)]
