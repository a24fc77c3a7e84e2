"""The chassis and engine numbers that stand on more than one registration, kept from count to count.

A vehicle becomes a twin, or ceases to be one, by what happens to another: its block is then counted, too.
"""

from typing import Any, Final

from django.db import connection

from cases.models.block import BLOCK_BITS, WITHIN_BLOCK
from cases.progress.qualities import REGISTERED, TWIN_FIELDS, another_with

# By the index alone first; then those few are looked at.
_ANYWHERE: Final = """
SELECT {field} FROM registry_vehicle AS vehicle
WHERE {field} IN (
    SELECT {field} FROM registry_vehicle WHERE {field} IS NOT NULL GROUP BY {field} HAVING count(*) > 1
) AND {field} <> '' AND {registered}
GROUP BY {field} HAVING count(*) > 1"""
_AMONG: Final = """
SELECT DISTINCT found.number
FROM unnest(%(blocks)s::int[]) AS changed(block)
CROSS JOIN LATERAL (
    SELECT vehicle.{field} AS number FROM registry_vehicle AS vehicle
    WHERE vehicle.owner_id {within}
      AND {registered} AND {another}
    OFFSET 0
) AS found"""

_NOTE = """
INSERT INTO cases_twinnumber (field, number) SELECT '{field}', number FROM ({found}) AS twin(number)
ON CONFLICT DO NOTHING RETURNING number"""
_FORGET = """
DELETE FROM cases_twinnumber AS twin
WHERE field = '{field}' AND (
    SELECT count(*) FROM registry_vehicle AS vehicle WHERE vehicle.{field} = twin.number AND {registered}) < 2
RETURNING number"""
_BLOCKS_OF = "SELECT DISTINCT owner_id >> {bits} FROM registry_vehicle WHERE {field} = ANY(%(numbers)s)"

CONDITIONS: Final = (_ANYWHERE, REGISTERED, TWIN_FIELDS)


def bring_up_to_date(blocks: list[int] | None) -> set[int]:
    """Note which numbers of vehicles in these blocks (None: anywhere) became twins, and which ceased.

    Returns the blocks of all vehicles with such a number.
    """
    if blocks == []:
        return set()
    return set().union(*(_concerned(field, blocks) for field in TWIN_FIELDS))


def _concerned(field: str, blocks: list[int] | None) -> set[int]:
    found = _ANYWHERE if blocks is None else _AMONG
    numbers = [*_column(_NOTE.replace("{found}", found), field, blocks=blocks), *_column(_FORGET, field)]
    return set(_column(_BLOCKS_OF, field, numbers=numbers))


def _column(statement: str, field: str, **params: Any) -> list[Any]:
    sql = statement.format(
        field=field,
        registered=REGISTERED,
        another=another_with(field),
        within=WITHIN_BLOCK,
        bits=BLOCK_BITS,
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return [value for (value,) in cursor.fetchall()]
