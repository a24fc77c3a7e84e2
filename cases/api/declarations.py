"""Declarations: people read those of their units, other systems send theirs and ask what became of them."""

from typing import Any, Final

from django.db.models import Q, QuerySet
from drf_spectacular.utils import extend_schema_view
from rest_framework.authentication import SessionAuthentication
from rest_framework.exceptions import PermissionDenied
from rest_framework.request import Request
from rest_framework.response import Response

from cases.api import declarations_schema, filters, serializers
from cases.api.answers import answer_to
from cases.models import Declaration
from vehreg.audit.api import ScopedViewSet
from vehreg.clients.authentication import TokenAuthentication, client_of
from vehreg.clients.bodies import BoundedJSONParser, body_of
from vehreg.clients.models import Client
from vehreg.clients.permissions import RoleOrScopePermission
from vehreg.clients.problems import Problem, problem_handler
from vehreg.clients.repeats import Answer, OtherBody, StillRunning, answer_once
from vehreg.clients.scopes import READ_DECLARATIONS, WRITE_DECLARATIONS
from vehreg.clients.throttling import RequestThrottle

KEY_HEADER: Final = "Idempotency-Key"
_LONGEST_KEY: Final = 200


@extend_schema_view(**declarations_schema.OPERATIONS)
class DeclarationViewSet(ScopedViewSet):
    queryset: Any = Declaration.objects.select_related("unit")
    filterset_class = filters.DeclarationFilters
    authentication_classes = (TokenAuthentication, SessionAuthentication)
    permission_classes = (RoleOrScopePermission,)
    throttle_classes = (RequestThrottle,)
    parser_classes = (BoundedJSONParser,)
    scopes: Final = {"GET": READ_DECLARATIONS, "HEAD": READ_DECLARATIONS, "POST": WRITE_DECLARATIONS}

    def get_exception_handler(self) -> Any:
        return problem_handler

    def get_queryset(self) -> QuerySet[Any]:
        client = client_of(self.request)
        return super().get_queryset() if client is None else declarations_of(client)

    def get_serializer_class(self) -> Any:
        if client_of(self.request) is not None:
            return serializers.DeclarationStatusSerializer
        return serializers.DeclarationSerializer

    def create(self, request: Request) -> Response:
        """Not in a transaction: what is answered as accepted is committed."""
        client = client_of(request)
        if client is None:
            raise PermissionDenied
        body = body_of(request)
        key = request.headers.get(KEY_HEADER)
        if key is None:
            answer = answer_to(body.content, client=client)
        else:
            answer = _answer_once(client, key, body.digest, body.content)
        return Response(answer.body, status=answer.status)

    def _record(self, kind: str, **columns: Any) -> None:
        # What a system is told of its own declarations names nobody.
        if client_of(self.request) is None:
            super()._record(kind, **columns)


def declarations_of(client: Client) -> QuerySet[Any]:
    """Those of the system's channel, without those that another system sent."""
    own = Q(receipt__client=client) | Q(receipt__client=None)
    return Declaration.objects.filter(own, channel=client.channel)


def _answer_once(client: Client, key: str, digest: str, content: Any) -> Answer:
    if not (0 < len(key) <= _LONGEST_KEY and key.isascii() and key.isprintable()):
        raise Problem(400, "key_unusable")
    try:
        return answer_once(
            client=client, key=key, digest=digest, work=lambda: answer_to(content, client=client)
        )
    except OtherBody as error:
        raise Problem(422, "key_of_other_body") from error
    except StillRunning as error:
        raise Problem(409, "key_still_running", retry_after=1) from error
