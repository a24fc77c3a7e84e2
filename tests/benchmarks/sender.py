"""A system that sends declarations over HTTP, as its makers would write it: knows only the API.

Called with the address, the CSV of declarations, how many, how many in a request, and how many a second
(0: as fast as they are taken); SENDER_ID and SENDER_SECRET sign it in. Prints one line of JSON.
"""

from __future__ import annotations

import base64
import csv
import http.client
import itertools
import json
import os
import secrets
import sys
import threading
import time
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

_CONNECTIONS = 4
_FORM, _JSON = "application/x-www-form-urlencoded", "application/json"


class Sender:
    """Takes request after request from one heap; what was not accepted is counted, not repeated."""

    def __init__(self, address: str, requests: Iterator[list[dict[str, str]]], pause: float) -> None:
        self.host = urlsplit(address).netloc
        self.requests, self.pause = requests, pause
        self.lock = threading.Lock()
        self.due = time.monotonic()
        self.accepted = self.failed = 0
        self.headers = {"Authorization": f"Bearer {self._token()}", "Content-Type": _JSON}

    def run(self) -> None:
        connection = http.client.HTTPConnection(self.host, timeout=60)
        while (items := self._next()) is not None:
            body = json.dumps({"items": items} if len(items) > 1 else items[0])
            connection.request("POST", "/api/v1/declarations", body, self.headers)
            told = json.loads((answer := connection.getresponse()).read())
            accepted = told.get("accepted", 0) if answer.status == 200 else int(answer.status == 201)
            with self.lock:
                self.accepted += accepted
                self.failed += len(items) - accepted
        connection.close()

    def _next(self) -> list[dict[str, str]] | None:
        with self.lock:
            items = next(self.requests, None)
            wait = self.due - time.monotonic()
            self.due += self.pause
        time.sleep(max(0, wait) if self.pause else 0)
        return items

    def _token(self) -> str:
        names = f"{os.environ['SENDER_ID']}:{os.environ['SENDER_SECRET']}".encode()
        headers = {"Authorization": f"Basic {base64.b64encode(names).decode()}", "Content-Type": _FORM}
        connection = http.client.HTTPConnection(self.host, timeout=60)
        connection.request("POST", "/api/oauth/token", "grant_type=client_credentials", headers)
        return str(json.loads(connection.getresponse().read())["access_token"])


def main(address: str, path: str, number: int, size: int, a_second: int) -> dict[str, Any]:
    with open(path, encoding="utf-8") as file:
        items = itertools.islice(_items(csv.DictReader(file)), number)
        batches = iter(lambda: list(itertools.islice(items, size)), [])
        sender = Sender(address, batches, size / a_second if a_second else 0)
        threads = [threading.Thread(target=sender.run) for _connection in range(_CONNECTIONS)]
        began = time.monotonic()
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    seconds = time.monotonic() - began
    return {"accepted": sender.accepted, "failed": sender.failed, "seconds": seconds}


def _items(rows: Iterator[dict[str, str]]) -> Iterator[dict[str, str]]:
    """The rows under ids of their own, without the channel: that is the system's."""
    mine = secrets.token_hex(4)
    for row in rows:
        said = {name: value for name, value in row.items() if value and name != "channel"}
        yield said | {"external_id": f"{mine}-{row['external_id']}"}


if __name__ == "__main__":
    address, path, *numbers = sys.argv[1:]
    print(json.dumps(main(address, path, *map(int, numbers))))
