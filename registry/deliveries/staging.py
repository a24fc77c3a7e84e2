"""The tables a delivery lives in until it is applied: cells as text, then rows as understood.

Unlogged and without an index while they fill. PostgreSQL empties them when it was not shut down cleanly;
`is_whole` notices.
"""

from dataclasses import dataclass
from typing import Any

from django.db import connection

from registry.deliveries.kinds import Kind

SCHEMA = "staging"


@dataclass(frozen=True)
class Staging:
    """The names of one delivery's tables."""

    delivery_id: int

    @property
    def cells(self) -> str:
        """Cells as received: a text column for each of the kind, `row_no`, `fault`, `unknown`."""
        return f"{SCHEMA}.delivery_{self.delivery_id}"

    @property
    def rows(self) -> str:
        """Rows as understood: typed columns, `rejected`, `notes`, received-columns."""
        return f"{SCHEMA}.delivery_{self.delivery_id}_rows"

    @property
    def parties(self) -> str:
        """For a party named by several rows: the row that speaks for it."""
        return f"{SCHEMA}.delivery_{self.delivery_id}_parties"

    def drop(self) -> None:
        run(f"DROP TABLE IF EXISTS {self.cells}, {self.rows}, {self.parties}")

    def create_cells(self, kind: Kind) -> None:
        run(f"CREATE UNLOGGED TABLE {self.cells} ({cell_columns(kind)}) WITH (autovacuum_enabled = false)")

    def cells_exist(self) -> bool:
        return exists(self.cells)


def cell_columns(kind: Kind) -> str:
    columns = [f"{name} text" for name in kind.column_names]
    return ", ".join(["row_no bigint NOT NULL", "fault text", "unknown jsonb", *columns])


def execute(cursor: Any, sql: str) -> None:
    """Execute SQL as it stands. The history adds parameters to statements, which makes % a placeholder."""
    cursor.execute(sql.replace("%", "%%"), ())


def run(sql: str) -> int:
    """Execute one statement without parameters; returns the number of rows it touched."""
    with connection.cursor() as cursor:
        execute(cursor, sql)
        return max(int(cursor.rowcount), 0)


def row_of(sql: str) -> tuple[int, ...]:
    """The first row of a query of numbers."""
    with connection.cursor() as cursor:
        execute(cursor, sql)
        return tuple(value or 0 for value in cursor.fetchone() or ())


def exists(table: str) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_regclass(%s) IS NOT NULL", [table])
        return bool(cursor.fetchone()[0])
