"""How long the database may look for something before a page is made without it.

A filter that no index serves must not keep a reader, and a connection, waiting for half a minute. The limit
travels with each question, in one message: no transaction is opened for it, and no round trip spent.

No parallel worker helps with a question that may be stopped: PostgreSQL notices a limit that passes while it
waits for one too late, and stops the next question instead. And a page leaves the other cores to the others.
"""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from contextvars import ContextVar
from typing import Any

from django.db import OperationalError, connection
from psycopg.errors import QueryCanceled

# Milliseconds. Rows are what a page is for; a count is an ornament that no page waits for.
ROWS_MS = 2000
COUNT_MS = 80

# What is sent before each question.
_words: ContextVar[str] = ContextVar("patience")

_HURRY = "SET LOCAL statement_timeout = {}; SET LOCAL max_parallel_workers_per_gather = {}"
_JOINS = "; SET LOCAL enable_hashjoin = {0}; SET LOCAL enable_mergejoin = {0}; SET LOCAL enable_seqscan = {0}"


class TookTooLong(Exception):
    """The database was stopped in the middle of a question."""


def patient() -> AbstractContextManager[None]:
    """As long as the rows of a page may take."""
    return within(ROWS_MS)


@contextmanager
def within(milliseconds: int, *, row_by_row: bool = False) -> Iterator[None]:
    """Each question asked inside is given up after so long. Raises `TookTooLong`.

    Inside another `within` this one holds. A transaction around goes on as before. `row_by_row`: for the
    first rows of a large join. PostgreSQL thinks that few will be found at all, and would prepare a hash of
    a million rows to find a thousand.
    """
    way = _in_transaction if connection.in_atomic_block else _with_each_question
    try:
        with way(milliseconds, _JOINS if row_by_row else ""):
            yield
    except OperationalError as error:
        if not _was_stopped(error):
            raise
        raise TookTooLong from error


@contextmanager
def _with_each_question(milliseconds: int, joins: str) -> Iterator[None]:
    """Outside a transaction the limit ends with the message that brings it."""
    is_outermost = _words.get(None) is None
    before = _words.set(_HURRY.format(milliseconds, 0) + joins.format("off"))
    try:
        with connection.execute_wrapper(_limited) if is_outermost else nullcontext():
            yield
    finally:
        _words.reset(before)


def _limited(execute: Callable[..., Any], sql: Any, params: Any, many: bool, context: Any) -> Any:
    """Django's execute wrapper: sends the limit along with a question.

    A named cursor declares its question: nothing may stand before it.
    """
    is_named = getattr(context["cursor"], "name", None)
    if many or is_named or not sql.startswith(("SELECT", "(")):
        return execute(sql, params, many, context)
    answer = execute(f"{_words.get()}; {sql}", params, many, context)
    while context["cursor"].nextset():  # the answer is the last of the results
        pass
    return answer


@contextmanager
def _in_transaction(milliseconds: int, joins: str) -> Iterator[None]:
    """Inside a transaction the limit is taken back, and a question that was stopped does not end it."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT quote_literal(current_setting('statement_timeout')),"
            " current_setting('max_parallel_workers_per_gather')"
        )
        before = cursor.fetchone()
        cursor.execute(f"SAVEPOINT patience; {_HURRY.format(milliseconds, 0)}{joins.format('off')}")
        try:
            yield
        except OperationalError:
            cursor.execute("ROLLBACK TO SAVEPOINT patience; RELEASE SAVEPOINT patience")
            raise
        cursor.execute(f"{_HURRY.format(*before)}{joins.format('on')}; RELEASE SAVEPOINT patience")


def _was_stopped(error: OperationalError) -> bool:
    """Whether the database gave up because of the time, and for no other reason."""
    return isinstance(error.__cause__, QueryCanceled)
