"""The buttons of a delivery: one step each. POST only; a second click finds the step done and says so."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from registry.deliveries import services
from registry.deliveries.errors import Refused
from registry.models import Delivery
from vehreg.accounts.models import User
from vehreg.audit.models import AuditEvent
from vehreg.audit.trail import record

DELIVER, UNDO = "registry.add_delivery", "registry.undo_delivery"


def officer(request: HttpRequest, permission: str) -> User:
    """The user who may do this. Raises `PermissionDenied`."""
    if not isinstance(request.user, User) or not request.user.has_perm(permission):
        raise PermissionDenied
    return request.user


@require_POST
def read_view(request: HttpRequest, pk: int) -> HttpResponse:
    """Read the file in another encoding, or with another separator."""
    encoding, separator = request.POST.get("encoding", ""), request.POST.get("separator", "")
    return take_step(
        request, pk, DELIVER, lambda delivery, _user: services.read_again(
            delivery, encoding=encoding, separator=separator
        )
    )  # fmt: skip


@require_POST
def check_view(request: HttpRequest, pk: int) -> HttpResponse:
    return take_step(
        request, pk, DELIVER, lambda delivery, user: services.start_check(
            delivery=delivery, user=user, despite_disk="despite_disk" in request.POST
        )
    )  # fmt: skip


@require_POST
def apply_view(request: HttpRequest, pk: int) -> HttpResponse:
    return take_step(
        request, pk, DELIVER, lambda delivery, user: services.start_apply(
            delivery=delivery, user=user, despite_disk="despite_disk" in request.POST
        )
    )  # fmt: skip


@require_POST
def discard_view(request: HttpRequest, pk: int) -> HttpResponse:
    return take_step(
        request, pk, DELIVER, lambda delivery, _user: services.discard_delivery(delivery=delivery),
        said=_("The delivery was discarded; the registers were not changed."),
    )  # fmt: skip


def take_step(
    request: HttpRequest, pk: int, permission: str, step: Callable[[Delivery, User], Any], *, said: str = ""
) -> HttpResponse:
    """Check who asks, take the step, return to the page; a step that is refused says why."""
    user = officer(request, permission)
    delivery = get_object_or_404(Delivery, pk=pk)
    try:
        step(delivery, user)
    except Refused as refusal:
        messages.warning(request, str(refusal))
    else:
        name = request.path.rstrip("/").rpartition("/")[2]
        record(
            AuditEvent.Kind.CHANGE,
            request=request,
            subject_type="delivery",
            subject_id=pk,
            detail={"action": name, "kind": delivery.kind},
        )
        if said:
            messages.success(request, said)
    return HttpResponseRedirect(page_of(pk))


def page_of(pk: int) -> str:
    return reverse("admin:registry_delivery_change", args=[pk])
