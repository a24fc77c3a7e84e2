"""A system that talks to the API, as tests see it."""

import base64
import json
from typing import Any

from django.test import Client as Browser

from vehreg.clients.services import create_client

SEND = "/api/v1/declarations"


class System:
    """A connected system with a token."""

    def __init__(self, channel: str = "ihanoi", **options: Any) -> None:
        self.client, self.secret = create_client(name=f"Hệ thống {channel}", channel=channel, **options)
        self.browser = Browser()
        self.token = self.new_token().json()["access_token"]

    def new_token(self, **fields: str) -> Any:
        pair = base64.b64encode(f"{self.client.client_id}:{self.secret}".encode()).decode()
        return self.browser.post(
            "/api/oauth/token",
            {"grant_type": "client_credentials"} | fields,
            headers={"Authorization": f"Basic {pair}"},
        )

    def send(self, content: Any, address: str = SEND, **headers: str) -> Any:
        body = content if isinstance(content, bytes | str) else json.dumps(content)
        return self.browser.post(
            address, body, content_type="application/json", headers=self._headers() | headers
        )

    def get(self, address: str, **question: Any) -> Any:
        return self.browser.get(address, question, headers=self._headers())

    def _headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.token}"}
