"""Temporary tables of one transaction. A transaction may match several times: each time they are new."""

import pyarrow as pa
import pyarrow.csv
from django.db import connection
from django.db.backends.utils import CursorWrapper

_CSV = pyarrow.csv.WriteOptions(include_header=False)


def fresh_table(cursor: CursorWrapper, name: str, columns: str) -> None:
    cursor.execute(f"DROP TABLE IF EXISTS pg_temp.{name}")
    cursor.execute(f"CREATE TEMP TABLE {name} ({columns}) ON COMMIT DROP")


def csv_lines(batch: pa.RecordBatch | pa.Table) -> bytes:
    """Rows as COPY reads them: text is quoted, so that an empty text is told from NULL."""
    sink = pa.BufferOutputStream()
    pyarrow.csv.write_csv(batch, sink, _CSV)
    lines: bytes = sink.getvalue().to_pybytes()
    return lines


def take_subjects(ids: pa.Array | pa.ChunkedArray) -> None:
    """Fill the temporary table `subject` with the ids that the next statements are about."""
    with connection.cursor() as cursor:
        fresh_table(cursor, "subject", "subject_id bigint PRIMARY KEY")
        with cursor.copy("COPY subject FROM STDIN (FORMAT csv)") as copy:
            copy.write(csv_lines(pa.table({"subject_id": ids})))
        cursor.execute("ANALYZE subject")


def span_of_subjects() -> dict[str, int]:
    """The first and the last id in `subject`. A statement that names them reads that part of a table only."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(min(subject_id), 0), coalesce(max(subject_id), 0) FROM subject")
        first, last = cursor.fetchone()
        return {"first": int(first), "last": int(last)}
