"""What a citizen can check through a portal: whether a plate and a number belong together, and no more."""

from typing import Any, Final

from django.db import transaction
from django.utils.decorators import method_decorator
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from cases.api.answers import told_error
from cases.api.declarations_schema import CHECK_OPERATION
from cases.intake.checking import Checked, check
from registry.deliveries.types import LONGEST_PARTY_ID, LONGEST_PLATE
from registry.models.vehicle import VehicleKind
from vehreg.audit.models import AuditEvent
from vehreg.audit.trail import record
from vehreg.clients.authentication import TokenAuthentication, client_of
from vehreg.clients.permissions import ScopePermission
from vehreg.clients.problems import problem_handler
from vehreg.clients.scopes import CHECK
from vehreg.clients.throttling import CheckThrottle

# Letters, digits and what people put between them.
_PLATE: Final = f"^[0-9A-Za-zĐđ][0-9A-Za-zĐđ .-]{{3,{LONGEST_PLATE - 1}}}$"
_NUMBER: Final = f"^[0-9A-Za-z][0-9A-Za-z .-]{{7,{LONGEST_PARTY_ID - 1}}}$"
# What REST framework found, as the field errors of declarations name it.
_CODES: Final = {"required": "missing", "blank": "missing", "invalid_choice": "choice_unknown"}
_UNREADABLE: Final = {"plate": "plate_unreadable", "personal_id": "id_unreadable"}


class Question(serializers.Serializer[Any]):
    plate = serializers.RegexField(_PLATE, help_text="In any writing: 29-H1 123.45, 29H112345.")
    personal_id = serializers.RegexField(_NUMBER, help_text="12 digits, or the former 9.")
    vehicle_kind = serializers.ChoiceField(VehicleKind.choices, required=False)


# Non-atomic: the trail is committed before the answer goes out.
@method_decorator(transaction.non_atomic_requests, name="dispatch")
class CheckView(APIView):
    authentication_classes = (TokenAuthentication,)
    permission_classes = (ScopePermission,)
    throttle_classes = (CheckThrottle,)
    scopes: Final = {"GET": CHECK, "HEAD": CHECK}

    def get_exception_handler(self) -> Any:
        return problem_handler

    def handle_exception(self, exc: Exception) -> Response:
        # REST framework marks the transaction around it for rollback: give it an empty one of its own.
        with transaction.atomic():
            return super().handle_exception(exc)

    @extend_schema(parameters=[Question], **CHECK_OPERATION)
    def get(self, request: Request) -> Response:
        question = Question(data=request.query_params)
        if not question.is_valid():
            return Response({"errors": _errors(question)}, status=400)
        checked = check(**question.validated_data)
        _tell_the_trail(request, checked)
        return Response({"result": checked.answer.value})


def _errors(question: Question) -> list[dict[str, Any]]:
    found = {name: str(errors[0].code) for name, errors in question.errors.items()}
    codes = {name: _CODES.get(code, _UNREADABLE.get(name, code)) for name, code in found.items()}
    return [told_error(name, code) for name, code in codes.items()]


def _tell_the_trail(request: Request, checked: Checked) -> None:
    """Who asked, about which vehicle, and the answer; neither the plate nor the number."""
    client = client_of(request)
    assert client is not None
    record(
        AuditEvent.Kind.SEARCH,
        request=request._request,
        actor_name=client.name[:150],
        subject_type="vehicle",
        subject_id=checked.vehicle,
        detail={"api": "check", "client": client.pk, "answer": checked.answer.value},
    )
