"""Writes notices, set-based: what was noted while rows were understood, and what checks find afterwards."""

from registry.deliveries.kinds import Kind
from registry.deliveries.staging import Staging, row_of, run

_INSERT = 'INSERT INTO registry_deliverynotice (delivery_id, row_no, "column", code, value, other, rejects)'
# A notice shows the beginning of a value; the whole stays in the file.
LONGEST_VALUE = 500


def note_understood(kind: Kind, staging: Staging, first: int, last: int) -> None:
    """The notes of a range, each with the cell it is about."""
    name = "split_part(ltrim(found.entry, '!'), ':', 1)"
    value = f"CASE WHEN {name} = '' THEN cells.unknown->>'' ELSE to_jsonb(cells)->>{name} END"
    run(f"""
        {_INSERT}
        SELECT {staging.delivery_id}, noted.row_no, {name}, split_part(found.entry, ':', 2),
               left(coalesce({value}, ''), {LONGEST_VALUE}), '', found.entry LIKE '!%'
        FROM {staging.rows} AS noted
        JOIN {staging.cells} AS cells ON cells.row_no = noted.row_no,
             unnest(noted.notes) AS found(entry)
        WHERE noted.notes IS NOT NULL AND noted.row_no BETWEEN {first} AND {last}
          AND cells.row_no BETWEEN {first} AND {last}
        ORDER BY noted.row_no
    """)


def note_rows(delivery_id: int, *, column: str, code: str, rows: str) -> int:
    """Notices that do not reject. `rows` is a query of row_no, value, other."""
    return run(f"""
        {_INSERT}
        SELECT {delivery_id}, row_no, '{column}', '{code}', left(coalesce(value, ''), {LONGEST_VALUE}),
               left(other, 100), false
        FROM ({rows}) AS found ORDER BY row_no
    """)


def reject_rows(staging: Staging, *, column: str, code: str, rows: str) -> int:
    """Reject rows that could be loaded so far. `rows` is a query of row_no, value, other."""
    (rejected,) = row_of(f"""
        WITH found AS MATERIALIZED ({rows}),
        gone AS (
            UPDATE {staging.rows} AS staged SET rejected = true FROM found
            WHERE staged.row_no = found.row_no AND NOT staged.rejected
            RETURNING staged.row_no
        ),
        noted AS (
            {_INSERT}
            SELECT {staging.delivery_id}, row_no, '{column}', '{code}',
                   left(coalesce(value, ''), {LONGEST_VALUE}), left(other, 100), true
            FROM found JOIN gone USING (row_no) ORDER BY row_no
        )
        SELECT count(*) FROM gone
    """)
    return rejected


def note_duplicates(kind: Kind, staging: Staging) -> None:
    """The first row of a record counts; later ones are rejected, identical ones too."""
    keys = ", ".join(kind.key)
    same = " AND ".join(f"staged.{name} IS NOT DISTINCT FROM twice.{name}" for name in kind.key)
    value = f"concat_ws(' ', {', '.join(f'staged.{name}' for name in kind.key)})"
    reject_rows(
        staging,
        column=kind.key[-1].removesuffix("_key"),
        code="duplicate_in_file",
        rows=f"""
            SELECT staged.row_no, {value} AS value, twice.first::text AS other
            FROM (SELECT {keys}, min(row_no) AS first FROM {staging.rows} WHERE NOT rejected
                  GROUP BY {keys} HAVING count(*) > 1) AS twice
            JOIN {staging.rows} AS staged ON staged.{kind.key[0]} = twice.{kind.key[0]} AND {same}
            WHERE NOT staged.rejected AND staged.row_no > twice.first
        """,
    )
