"""Opens a page as a signed-in user, warm, and says how long it took and with how many queries."""

from __future__ import annotations

import statistics
import time
from dataclasses import dataclass

from django.db import connection, reset_queries
from django.test import Client
from django.test.utils import CaptureQueriesContext

_QUICK_MS = 60


@dataclass(frozen=True)
class Opened:
    name: str
    milliseconds: float
    queries: int


class NotOpened(Exception):
    """A page that did not answer with 200."""


def signed_in(user: object) -> Client:
    client = Client(SERVER_NAME="localhost")
    client.force_login(user, backend="vehreg.accounts.backends.RoleBackend")
    return client


def open_page(client: Client, name: str, address: str, *, times: int = 5) -> Opened:
    """Once to warm up, then the median of `times`."""
    _open(client, name, address)
    tries = [_open(client, name, address) for _ in range(times)]
    return Opened(
        name, statistics.median(one.milliseconds for one in tries), max(one.queries for one in tries)
    )


def glance(client: Client, name: str, address: str) -> Opened:
    """For pages by the hundred: one that is quick although it is cold is not opened again."""
    first = _open(client, name, address)
    return first if first.milliseconds < _QUICK_MS else open_page(client, name, address, times=1)


def _open(client: Client, name: str, address: str) -> Opened:
    reset_queries()  # the log keeps the last nine thousand only, and would count wrong
    with CaptureQueriesContext(connection) as queries:
        began = time.perf_counter()
        answer = client.get(address)
        milliseconds = 1000 * (time.perf_counter() - began)
    if answer.status_code != 200:
        raise NotOpened(f"{name} ({address}) answered with {answer.status_code}")
    return Opened(name, milliseconds, len(queries))
