"""How long the database may look for something before a page is made without it.

A filter that no index serves must not keep a reader, and a connection, waiting for half a minute.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import OperationalError, connection, transaction
from psycopg.errors import QueryCanceled

# Milliseconds. Rows are what a page is for; a count is an ornament that no page waits for.
ROWS_MS = 2000
COUNT_MS = 120


class TookTooLong(Exception):
    """The database was stopped in the middle of a question."""


@contextmanager
def patient() -> Iterator[None]:
    """A transaction of which each question is given up after `ROWS_MS`. Raises `TookTooLong`."""
    try:
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute(f"SET LOCAL statement_timeout = {ROWS_MS}")
            yield
    except OperationalError as error:
        if not _was_stopped(error):
            raise
        raise TookTooLong from error


@contextmanager
def within(milliseconds: int) -> Iterator[None]:
    """Less patience for what is asked inside. Raises `TookTooLong`; the transaction goes on as before."""
    if not connection.in_atomic_block:
        with transaction.atomic(), within(milliseconds):
            yield
        return
    with connection.cursor() as cursor:
        cursor.execute(f"SAVEPOINT patience; SET LOCAL statement_timeout = {milliseconds}")
        try:
            yield
        except OperationalError as error:
            cursor.execute("ROLLBACK TO SAVEPOINT patience; RELEASE SAVEPOINT patience")
            if not _was_stopped(error):
                raise
            raise TookTooLong from error
        cursor.execute(f"SET LOCAL statement_timeout = {ROWS_MS}; RELEASE SAVEPOINT patience")


def _was_stopped(error: OperationalError) -> bool:
    """Whether the database gave up because of the time, and for no other reason."""
    return isinstance(error.__cause__, QueryCanceled)
