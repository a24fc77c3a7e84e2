"""Waiting for what another process does."""

import time
from collections.abc import Callable

from django.db import connection

_SECONDS = 60
# Not pg_stat_activity: a transaction sees it as it first looked.
_WAITS_FOR_US = """SELECT count(*) FROM pg_locks
WHERE NOT granted AND pg_backend_pid() = ANY(pg_blocking_pids(pid))"""


def until(done: Callable[[], bool], what: str) -> None:
    """Wait at most a minute; `what` says what did not happen."""
    deadline = time.monotonic() + _SECONDS
    while not done():
        assert time.monotonic() < deadline, what
        time.sleep(0.05)


def somebody_waits() -> bool:
    """Whether another connection waits for a lock of ours."""
    with connection.cursor() as cursor:
        cursor.execute(_WAITS_FOR_US)
        return bool(cursor.fetchone()[0])
