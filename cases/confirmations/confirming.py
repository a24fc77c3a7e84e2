"""Confirms a chunk of an accepted lot, and takes one back: set by set, in the caller's transaction."""

from typing import Any

from django.db import connection
from django.utils import timezone

from cases.confirmations.standing import AGREES, BESIDE, PERSON, SEEN
from cases.models import ConfirmationLot
from cases.models.declaration import Waiting

# In order, like everybody who holds several; what somebody decides meanwhile is seen then.
_LOCK = """
SELECT told.id FROM cases_declaration AS told
WHERE told.id IN (
    SELECT one.declaration_id FROM cases_lotdeclaration AS one
    WHERE one.lot_id = %(lot)s AND one.state = %(state)s AND one.id BETWEEN %(first)s AND %(last)s)
ORDER BY told.id FOR NO KEY UPDATE"""

# Why a declaration of the lot is left, the first that holds.
_LEFT: dict[str, str] = {
    "judged_wrong": """EXISTS (SELECT FROM cases_lotsample AS sampled
        WHERE sampled.of_id = one.id AND sampled.answer <> 'right')""",
    "decided": "told.confirmed_at IS NOT NULL OR told.questioned_at IS NOT NULL",
    "changed": f"told.waits IS DISTINCT FROM {Waiting.PLAIN} OR {SEEN} <> one.seen OR NOT {AGREES}",
}
_REASONS = " ".join(f"WHEN {holds} THEN '{reason}'" for reason, holds in _LEFT.items())

_CONFIRM = f"""
WITH judged AS MATERIALIZED (
    SELECT one.id, told.id AS declaration_id, told.unit_id, one.seen, CASE {_REASONS} END AS reason
    FROM cases_lotdeclaration AS one
    JOIN cases_declaration AS told ON told.id = one.declaration_id
    {BESIDE} {PERSON}
    WHERE one.lot_id = %(lot)s AND one.state = 'held' AND one.id BETWEEN %(first)s AND %(last)s
), confirmed AS (
    UPDATE cases_declaration AS declaration SET confirmed_at = %(at)s
    FROM judged WHERE judged.reason IS NULL AND declaration.id = judged.declaration_id
), single AS (
    UPDATE cases_declaration AS declaration SET finding = declaration.finding - 'plain'
    FROM judged WHERE judged.reason = 'judged_wrong' AND declaration.id = judged.declaration_id
), told AS (
    INSERT INTO cases_confirmation (declaration_id, unit_id, outcome, seen, officer_id, officer_name, at,
                                    lot_id, reason)
    SELECT declaration_id, unit_id, 'confirmed', seen, %(officer)s, %(name)s, %(at)s, %(lot)s, ''
    FROM judged WHERE reason IS NULL ORDER BY id
)
UPDATE cases_lotdeclaration AS one
SET state = CASE WHEN judged.reason IS NULL THEN 'confirmed' ELSE 'left' END,
    reason = coalesce(judged.reason, ''), moved_at = %(at)s
FROM judged WHERE one.id = judged.id"""

# The lot's word stands as long as no other came after it.
_TAKE_BACK = """
WITH judged AS MATERIALIZED (
    SELECT one.id, told.id AS declaration_id, told.unit_id, one.seen,
           told.confirmed_at IS NOT DISTINCT FROM one.moved_at AS stands
    FROM cases_lotdeclaration AS one
    JOIN cases_declaration AS told ON told.id = one.declaration_id
    WHERE one.lot_id = %(lot)s AND one.state = 'confirmed' AND one.id BETWEEN %(first)s AND %(last)s
), waiting AS (
    UPDATE cases_declaration AS declaration SET confirmed_at = NULL, finding = declaration.finding - 'plain'
    FROM judged WHERE judged.stands AND declaration.id = judged.declaration_id
), told AS (
    INSERT INTO cases_confirmation (declaration_id, unit_id, outcome, seen, officer_id, officer_name, at,
                                    lot_id, reason)
    SELECT declaration_id, unit_id, 'taken_back', seen, %(officer)s, %(name)s, %(at)s, %(lot)s, %(reason)s
    FROM judged WHERE stands ORDER BY id
)
UPDATE cases_lotdeclaration AS one
SET state = CASE WHEN judged.stands THEN 'taken_back' ELSE 'kept' END,
    reason = CASE WHEN judged.stands THEN '' ELSE 'decided' END, moved_at = %(at)s
FROM judged WHERE one.id = judged.id"""


def confirm_chunk(lot: ConfirmationLot, *, first: int, last: int) -> int:
    """Confirm the declarations of the lot from `first` to `last` that it still holds. Returns how many."""
    own = {"state": "held", "officer": lot.made_by_id, "name": lot.made_by_name}
    return _work(_CONFIRM, lot, first, last, own)


def take_back_chunk(lot: ConfirmationLot, *, first: int, last: int) -> int:
    """Take back what the lot confirmed from `first` to `last`. Returns how many."""
    own = {
        "state": "confirmed", "officer": lot.taken_back_by_id, "name": lot.taken_back_by_name,
        "reason": lot.take_back_reason,
    }  # fmt: skip
    return _work(_TAKE_BACK, lot, first, last, own)


def _work(sql: str, lot: ConfirmationLot, first: int, last: int, own: dict[str, Any]) -> int:
    params = {"lot": lot.pk, "first": first, "last": last, "at": timezone.now(), **own}
    with connection.cursor() as cursor:
        cursor.execute(_LOCK, params)
        cursor.execute(sql, params)
        return int(cursor.rowcount)
