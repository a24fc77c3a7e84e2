"""Which entries a chunk checks: a range of the register, what changed in it, what is gone, or one entry."""

from datetime import datetime
from typing import Any, Final

from django.db import connection

from cases.checks.entries import TABLE
from cases.models.subject import Register
from cases.runs.temporary import fresh_table

_RANGE: Final = "SELECT entry.id FROM {table} AS entry WHERE entry.id BETWEEN %(first)s AND %(last)s"

# Rows that changed themselves, and those whose finding rests on a row elsewhere that may have changed.
_CHANGED: Final = """
SELECT entry.id FROM {table} AS entry
WHERE entry.id BETWEEN %(first)s AND %(last)s AND entry.changed_at >= %(since)s"""
_PERSON_CHANGED: Final = """
SELECT entry.id FROM registry_person AS person JOIN {table} AS entry ON entry.person_id = person.id
WHERE person.changed_at >= %(since)s AND entry.id BETWEEN %(first)s AND %(last)s
UNION
SELECT linking.subject_id FROM registry_person AS person JOIN cases_verdict AS linking
    ON linking.person_id = person.id AND linking.register = %(register)s AND linking.superseded_by_id IS NULL
WHERE person.changed_at >= %(since)s AND linking.subject_id BETWEEN %(first)s AND %(last)s"""
_VEHICLE_CHANGED: Final = """
SELECT held.owner_id FROM registry_vehicle AS held
WHERE held.changed_at >= %(since)s AND held.owner_id BETWEEN %(first)s AND %(last)s"""
# A link with a person comes without a change of the row: what is found now is looked at again.
_FOUND_NOW: Final = """
SELECT was.subject_id FROM cases_checkfinding AS was JOIN {table} AS entry ON entry.id = was.subject_id
WHERE was.register = %(register)s AND was.subject_id BETWEEN %(first)s AND %(last)s"""
_TOUCHED: Final = {
    Register.VEHICLE.value: (_CHANGED,),
    Register.OWNER.value: (_CHANGED, _PERSON_CHANGED, _VEHICLE_CHANGED, _FOUND_NOW),
    Register.LICENCE.value: (_CHANGED, _PERSON_CHANGED, _FOUND_NOW),
}

# Registrations with a number of one in `subject`, and those its findings name.
_SAME: Final = """
SELECT other.id FROM subject
JOIN registry_vehicle AS entry ON entry.id = subject.subject_id
JOIN registry_vehicle AS other ON other.{key} = entry.{key} AND other.id <> entry.id
WHERE entry.{key} ~ '[0-9]' AND btrim(entry.{key}, left(entry.{key}, 1)) <> ''"""
_NAMED: Final = """
SELECT (named->>'id')::bigint FROM subject
JOIN cases_checkfinding AS was ON was.register = 'vehicle' AND was.subject_id = subject.subject_id
CROSS JOIN LATERAL jsonb_array_elements(
    CASE WHEN jsonb_typeof(was.evidence->'others') = 'array' THEN was.evidence->'others' ELSE '[]' END
) AS named"""
_PARTNERS: Final = " UNION ".join(
    [*(_SAME.format(key=key) for key in ("chassis_no", "engine_no", "plate_key")), _NAMED]
)

_GONE: Final = """
SELECT was.subject_id FROM cases_checkfinding AS was
WHERE was.register = %(register)s
  AND NOT EXISTS (SELECT FROM {table} AS entry WHERE entry.id = was.subject_id)
UNION
SELECT was.subject_id FROM cases_discrepancy AS was
WHERE was.register = %(register)s AND was.state = 'open' AND was.kind = ANY(%(kinds)s)
  AND NOT EXISTS (SELECT FROM {table} AS entry WHERE entry.id = was.subject_id)"""


def take_range(register: str, *, first: int, last: int) -> int:
    """Fill `subject` with a range of a register. Returns how many entries there are."""
    return _take([_RANGE], register, {"first": first, "last": last})


def take_changed(register: str, *, first: int, last: int, since: datetime) -> int:
    """Fill `subject` with what changed in a range, and with the partners of those."""
    params = {"first": first, "last": last, "since": since}
    taken = _take(list(_TOUCHED[register]), register, params)
    return taken + add_partners(register)


def take_gone(register: str, kinds: list[str]) -> int:
    """Fill `subject` with entries that were found wrong and are there no more, and with their partners."""
    taken = _take([_GONE], register, {"kinds": kinds})
    return taken + add_partners(register)


def take_one(subject_id: int) -> None:
    _take(["SELECT %(id)s::bigint"], Register.VEHICLE.value, {"id": subject_id})


def add_partners(register: str) -> int:
    """Add the registrations that share a number with those in `subject`, or did. Returns how many."""
    if register != Register.VEHICLE:
        return 0
    with connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO subject {_PARTNERS} ON CONFLICT DO NOTHING")
        return int(cursor.rowcount)


def _take(parts: list[str], register: str, params: dict[str, Any]) -> int:
    wanted = " UNION ".join(part.format(table=TABLE[register]) for part in parts)
    with connection.cursor() as cursor:
        fresh_table(cursor, "subject", "subject_id bigint PRIMARY KEY")
        cursor.execute(f"INSERT INTO subject {wanted}", params | {"register": register})
        taken = int(cursor.rowcount)
        cursor.execute("ANALYZE subject")
        return taken
