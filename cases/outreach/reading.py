"""Reads a ward: who has not declared, where they live, and how many they are by residential group."""

from datetime import datetime
from typing import Any

from django.db import connection

from cases.outreach.addresses import addresses_sql
from cases.outreach.waiting import waiting_sql
from cases.runs.temporary import fresh_table

_FRESH = """subject_id bigint PRIMARY KEY, group_key text, group_name text, street_key text, street text,
    house_key text"""
_TAKE = "INSERT INTO doorstep {read}"

_GONE = """
DELETE FROM cases_doorstep AS old
WHERE old.unit_id = %(unit)s AND old.register = %(register)s
  AND NOT EXISTS (SELECT FROM doorstep WHERE doorstep.subject_id = old.subject_id)"""
# In the order of ids: two wards that are read at once may both know somebody who moves.
_KEEP = """
INSERT INTO cases_doorstep AS old
    (register, subject_id, unit_id, group_key, group_name, street_key, street, house_key)
SELECT %(register)s, subject_id, %(unit)s, group_key, group_name, street_key, street, house_key
FROM doorstep ORDER BY subject_id
ON CONFLICT (register, subject_id) DO UPDATE SET
    unit_id = excluded.unit_id, group_key = excluded.group_key, group_name = excluded.group_name,
    street_key = excluded.street_key, street = excluded.street, house_key = excluded.house_key
WHERE (old.unit_id, old.group_key, old.group_name, old.street_key, old.street, old.house_key)
    IS DISTINCT FROM (excluded.unit_id, excluded.group_key, excluded.group_name, excluded.street_key,
                      excluded.street, excluded.house_key)"""
_FORGET_COUNTS = "DELETE FROM cases_undeclaredcount WHERE unit_id = %(unit)s AND register = %(register)s"
# A group is written in many ways; the name most of its people have is shown.
_COUNT = """
INSERT INTO cases_undeclaredcount (unit_id, register, group_key, group_name, people, counted_at)
SELECT %(unit)s, %(register)s, group_key, mode() WITHIN GROUP (ORDER BY group_name), count(*), %(at)s
FROM doorstep GROUP BY group_key
UNION ALL
SELECT %(unit)s, %(register)s, NULL, '', count(*), %(at)s FROM doorstep"""


def read_ward(register: str, *, unit_id: int, at: datetime) -> int:
    """Read one register of a ward anew, in the present transaction. Returns how many have not declared."""
    params: dict[str, Any] = {"register": register, "unit": unit_id, "at": at}
    with connection.cursor() as cursor:
        fresh_table(cursor, "doorstep", _FRESH)
        cursor.execute(_TAKE.format(read=addresses_sql(waiting_sql(register))), params)
        found = int(cursor.rowcount)
        cursor.execute("ANALYZE doorstep")
        for statement in (_GONE, _KEEP, _FORGET_COUNTS, _COUNT):
            cursor.execute(statement, params)
    return found
