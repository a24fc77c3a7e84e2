"""Reads the JSON body of a request: never more of it than may be, and nothing of it that is no JSON."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import IO, Any, Final

from django.conf import settings
from rest_framework.parsers import BaseParser
from rest_framework.request import Request

from vehreg.clients.problems import Problem

# How much of a body that is too large is read and thrown away, so that its sender gets to read the answer.
_DRAINED: Final = 256 << 20
_PIECE: Final = 1 << 16


@dataclass(frozen=True)
class Body:
    """What was sent, and its checksum."""

    content: Any
    digest: str


class BoundedJSONParser(BaseParser):
    """Bodies up to DATA_UPLOAD_MAX_MEMORY_SIZE. Raises `Problem`."""

    media_type = "application/json"

    def parse(
        self, stream: IO[Any], media_type: str | None = None, parser_context: Mapping[str, Any] | None = None
    ) -> Any:
        most = settings.DATA_UPLOAD_MAX_MEMORY_SIZE
        raw = stream.read(most + 1)
        if len(raw) > most:
            drain(stream)
            raise Problem(413, "body_too_large")
        return Body(_json(raw), hashlib.sha256(raw).hexdigest())


def body_of(request: Request) -> Body:
    """The body that was parsed. Raises `Problem` where there is none."""
    # A server may take a body of unknown length; here it would come as an empty one.
    if not request.META.get("CONTENT_LENGTH") and request.META.get("HTTP_TRANSFER_ENCODING"):
        raise Problem(411, "length_required")
    body = request.data
    if not isinstance(body, Body):
        raise Problem(400, "body_empty")
    return body


def _json(raw: bytes) -> Any:
    try:
        return json.loads(raw.decode(), parse_constant=_refuse_constant)
    except (ValueError, RecursionError) as error:
        raise Problem(400, "not_json") from error


def _refuse_constant(name: str) -> None:
    """NaN and Infinity are no JSON, though Python reads them."""
    raise ValueError(name)


def drain(stream: IO[Any]) -> None:
    """Read what is too large, and forget it."""
    left = _DRAINED
    while left > 0 and (piece := stream.read(_PIECE)):
        left -= len(piece)
