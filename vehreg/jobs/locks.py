"""Advisory locks that live exactly as long as the process that holds them.

Held by a session of their own: a worker killed with -9, or whose machine is gone, loses the session and
with it the lock, whatever its other connection is doing. Needs a direct connection, not a proxy that pools
transactions.
"""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

import psycopg
from django.db import connection

Session = psycopg.Connection[tuple[Any, ...]]

# This session never waits long for a row, and lives as long as its process (see `vehreg.keepalive`).
_SESSION_SETTINGS = "SET lock_timeout = '500ms'; SET idle_session_timeout = 0; SET statement_timeout = 0"


def open_session() -> Session:
    """A connection of its own, committing each statement, to the database Django works on."""
    params = connection.get_connection_params()
    for ours in ("cursor_factory", "context"):  # Django's own ways with types; plain rows are enough here
        params.pop(ours, None)
    session = psycopg.connect(**params, autocommit=True)
    session.execute(_SESSION_SETTINGS)
    return session


def job_key(job_id: int) -> str:
    return f"vehreg.jobs.job:{job_id}"


def chunk_key(chunk_id: int) -> str:
    return f"vehreg.jobs.chunk:{chunk_id}"


def try_lock(session: Session, key: str) -> bool:
    row = session.execute("SELECT pg_try_advisory_lock(hashtextextended(%s, 0))", [key]).fetchone()
    return bool(row and row[0])


def unlock(session: Session, key: str) -> None:
    with suppress(psycopg.Error):  # a session that has broken has lost its locks already
        session.execute("SELECT pg_advisory_unlock(hashtextextended(%s, 0))", [key])


@contextmanager
def held(key: str, session: Session | None = None) -> Iterator[bool]:
    """Whether the lock could be had at once; it is held inside the block."""
    own = session or open_session()
    got = False
    try:
        got = try_lock(own, key)
        yield got
    finally:
        if got:
            unlock(own, key)
        if session is None:
            own.close()
