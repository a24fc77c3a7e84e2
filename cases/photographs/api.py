"""Photographs of papers from other systems: one multipart request for each."""

from collections.abc import Mapping
from typing import IO, Any, Final

from django.db.models import QuerySet
from django.http import Http404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.authentication import SessionAuthentication
from rest_framework.exceptions import UnsupportedMediaType
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from cases.api.declarations import declarations_of
from cases.api.declarations_schema import ProblemSerializer
from cases.models import Declaration, Photograph
from cases.photographs.errors import WORDS, PhotographRefused
from cases.photographs.pictures import MOST_BYTES
from cases.photographs.services import keep_photograph
from vehreg.accounts.models import User
from vehreg.clients.authentication import TokenAuthentication, client_of
from vehreg.clients.bodies import drain
from vehreg.clients.permissions import RoleOrScopePermission
from vehreg.clients.problems import in_every_language, problem_handler
from vehreg.clients.scopes import WRITE_DECLARATIONS
from vehreg.clients.throttling import RequestThrottle

# The file, and what a form puts around it.
MOST_OF_A_BODY: Final = MOST_BYTES + (64 << 10)


_UPLOAD: Final = {
    "type": "object",
    "required": ["file"],
    "properties": {
        "file": {"type": "string", "format": "binary", "description": "JPEG, PNG or WebP, 8 MB at most."}
    },
}


class PhotographSerializer(serializers.ModelSerializer[Photograph]):
    """What is kept: `sha256` is of the file as it was sent, size and measures are of the picture kept."""

    class Meta:
        model = Photograph
        fields = ("id", "declaration", "sha256", "kind", "bytes", "width", "height", "kept_at")
        read_only_fields = fields


class BoundedMultiPartParser(MultiPartParser):
    """A form that is too large is not spooled: it is read and thrown away, so that its sender hears why."""

    def parse(
        self, stream: IO[Any], media_type: str | None = None, parser_context: Mapping[str, Any] | None = None
    ) -> Any:
        request = (parser_context or {})["request"]
        if int(request.META.get("CONTENT_LENGTH") or 0) > MOST_OF_A_BODY:
            drain(stream)
            raise PhotographRefused("too_large")
        return super().parse(stream, media_type, parser_context)


class PhotographsView(APIView):
    """Photographs of the papers of one declaration."""

    authentication_classes = (TokenAuthentication, SessionAuthentication)
    permission_classes = (RoleOrScopePermission,)
    throttle_classes = (RequestThrottle,)
    parser_classes = (BoundedMultiPartParser,)
    scopes: Final = {"POST": WRITE_DECLARATIONS}
    queryset: Any = Declaration.objects.all()

    def get_exception_handler(self) -> Any:
        return _said_in_both_languages

    @extend_schema(
        operation_id="declarations_photographs_create",
        request={"multipart/form-data": _UPLOAD},
        responses={
            201: PhotographSerializer,
            **dict.fromkeys((400, 401, 403, 404, 405, 413, 415, 422, 429), ProblemSerializer),
        },
    )
    def post(self, request: Request, pk: int) -> Response:
        """Keep one photograph, twelve of a declaration at most; the same file again is the same one."""
        declaration = self._declarations(request).filter(pk=pk).first()
        if declaration is None:
            raise Http404
        file = request.FILES.get("file")
        if file is None:
            raise PhotographRefused("no_file")
        user = request.user if isinstance(request.user, User) else None
        photograph = keep_photograph(declaration=declaration, file=file, user=user, client=client_of(request))
        return Response(PhotographSerializer(photograph).data, status=201)

    def _declarations(self, request: Request) -> QuerySet[Any]:
        client = client_of(request)
        visible: QuerySet[Any] = self.queryset.visible_to(request.user)
        return visible if client is None else declarations_of(client)


_STATUS: Final = {"no_file": 400, "too_large": 413}


def _said_in_both_languages(exc: Exception, context: dict[str, Any]) -> Response | None:
    if isinstance(exc, UnsupportedMediaType):
        return Response(_body("no_file"), status=415)
    if isinstance(exc, PhotographRefused):
        return Response(_body(exc.code), status=_STATUS.get(exc.code, 422))
    return problem_handler(exc, context)


def _body(code: str) -> dict[str, Any]:
    return {"code": code, "message": in_every_language(WORDS[code])}
