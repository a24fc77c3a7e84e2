"""Freezes the oldest plain declarations of a ward as a lot, and draws its sample; set by set."""

from typing import Any, Final

from django.db import connection

from cases.confirmations.standing import AGREES, BESIDE, PERSON, SEEN
from cases.models import ConfirmationLot
from cases.models.declaration import Waiting

_OLDEST = f"""
    SELECT * FROM cases_declaration AS oldest
    WHERE oldest.unit_id = %(unit)s AND oldest.waits = {Waiting.PLAIN}
    ORDER BY oldest.declared_at, oldest.id LIMIT %(size)s"""

# The registers say something else than when the declaration was judged: no longer plain.
_SORT_OUT = f"""
UPDATE cases_declaration AS declaration SET finding = declaration.finding - 'plain'
FROM (SELECT told.id FROM ({_OLDEST}) AS told {BESIDE} {PERSON} WHERE NOT {AGREES}) AS other
WHERE declaration.id = other.id"""

_FREEZE = f"""
INSERT INTO cases_lotdeclaration (lot_id, declaration_id, seen, state, reason)
SELECT %(lot)s, told.id, {SEEN}, 'held', ''
FROM ({_OLDEST}) AS told {BESIDE} {PERSON}
WHERE {AGREES}
ORDER BY told.declared_at, told.id"""

_DRAW = """
INSERT INTO cases_lotsample (lot_id, of_id, made_by_id, position, answer, officer_name)
SELECT lot.id, held.id, lot.made_by_id, row_number() OVER (ORDER BY held.ticket, held.id), '', ''
FROM cases_confirmationlot AS lot
CROSS JOIN LATERAL (
    SELECT one.id, md5(lot.seed || ':' || one.id) AS ticket FROM cases_lotdeclaration AS one
    WHERE one.lot_id = lot.id ORDER BY ticket, one.id LIMIT %(sample)s
) AS held
WHERE lot.id = %(lot)s"""

# What fell apart, or was taken back, is looked at one by one: no other lot takes it.
_SINGLE: Final = """
UPDATE cases_declaration AS declaration SET finding = declaration.finding - 'plain'
FROM cases_lotdeclaration AS one
WHERE one.lot_id = %(lot)s AND one.state = %(state)s AND declaration.id = one.declaration_id
  AND declaration.finding ? 'plain'"""


def freeze(lot: ConfirmationLot, *, size: int) -> int:
    """Write down the oldest plain declarations of the lot's ward, at most `size`. Returns how many."""
    params = {"lot": lot.pk, "unit": lot.unit_id, "size": size}
    with connection.cursor() as cursor:
        cursor.execute(_SORT_OUT, params)
        cursor.execute(_FREEZE, params)
        return int(cursor.rowcount)


def draw(lot: ConfirmationLot, *, sample: int) -> None:
    """Draw as many of the lot at random, in random order; repeatable from its seed."""
    _run(_DRAW, {"lot": lot.pk, "sample": sample})


def make_single(lot: ConfirmationLot, state: str) -> None:
    """Declarations of the lot in a state are plain no more."""
    _run(_SINGLE, {"lot": lot.pk, "state": state})


def _run(sql: str, params: dict[str, Any]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
