"""How much a system may ask in a minute: one count for each system, another for its checks."""

from typing import Any

from rest_framework.request import Request
from rest_framework.throttling import BaseThrottle

from vehreg.clients.authentication import client_of
from vehreg.clients.windows import seconds_to_wait


class RequestThrottle(BaseThrottle):
    """`rate` is the system's column; people are not counted."""

    rate = "requests_per_minute"

    def __init__(self) -> None:
        self._wait = 0

    def allow_request(self, request: Request, view: Any) -> bool:
        client = client_of(request)
        if client is not None:
            self._wait = seconds_to_wait(f"{self.rate}:{client.pk}", getattr(client, self.rate))
        return not self._wait

    def wait(self) -> float:
        return self._wait


class CheckThrottle(RequestThrottle):
    rate = "checks_per_minute"
