"""The addresses where a system gets its token and gives it back."""

from typing import Any, Final

from django.http import HttpRequest, HttpResponse, JsonResponse
from oauth2_provider.views.base import RevokeTokenView, TokenView

from vehreg.clients.windows import seconds_to_wait

# Tries a minute from one address: enough for every system behind it, too few to guess a secret.
MOST_TRIES: Final = 120


def _too_many(request: HttpRequest) -> HttpResponse | None:
    wait = seconds_to_wait(f"token:{request.META.get('REMOTE_ADDR', '')}", MOST_TRIES)
    if not wait:
        return None
    body = {"error": "slow_down", "error_description": "Too many requests for tokens."}
    return JsonResponse(body, status=429, headers={"Retry-After": str(wait)})


class ClientTokenView(TokenView):
    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        answer: HttpResponse = _too_many(request) or super().post(request, *args, **kwargs)
        return answer


class ClientRevokeView(RevokeTokenView):
    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        # The library gives this one no types.
        return _too_many(request) or super().post(request, *args, **kwargs)  # type: ignore[no-untyped-call]
