"""Who asks: the token in the header, looked up with its system in one statement for each request.

Nothing is remembered, so a revoked token, a system switched off and a scope taken away end at once.
"""

import hashlib
from dataclasses import dataclass
from typing import Any, Final

from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.utils.translation import gettext_lazy as _
from rest_framework.authentication import BaseAuthentication, get_authorization_header
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request

from vehreg.clients.models import Client

_READ: Final = ("id", "name", "channel", "scopes", "requests_per_minute", "checks_per_minute")
_LOOK_UP: Final = f"""
SELECT {", ".join(f"client.{column}" for column in _READ)}, token.scope
FROM oauth2_provider_accesstoken AS token JOIN clients_client AS client ON client.id = token.application_id
WHERE token.token_checksum = %s AND token.expires > statement_timestamp() AND client.active"""


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
    with connection.cursor() as cursor:
        cursor.execute(_LOOK_UP, [hashlib.sha256(token).hexdigest()])
        row = cursor.fetchone()
    if row is None:
        return None
    *columns, scope = row
    client = Client.from_db(None, _READ, columns)
    return Access(client, frozenset(scope.split()) & {*client.scopes})


def client_of(request: Request) -> Client | None:
    """The system that asks; None where a person does."""
    return request.auth.client if isinstance(request.auth, Access) else None
