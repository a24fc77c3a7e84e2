"""On what the kept counts of a set rest: the day, the campaign, the conditions themselves."""

import hashlib

from django.db import connection

_REST = """
INSERT INTO cases_countbasis AS kept (name, basis) VALUES (%s, %s)
ON CONFLICT (name) DO UPDATE SET basis = excluded.basis WHERE kept.basis <> excluded.basis
RETURNING name"""


def has_changed(name: str, *rests_on: object) -> bool:
    """Whether the counts kept so far rest on something else, and must be made anew. From now on: on this."""
    basis = hashlib.sha256(repr(rests_on).encode()).hexdigest()
    with connection.cursor() as cursor:
        cursor.execute(_REST, [name, basis])
        return cursor.fetchone() is not None
