"""The buttons of a delivery: one step each. POST only; a second click finds the step done and says so."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from registry.deliveries import services
from registry.models import Delivery
from vehreg.accounts.models import User
from vehreg.adminsite.steps import officer, take_step

DELIVER, UNDO = "registry.add_delivery", "registry.undo_delivery"


@require_POST
def read_view(request: HttpRequest, pk: int) -> HttpResponse:
    """Read the file in another encoding, or with another separator."""
    encoding, separator = request.POST.get("encoding", ""), request.POST.get("separator", "")
    return _take(
        request, pk, "read", lambda delivery, _user: services.read_again(
            delivery, encoding=encoding, separator=separator
        )
    )  # fmt: skip


@require_POST
def check_view(request: HttpRequest, pk: int) -> HttpResponse:
    return _take(
        request, pk, "check", lambda delivery, user: services.start_check(
            delivery=delivery, user=user, despite_disk="despite_disk" in request.POST
        )
    )  # fmt: skip


@require_POST
def apply_view(request: HttpRequest, pk: int) -> HttpResponse:
    return _take(
        request, pk, "apply", lambda delivery, user: services.start_apply(
            delivery=delivery, user=user, despite_disk="despite_disk" in request.POST
        )
    )  # fmt: skip


@require_POST
def discard_view(request: HttpRequest, pk: int) -> HttpResponse:
    return _take(
        request, pk, "discard", lambda delivery, _user: services.discard_delivery(delivery=delivery),
        said=_("The delivery was discarded; the registers were not changed."),
    )  # fmt: skip


def _take(
    request: HttpRequest, pk: int, action: str, step: Callable[[Delivery, User], Any], *, said: str = ""
) -> HttpResponse:
    user, delivery = officer(request, DELIVER), get_object_or_404(Delivery, pk=pk)
    return take_step(request, delivery, action, lambda: step(delivery, user), said=said, kind=delivery.kind)
