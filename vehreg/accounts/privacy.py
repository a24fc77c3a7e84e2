"""When a personal number may be shown whole: a role that needs it, and a purpose stated a moment ago."""

from datetime import datetime, timedelta

from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from vehreg.accounts.models import User
from vehreg.accounts.roles import REVEALING_ROLES

PURPOSE_MINUTES = 30
_SESSION_KEY = "purpose"


class Purpose(models.TextChoices):
    SETTLE_CASE = "settle_case", _("To settle a case")
    CITIZEN_ASKS = "citizen_asks", _("The citizen asks")
    CHECK_DELIVERY = "check_delivery", _("To check a delivery")
    INSPECTION = "inspection", _("Inspection or complaint")


def may_state_purpose(user: object) -> bool:
    return isinstance(user, User) and user.role in REVEALING_ROLES


def state_purpose(request: HttpRequest, purpose: str) -> None:
    """Remember for half an hour why this officer looks at whole numbers."""
    until = timezone.now() + timedelta(minutes=PURPOSE_MINUTES)
    request.session[_SESSION_KEY] = {"code": Purpose(purpose).value, "until": until.isoformat()}


def stated_purpose(request: HttpRequest) -> Purpose | None:
    """The purpose in force, or None: never stated, run out, or a role that may not."""
    stated = request.session.get(_SESSION_KEY)
    if not stated or not may_state_purpose(request.user):
        return None
    if datetime.fromisoformat(stated["until"]) < timezone.now():
        return None
    return Purpose(stated["code"])


def stated_until(request: HttpRequest) -> datetime | None:
    """When the purpose in force runs out."""
    stated = request.session.get(_SESSION_KEY)
    return datetime.fromisoformat(stated["until"]) if stated else None


def forget_purpose(request: HttpRequest) -> None:
    """The officer has seen enough."""
    request.session.pop(_SESSION_KEY, None)
