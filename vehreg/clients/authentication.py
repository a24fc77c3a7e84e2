"""Who asks: the token in the header, looked up with its system in one statement for each request.

Nothing is remembered, so a revoked token, a system switched off and a scope taken away end at once.
"""

import hashlib
from dataclasses import dataclass
from typing import Any, Final

from django.contrib.auth.models import AnonymousUser
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from rest_framework.authentication import BaseAuthentication, get_authorization_header
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request

from vehreg.clients.models import Client

_READ: Final = ("name", "channel", "scopes", "requests_per_minute", "checks_per_minute")


@dataclass(frozen=True)
class Access:
    """A system that has shown a token, and what it may do with it. `request.auth` of its requests."""

    client: Client
    scopes: frozenset[str]


class TokenAuthentication(BaseAuthentication):
    """`Authorization: Bearer …`. A request without it is somebody else's to recognise."""

    def authenticate(self, request: Request) -> tuple[Any, Access] | None:
        kind, _blank, token = get_authorization_header(request).partition(b" ")
        if kind.lower() != b"bearer":
            return None
        access = _access(token.strip())
        if access is None:
            raise AuthenticationFailed(_("The token is unknown, revoked or has run out."), "token_unknown")
        return AnonymousUser(), access

    def authenticate_header(self, request: Request) -> str:
        return "Bearer"


def _access(token: bytes) -> Access | None:
    client: Any = (
        Client.objects.filter(
            active=True,
            accesstoken__token_checksum=hashlib.sha256(token).hexdigest(),
            accesstoken__expires__gt=timezone.now(),
        )
        .annotate(token_scope=F("accesstoken__scope"))
        .only(*_READ)
        .first()
    )
    return Access(client, frozenset(client.token_scope.split()) & {*client.scopes}) if client else None


def client_of(request: Request) -> Client | None:
    """The system that asks; None where a person does."""
    return request.auth.client if isinstance(request.auth, Access) else None
