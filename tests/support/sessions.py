"""What happens in another session while the test's own holds a row."""

import threading
from collections.abc import Callable
from typing import TypeVar

from django.db import connection

T = TypeVar("T")


def in_another_session(start: Callable[[], T]) -> T:
    """What a click in another session commits at once, while this one holds a row."""
    found: list[T] = []

    def run() -> None:
        try:
            found.append(start())
        finally:
            connection.close()

    session = threading.Thread(target=run)
    session.start()
    session.join()
    return found[0]
