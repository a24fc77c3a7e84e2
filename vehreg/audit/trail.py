"""Writes the trail. Called before the page is shown, so that a look is on record whatever follows."""

from typing import Any

from django.http import HttpRequest

from vehreg.accounts.models import User
from vehreg.audit.models import AuditEvent


def record(
    kind: str,
    *,
    request: HttpRequest | None = None,
    user: User | None = None,
    actor_name: str = "",
    subject_type: str = "",
    subject_id: int | None = None,
    purpose: str = "",
    detail: dict[str, Any] | None = None,
) -> AuditEvent:
    """Append one event; the actor is the request's user unless `user` is given.

    `actor_name` is of who is no user: another system.
    """
    actor = user or (request.user if request and isinstance(request.user, User) else None)
    return AuditEvent.objects.create(
        kind=kind,
        actor=actor,
        actor_name=actor.username if actor else actor_name,
        actor_role=actor.role if actor else "",
        unit_id=actor.unit_id if actor else None,
        address=request.META.get("REMOTE_ADDR") or None if request else None,
        subject_type=subject_type,
        subject_id=subject_id,
        purpose=purpose,
        detail=detail or {},
    )
