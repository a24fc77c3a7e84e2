"""One answer for one idempotency key, however often and from how many sides it is asked.

While a request runs its key is held by an advisory lock of its connection: a process that dies gives it back,
and the next one that asks does the work. `Idempotency-Key`: the header of an IETF draft of that name.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Any

from django.db import DatabaseError, connection

from vehreg.clients.models import Client, StoredAnswer


@dataclass(frozen=True)
class Answer:
    status: int
    body: Any


class StillRunning(Exception):
    """The first request with this key has not been answered yet."""


class OtherBody(Exception):
    """The key has served for another body."""


def answer_once(*, client: Client, key: str, digest: str, work: Callable[[], Answer]) -> Answer:
    """The answer stored under the key, or else that of `work`. Call it outside a transaction.

    Raises `StillRunning` and `OtherBody`. An error of `work` stores nothing.
    """
    with _held(f"vehreg.clients.key:{client.pk}:{key}"):
        stored = StoredAnswer.objects.filter(client=client, key=key).first()
        if stored is not None:
            if stored.digest != digest:
                raise OtherBody
            return Answer(stored.status, stored.body)
        answer = work()
        StoredAnswer.objects.create(
            client=client, key=key, digest=digest, status=answer.status, body=answer.body
        )
        return answer


@contextmanager
def _held(key: str) -> Iterator[None]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(hashtextextended(%s, 0))", [key])
        if not cursor.fetchone()[0]:
            raise StillRunning
    try:
        yield
    finally:
        with suppress(DatabaseError), connection.cursor() as cursor:  # a broken session has lost its locks
            cursor.execute("SELECT pg_advisory_unlock(hashtextextended(%s, 0))", [key])
