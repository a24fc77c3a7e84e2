"""The control "show numbers": asks what for, puts the answer on the trail, and shows that it is in force."""

from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from vehreg.accounts.privacy import (
    Purpose,
    forget_purpose,
    may_state_purpose,
    state_purpose,
    stated_purpose,
    stated_until,
)
from vehreg.audit.models import AuditEvent
from vehreg.audit.trail import record


@require_POST
def reveal_view(request: HttpRequest) -> HttpResponse:
    """State a purpose, or with none take it back; then return to the page."""
    if not may_state_purpose(request.user):
        raise PermissionDenied
    purpose = request.POST.get("purpose", "")
    if purpose in Purpose.values:
        record(AuditEvent.Kind.REVEAL, request=request, purpose=purpose, detail={"page": _page(request)})
        state_purpose(request, purpose)
    else:
        forget_purpose(request)
    return HttpResponseRedirect(_back(request))


def purpose_context(request: HttpRequest) -> dict[str, Any]:
    """What every page needs to draw the control."""
    if not may_state_purpose(request.user):
        return {}
    purpose = stated_purpose(request)
    until: datetime | None = stated_until(request) if purpose else None
    return {"purpose": purpose, "purpose_until": until, "purposes": Purpose.choices}


def _back(request: HttpRequest) -> str:
    target = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(target, {request.get_host()}, require_https=request.is_secure())
    return target if safe else reverse("admin:index")


def _page(request: HttpRequest) -> str:
    """The page's path only: its query may hold a name."""
    return _back(request).split("?")[0][:200]
