"""Words to PostgreSQL's planner, for statements that it would plan by figures of a moment ago."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection


@contextmanager
def only_by_index() -> Iterator[None]:
    """In a block, or as a decorator: rows are looked up by index, however large a table seems.

    A table that several workers have just begun to fill counts as empty when a statement is planned, and is
    read whole, for every row at worst, by the time it runs. The kind of join stays free: the history joins
    what an update changed by hashing.

    Where a table has no index to use, all costs drown in the one that forbids reading it: rows wanted in the
    order of an index are then taken from it by walking it whole. `ORDER BY id + 0` is no index's order.
    """
    _scans("off")
    yield
    _scans("on")


def _scans(allowed: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL enable_seqscan = {allowed}")
