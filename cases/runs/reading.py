"""Rows of PostgreSQL as Arrow: millions through ADBC, a few through Django's own connection."""

from collections.abc import Iterator, Mapping
from typing import Any

import pyarrow as pa
from adbc_driver_postgresql import dbapi
from django.db import connection
from psycopg.conninfo import make_conninfo

_TEXT = pa.string()
PARTY_SCHEMA = pa.schema(
    {
        "register": _TEXT,
        "party_id": pa.int64(),
        "kind": _TEXT,
        "name": _TEXT,
        "name_key": _TEXT,
        "id_number": _TEXT,
        "id_key": _TEXT,
        "birth_date": pa.date32(),
        "birth_precision": _TEXT,
        "ward_code": _TEXT,
        "mark": pa.int64(),
    }
)
PERSON_SCHEMA = pa.schema(
    {
        "personal_id": _TEXT,
        "name": _TEXT,
        "name_key": _TEXT,
        "former_ids": pa.list_(_TEXT),
        "birth_date": pa.date32(),
        "birth_precision": _TEXT,
        "ward_code": _TEXT,
        "died_on": pa.date32(),
    }
)
NAME_SCHEMA = pa.schema({"name_key": _TEXT, "people": pa.int64()})
REFUSAL_SCHEMA = pa.schema({"register": _TEXT, "party_id": pa.int64(), "personal_id": _TEXT})

_OURS = ("cursor_factory", "context", "prepare_threshold")


def read_committed(sql: str) -> Iterator[pa.RecordBatch]:
    """Batches of a query's rows as others have committed them, from a session of its own. Flat in memory."""
    params = {key: value for key, value in connection.get_connection_params().items() if key not in _OURS}
    with dbapi.connect(make_conninfo(**params)) as session, session.cursor() as cursor:
        cursor.execute(sql)
        yield from cursor.fetch_record_batch()


def read_here(sql: str, schema: pa.Schema, params: Mapping[str, Any] | None = None) -> pa.Table:
    """The rows of a query inside the present transaction, for as many as fit in memory."""
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        rows = cursor.fetchall()
    columns = list(zip(*rows, strict=True)) or [()] * len(schema)
    arrays = [pa.array(values, field.type) for values, field in zip(columns, schema, strict=True)]
    return pa.table(arrays, schema=schema)


_REFUSALS = """
SELECT refusal.register, refusal.subject_id, person.personal_id
FROM cases_refusal AS refusal JOIN registry_person AS person ON person.id = refusal.person_id
WHERE refusal.register = %(register)s AND refusal.subject_id BETWEEN %(first)s AND %(last)s"""


def read_refusals(register: str, first: int, last: int) -> pa.Table:
    """Pairs that officers ruled out, of the parties from `first` to `last`."""
    params = {"register": register, "first": first, "last": last}
    return read_here(_REFUSALS, REFUSAL_SCHEMA, params)
