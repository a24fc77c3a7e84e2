"""Steps that buttons take on a row: who may, taking one, a word where it is refused, and the trail."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from vehreg.accounts.models import User
from vehreg.adminsite.panels import page_of
from vehreg.audit.models import AuditEvent
from vehreg.audit.trail import record
from vehreg.jobs.kinds import Refused


def officer(request: HttpRequest, permission: str) -> User:
    """The user who may do this. Raises `PermissionDenied`."""
    if not isinstance(request.user, User) or not request.user.has_perm(permission):
        raise PermissionDenied
    return request.user


def take_step(
    request: HttpRequest,
    row: models.Model,
    action: str,
    step: Callable[[], Any],
    *,
    said: str = "",
    **detail: Any,
) -> HttpResponse:
    """Take the step and return to the row's page; a step that is refused says why."""
    try:
        step()
    except Refused as refused:
        messages.warning(request, str(refused))
    else:
        put_on_trail(request, row, action, **detail)
        if said:
            messages.success(request, said)
    return HttpResponseRedirect(page_of(row))


def put_on_trail(request: HttpRequest, row: models.Model, action: str, **detail: Any) -> None:
    """Who did what to which row; `detail` says more of it, but no name and no number."""
    record(
        AuditEvent.Kind.CHANGE,
        request=request,
        subject_type=row._meta.model_name or "",
        subject_id=row.pk,
        detail={"action": action, **detail},
    )
