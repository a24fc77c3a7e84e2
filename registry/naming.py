"""Persons that verdicts name by the million.

A constraint would look each of them up, and lock its row, for every verdict that is written. Instead who
names persons and who removes some keep out of each other's way by one lock.
"""

from django.db import connection

_LOCK = "SELECT pg_advisory_xact_lock{shared}(hashtextextended('registry.person.removed', 0))"


def keep_persons() -> None:
    """Until this transaction ends nobody removes a person that it finds from here on."""
    _take("_shared")


def remove_persons() -> None:
    """Until this transaction ends nobody names a person in a verdict; those named before are to be seen."""
    _take("")


def _take(shared: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(_LOCK.format(shared=shared))
