"""Puts sign-ins, failed ones too, on the trail."""

from typing import Any

from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.dispatch import receiver
from django.http import HttpRequest

from vehreg.accounts.models import User
from vehreg.audit.models import AuditEvent
from vehreg.audit.trail import record


@receiver(user_logged_in)
def on_sign_in(sender: Any, request: HttpRequest, user: User, **kwargs: Any) -> None:
    record(AuditEvent.Kind.SIGN_IN, request=request, user=user)


@receiver(user_logged_out)
def on_sign_out(sender: Any, request: HttpRequest, user: User | None, **kwargs: Any) -> None:
    if user is not None:
        record(AuditEvent.Kind.SIGN_OUT, request=request, user=user)


@receiver(user_login_failed)
def on_failure(
    sender: Any, credentials: dict[str, Any], request: HttpRequest | None = None, **kwargs: Any
) -> None:
    # The name tried is kept: guessing shows up as one name from many places or many from one.
    record(
        AuditEvent.Kind.SIGN_IN_FAILED,
        request=request,
        detail={"tried": str(credentials.get("username", ""))[:150]},
    )
