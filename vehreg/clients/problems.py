"""How a request that cannot be done is answered: a code for programs, a sentence in both languages."""

from typing import Any, Final

from django.conf import settings
from django.http import HttpRequest, JsonResponse
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csrf import csrf_exempt
from rest_framework.exceptions import APIException, ValidationError
from rest_framework.response import Response
from rest_framework.views import exception_handler

WORDS: Final[dict[str, Promise]] = {
    "not_authenticated": _("Show a token: Authorization: Bearer …"),
    "authentication_failed": _("The token cannot be read."),
    "token_unknown": _("The token is unknown, revoked or has run out. Get a new one."),
    "permission_denied": _("You may not do this. A system needs the scope, a person the role."),
    "not_found": _("There is nothing under this address, or it is not yours to see."),
    "method_not_allowed": _("This address does not know that method."),
    "not_acceptable": _("Answers are JSON only."),
    "unsupported_media_type": _("Send JSON: Content-Type: application/json."),
    "throttled": _("Too many requests this minute. Wait as Retry-After says."),
    "body_empty": _("The request has no body."),
    "length_required": _("Say how long the body is: Content-Length."),
    "body_too_large": _("The body is larger than 5 MB. Send fewer items at once."),
    "not_json": _("The body is no JSON in UTF-8."),
    "not_declarations": _("Send one declaration, or a list of them under “items”."),
    "no_items": _("There is no declaration in the list."),
    "too_many_items": _("More than 1,000 declarations at once. Send them in parts."),
    "key_unusable": _("The idempotency key has 1 to 200 visible ASCII characters."),
    "key_of_other_body": _("This idempotency key has served for another body. Use a new key."),
    "key_still_running": _("The first request with this key is not answered yet. Ask again in a moment."),
    "error": _("The request cannot be done."),
}


class Problem(APIException):
    """Raised with the code of a sentence above."""

    def __init__(self, status: int, code: str, *, retry_after: int | None = None) -> None:
        super().__init__(str(WORDS[code]), code)
        self.status_code = status
        self.wait = retry_after


def problem_handler(exc: Exception, context: dict[str, Any]) -> Response | None:
    """REST framework's answer with its body replaced; what a filter found wrong with a field stays."""
    response = exception_handler(exc, context)
    if response is not None and not isinstance(exc, ValidationError):
        response.data = problem_body(_code(exc, response.status_code))
    return response


def problem_body(code: str) -> dict[str, Any]:
    return {"code": code, "message": in_every_language(WORDS[code])}


# Nothing is done here: who posts to an address that does not exist is told so, not asked for a form token.
@csrf_exempt
def nothing_here(request: HttpRequest, rest: str) -> JsonResponse:
    """Any address of the API that does not exist."""
    return JsonResponse(problem_body("not_found"), status=404)


def in_every_language(words: Promise | str) -> dict[str, str]:
    """Language → sentence."""
    said = {}
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            said[language] = str(words)
    return said


_BY_STATUS: Final = {403: "permission_denied", 404: "not_found"}


def _code(exc: Exception, status: int) -> str:
    codes = exc.get_codes() if isinstance(exc, APIException) else _BY_STATUS.get(status)
    return codes if isinstance(codes, str) and codes in WORDS else _BY_STATUS.get(status, "error")
