"""The two statements of intake: what is new is stored, what is there already is compared.

Items go in as one JSON text and are understood by the expressions that understand rows of a file. Nothing is
created for a request: a declaration sent alone costs one statement, whose plan each connection keeps.
"""

import json
from functools import cache
from typing import Any, Final

import psycopg
from django.db import connection

from cases.deliveries import DECLARATIONS
from cases.intake.cells import Cells
from cases.intake.rules import broken_sql, sound_sql
from registry.deliveries.mending import mendings
from registry.deliveries.merges import SimpleMerge, differs
from registry.deliveries.understanding import WARDS, understood_sql

_LAST: Final = 1 << 30
# The codes of wards, with the zeros that a spreadsheet loses.
_WARD_DIGITS: Final = 5

_UNDERSTOOD = """
WITH wards AS MATERIALIZED (
    SELECT ward.* FROM unnest(<codes>::text[]) AS asked(code)
    CROSS JOIN LATERAL (SELECT * FROM ({wards}) AS every WHERE every.code = asked.code OFFSET 0) AS ward),
cells AS MATERIALIZED (
    SELECT * FROM json_to_recordset(<items>::json)
        AS cell(row_no bigint, fault text, unknown jsonb, {texts})),
mended AS MATERIALIZED (
    SELECT * FROM json_to_recordset(<mended>::json) AS mended(how text, raw text, good text)),
understood AS MATERIALIZED (
    SELECT said.*, broken.rules, {sound} AND NOT said.row_no = ANY(<held>::bigint[]) AS sound
    FROM ({understood}) AS said JOIN cells AS cell ON cell.row_no = said.row_no
    CROSS JOIN LATERAL (SELECT {broken} AS rules) AS broken)"""

# Equal ids are taken in one order by everybody, so that two who send the same wait for one another at most.
_STORE = """{understood},
fresh AS (
    SELECT DISTINCT ON (external_id) * FROM understood WHERE sound ORDER BY external_id, row_no),
stored AS (
    INSERT INTO {table} ({columns}) SELECT {values} FROM fresh AS s ORDER BY s.external_id
    ON CONFLICT (channel, external_id) DO NOTHING RETURNING id, external_id),
receipts AS (
    INSERT INTO cases_receipt (declaration_id, client_id, user_id)
    SELECT id, <client>::bigint, <user>::bigint FROM stored)
SELECT understood.row_no, understood.external_id, coalesce(understood.notes, '{{}}'), understood.rules,
       understood.sound, stored.id
FROM understood
LEFT JOIN fresh ON fresh.row_no = understood.row_no
LEFT JOIN stored ON stored.external_id = fresh.external_id
ORDER BY understood.row_no"""

_COMPARE = """{understood}
SELECT s.row_no, t.id, {differs}
FROM understood AS s JOIN {table} AS t ON t.channel = s.channel AND t.external_id = s.external_id
WHERE s.sound"""


def store(cells: list[Cells], *, client: int | None, user: int | None) -> list[tuple[Any, ...]]:
    """(row_no, external id, notes, broken rules, sound, id where it is new) of every item."""
    return _fetch(_store_sql(), _params(cells) | {"client": client, "user": user})


def compare(cells: list[Cells]) -> list[tuple[Any, ...]]:
    """(row_no, id, whether it says something else) of the sound items that are known."""
    return _fetch(_compare_sql(), _params(cells))


def _params(cells: list[Cells]) -> dict[str, Any]:
    mended = mendings(DECLARATIONS, (cell.texts for cell in cells))
    return {
        "items": _json([cell.as_json() for cell in cells]),
        "mended": _json([{"how": how, "raw": raw, "good": good} for how, raw, good in mended]),
        "codes": list({cell.texts.get("ward_code", "").zfill(_WARD_DIGITS) for cell in cells}),
        "held": [cell.row_no for cell in cells if cell.errors],
    }


def _json(rows: list[dict[str, Any]]) -> str:
    return json.dumps(rows, ensure_ascii=False)


def _fetch(sql: str, params: dict[str, Any]) -> list[tuple[Any, ...]]:
    """Planning takes several times as long as doing: the statement is prepared, once a connection."""
    with connection.wrap_database_errors, psycopg.Cursor(connection.connection) as cursor:
        cursor.execute(sql.encode(), params, prepare=True)
        return cursor.fetchall()


@cache
def _store_sql() -> str:
    merge = _merge()
    fields = merge.fields | {"received": "received"}
    return _bound(
        _STORE.format(
            understood=_understood(),
            table=merge.table,
            columns=", ".join(fields),
            values=", ".join(f"s.{source}" for source in fields.values()),
        )
    )


@cache
def _compare_sql() -> str:
    merge = _merge()
    said = [name for name in merge.fields if name != "unit_id"] + ["received"]
    pairs = [(f"t.{name}", f"s.{name}") for name in said]
    return _bound(_COMPARE.format(understood=_understood(), table=merge.table, differs=differs(pairs)))


def _merge() -> Any:
    merge = DECLARATIONS.merge()
    assert isinstance(merge, SimpleMerge)
    return merge


def _understood() -> str:
    return _UNDERSTOOD.format(
        wards=WARDS,
        texts=", ".join(f"{name} text" for name in DECLARATIONS.column_names),
        sound=sound_sql(),
        broken=broken_sql(),
        understood=understood_sql(DECLARATIONS, "cells", 0, _LAST),
    )


def _bound(sql: str) -> str:
    """The statement with its parameters; the patterns in it hold percent signs of their own."""
    sql = sql.replace("%", "%%")
    for name in ("items", "mended", "codes", "held", "client", "user"):
        sql = sql.replace(f"<{name}>", f"%({name})s")
    return sql
