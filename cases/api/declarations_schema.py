"""How the description of the API speaks of sending and asking: fields, answers, examples, errors."""

from typing import Any, Final

from django.utils.timezone import localdate
from drf_spectacular.utils import (
    OpenApiExample,
    OpenApiResponse,
    PolymorphicProxySerializer,
    extend_schema,
    extend_schema_field,
    inline_serializer,
)
from rest_framework import serializers

from cases.api.serializers import DeclarationSerializer, DeclarationStatusSerializer
from cases.intake.cells import LONGEST_CELL
from cases.intake.received import Outcome
from cases.intake.services import MOST_ITEMS
from cases.models.declaration import DeclaredSubject, UsageStatus
from registry.deliveries.types import LONGEST_NAME, LONGEST_PARTY_ID, LONGEST_PLATE
from registry.models.vehicle import PlateColour, VehicleKind

# What can be read, as patterns: no NUL; something beside blanks; a number that has digits.
ANY_TEXT: Final = "^[^\\u0000]*$"
SOME_TEXT: Final = "^[^\\u0000]*[^\\u0000 \\t\\r\\n\\u00a0\\ufeff][^\\u0000]*$"
NUMBER: Final = "^$|^[^\\u0000]*[0-9][^\\u0000]*$"
PLATE: Final = "^[^\\u0000]*[0-9][^\\u0000]*[0-9][^\\u0000]*$"
# Days of the calendar until this year, 29 February in leap years only.
_YEAR: Final = f"(19[0-9]{{2}}|{'|'.join(str(year) for year in range(2000, localdate().year + 1))})"
_LEAP: Final = "(19(0[48]|[2468][048]|[13579][26])|20(0[048]|1[26]|2[04]))"
DAY: Final = (
    f"({_YEAR}-((0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])|(0[469]|11)-(0[1-9]|[12][0-9]|30)"
    f"|02-(0[1-9]|1[0-9]|2[0-8]))|{_LEAP}-02-29)"
)
_TIME: Final = "([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9])?(Z|[+]07:00)?"
MOMENT: Final = f"^{DAY}T{_TIME}$"

_EXAMPLE: Final = {
    "external_id": "KB-2025-11-20-000123",
    "declared_at": "2025-11-20T08:15:00+07:00",
    "subject": "vehicle",
    "declarant_id": "001091084217",
    "declarant_name": "Vũ Quang Đạt",
    "ward_code": "00004",
    "plate": "29-H1 123.45",
    "vehicle_kind": "motorbike",
    "usage_status": "in_use_owner",
}


class SentencesSerializer(serializers.Serializer[Any]):
    vi = serializers.CharField()
    en = serializers.CharField()


class FieldErrorSerializer(serializers.Serializer[Any]):
    """`code` is for programs and stays; the sentences are for people and may change."""

    field = serializers.CharField(allow_blank=True, help_text="Empty where it is about the whole item.")
    code = serializers.CharField()
    message = SentencesSerializer()


class ProblemSerializer(serializers.Serializer[Any]):
    """A request that was not done at all."""

    code = serializers.CharField()
    message = SentencesSerializer()


class UnreadableSerializer(serializers.Serializer[Any]):
    errors: Any = FieldErrorSerializer(many=True)


class ReceivedSerializer(serializers.Serializer[Any]):
    """What became of one declaration. `index` is its place in the list that was sent."""

    index = serializers.IntegerField()
    external_id = serializers.CharField(allow_blank=True)
    outcome = serializers.ChoiceField([outcome.value for outcome in Outcome])
    id = serializers.IntegerField(allow_null=True, help_text="To ask for its state; none where refused.")
    errors: Any = FieldErrorSerializer(many=True)
    notices = FieldErrorSerializer(many=True, help_text="Accepted all the same.")


class BatchReceivedSerializer(serializers.Serializer[Any]):
    accepted = serializers.IntegerField()
    known = serializers.IntegerField()
    conflict = serializers.IntegerField()
    refused = serializers.IntegerField()
    items = ReceivedSerializer(many=True)


def _text(longest: int, words: str = "", *, pattern: str = ANY_TEXT) -> serializers.CharField:
    return serializers.RegexField(
        pattern, max_length=longest, required=False, allow_null=True, allow_blank=True, help_text=words
    )


def _mandatory(longest: int, words: str, *, pattern: str = SOME_TEXT) -> serializers.CharField:
    return serializers.RegexField(pattern, max_length=longest, min_length=1, help_text=words)


def _choice(choices: Any) -> serializers.ChoiceField:
    words = "Or its Vietnamese name."
    return serializers.ChoiceField(
        choices, required=False, allow_null=True, allow_blank=True, help_text=words
    )


class DeclarationItemSerializer(serializers.Serializer[Any]):
    """One declaration. Every value is text; what is empty counts as left out."""

    external_id = _mandatory(64, "Your id of it, the same when you repeat.")
    declared_at = _mandatory(40, "2025-11-20T08:15:00+07:00; without a zone: Hà Nội time.", pattern=MOMENT)
    declarant_id = _text(LONGEST_PARTY_ID, "As text: 12 digits, or the former 9.", pattern=NUMBER)
    declarant_name = _mandatory(LONGEST_NAME, "As in the papers.")
    declarant_phone = _text(LONGEST_CELL)
    ward_code = _text(LONGEST_CELL, "Where the declarant lives: the official code of the ward.")
    vehicle_kind = _choice(VehicleKind.choices)
    plate_colour = _choice(PlateColour.choices)
    engine_no = _text(LONGEST_CELL)
    chassis_no = _text(LONGEST_CELL)
    licence_class = _text(8)
    usage_status = _choice(UsageStatus.choices)
    counterparty_name = _text(LONGEST_NAME, "Who sold or bought it.")
    counterparty_id = _text(LONGEST_PARTY_ID, pattern=NUMBER)
    since = _text(40, "2025-11-20.", pattern=f"^$|^{DAY}$")
    note = _text(LONGEST_CELL)


class VehicleDeclarationSerializer(DeclarationItemSerializer):
    """About a vehicle, which its plate names."""

    subject = serializers.ChoiceField([DeclaredSubject.VEHICLE.value])
    plate = _mandatory(LONGEST_PLATE, "In any writing; of any province.", pattern=PLATE)
    licence_number = _text(40)


class LicenceDeclarationSerializer(DeclarationItemSerializer):
    """About a driving licence, which its number names."""

    subject = serializers.ChoiceField([DeclaredSubject.LICENCE.value])
    licence_number = _mandatory(40, "As on the card or paper.")
    plate = _text(LONGEST_PLATE, pattern=f"^$|{PLATE}")


_EITHER: Final = {
    "oneOf": [
        {"$ref": "#/components/schemas/VehicleDeclaration"},
        {"$ref": "#/components/schemas/LicenceDeclaration"},
    ]
}


@extend_schema_field({"type": "array", "items": _EITHER, "minItems": 1, "maxItems": MOST_ITEMS})
class _ItemsField(serializers.ListField):
    pass


class DeclarationBatchSerializer(serializers.Serializer[Any]):
    items = _ItemsField()


def _one_of(name: str, *kinds: Any, many: bool | None = None) -> PolymorphicProxySerializer:
    return PolymorphicProxySerializer(name, list(kinds), resource_type_field_name=None, many=many)


def _problems(*statuses: int) -> dict[int, Any]:
    return {status: OpenApiResponse(ProblemSerializer, _PROBLEMS[status]) for status in statuses}


_PROBLEMS: Final = {
    400: "The body is no JSON, or a value cannot be read.",
    401: "No token, or one that has ended.",
    403: "The token has not this scope.",
    404: "There is none, or it is not yours to see.",
    405: "The address does not know this method.",
    409: "A conflict with what was received before, or the first request with the key still runs.",
    411: "Content-Length is missing.",
    413: "The body is larger than 5 MB.",
    415: "The body is not application/json.",
    422: "Refused: the declaration has errors, or the body holds no declarations.",
    429: "Too many requests this minute: wait as Retry-After says.",
}

_ONE_OR_MANY: Final = _one_of(
    "Declarations", VehicleDeclarationSerializer, LicenceDeclarationSerializer, DeclarationBatchSerializer
)
_RECEIVED: Final = _one_of("ReceivedOneOrMany", ReceivedSerializer, BatchReceivedSerializer)
_REFUSED: Final = _one_of("ReceivedOrProblem", ReceivedSerializer, BatchReceivedSerializer, ProblemSerializer)
_SHOWN: Final = (DeclarationSerializer, DeclarationStatusSerializer)

_ACCEPTED: Final = {
    "index": 0, "external_id": "KB-2025-11-20-000123", "outcome": "accepted", "id": 4711,
    "errors": [], "notices": [],
}  # fmt: skip

_SEND: Final = """Send one declaration, or up to 1,000 under `items`. Each is accepted or refused on its own.

Needs the scope `declarations:write`. A declaration is known again by your channel and its `external_id`:
the same content sent again is `known` and changes nothing; other content is a `conflict`, is refused, and
both are kept. What is answered as `accepted` is stored for good. After a time-out repeat everything.

With the header `Idempotency-Key` (1 to 200 visible ASCII characters) the same body gets the very same answer
for seven days. The key with another body is refused (422); while its first request still runs, a second one
is told to wait (409, `Retry-After`)."""

OPERATIONS: Final[dict[str, Any]] = {
    "create": extend_schema(
        description=_SEND,
        request={"application/json": _ONE_OR_MANY},
        responses={
            200: OpenApiResponse(_RECEIVED, "Something of a list was taken; or the one was received before."),
            201: OpenApiResponse(ReceivedSerializer, "The declaration is accepted."),
            409: OpenApiResponse(_REFUSED, _PROBLEMS[409]),
            422: OpenApiResponse(_REFUSED, _PROBLEMS[422]),
            **_problems(400, 401, 403, 411, 413, 415, 429),
        },
        examples=[
            OpenApiExample("One", value=_EXAMPLE, request_only=True),
            OpenApiExample("Several", value={"items": [_EXAMPLE]}, request_only=True),
            OpenApiExample("Accepted", value=_ACCEPTED, response_only=True, status_codes=["201"]),
        ],
    ),
    "list": extend_schema(
        description="People see those of their units; a system those of its channel, by id and state only.",
        responses={200: _one_of("DeclarationShown", *_SHOWN, many=True), **_problems(401, 403, 429)},
    ),
    "retrieve": extend_schema(
        description="What became of a declaration.",
        responses={200: _one_of("DeclarationShown", *_SHOWN), **_problems(401, 403, 404, 429)},
    ),
}

CHECK_OPERATION: Final[dict[str, Any]] = {
    "description": (
        "Whether a live registration with this plate belongs to the person with this number, today's or the "
        "former one. Needs the scope `check`; counted apart; every question is on the trail. `not_known`: no "
        "such plate, or a register that has no number of its owner."
    ),
    "responses": {
        200: inline_serializer(
            "CheckResult", {"result": serializers.ChoiceField(["matches", "differs", "not_known"])}
        ),
        **_problems(401, 403, 429),
        400: OpenApiResponse(UnreadableSerializer, "A field cannot be read."),
    },
}
