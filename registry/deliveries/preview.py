"""The first rows of a file as they would be understood, before anything is loaded."""

from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from django.db import connection, transaction
from django.utils.translation import get_language

from registry.deliveries.kinds import Column, Kind, kind_of
from registry.deliveries.loading import after, copy_rows
from registry.deliveries.notices import sentence
from registry.deliveries.staging import cell_columns, run
from registry.deliveries.tables import Reading, opened
from registry.deliveries.understanding import create_rows, fill_rows, mend_range
from registry.models import Delivery

PREVIEWED = 100
_CELLS, _ROWS = "preview_cells", "preview_rows"


@dataclass(frozen=True)
class PreviewCell:
    """What was understood; `raw` where the file says it otherwise; `notice` where there is one."""

    column: Column
    text: str
    raw: str = ""
    notice: str = ""
    rejects: bool = False


@dataclass(frozen=True)
class PreviewRow:
    number: int
    cells: list[PreviewCell]
    fault: str = ""


def preview(delivery: Delivery) -> list[PreviewRow]:
    """Read and understand the first rows by the same SQL as the load; nothing stays behind."""
    kind, reading = kind_of(delivery.kind), Reading.from_json(delivery.reading)
    if not reading.columns:
        return []
    with transaction.atomic():
        run(f"DROP TABLE IF EXISTS pg_temp.{_CELLS}, pg_temp.{_ROWS}")
        run(f"CREATE TEMP TABLE {_CELLS} ({cell_columns(kind)}) ON COMMIT DROP")
        create_rows(kind, _ROWS, temporary=True)
        with opened(
            Path(delivery.file.path),
            file_format=reading.format,
            encoding=reading.encoding,
            separator=reading.separator,
        ) as table:
            copy_rows(_CELLS, reading, islice(after(table.rows(), 0), PREVIEWED))
        last = 1 << 40
        mend_range(kind, _CELLS, 0, last)
        fill_rows(kind, cells=_CELLS, into=_ROWS, first=0, last=last)
        return _rows(kind, [kind.column(name) for name in reading.columns])


def _rows(kind: Kind, columns: list[Column]) -> list[PreviewRow]:
    understood = ", ".join(f"r.{column.name}::text" for column in columns)
    cells = ", ".join(f"btrim(c.{column.name})" for column in columns)
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT r.row_no, r.notes, {understood}, {cells} FROM {_ROWS} r JOIN {_CELLS} c USING (row_no)"
            " ORDER BY r.row_no"
        )
        return [_row(found, columns) for found in cursor.fetchall()]


def _row(found: tuple[object, ...], columns: list[Column]) -> PreviewRow:
    number, notes, *texts = found
    noted = _by_column(notes if isinstance(notes, list) else [])
    values, cells = texts[: len(columns)], texts[len(columns) :]
    shown = [
        _cell(column, str(value or ""), str(raw or ""), noted.get(column.name, ""))
        for column, value, raw in zip(columns, values, cells, strict=True)
    ]
    return PreviewRow(int(str(number)), shown, sentence(noted[""].lstrip("!")) if "" in noted else "")


def _by_column(notes: list[str]) -> dict[str, str]:
    """Column → code, with "!" in front where it rejects the row."""
    found: dict[str, str] = {}
    for note in notes:
        name, _colon, code = note.lstrip("!").partition(":")
        found[name] = ("!" if note.startswith("!") else "") + code
    return found


def _cell(column: Column, value: str, raw: str, note: str) -> PreviewCell:
    text = _words(column, value)
    notice = sentence(note.lstrip("!")) if note else ""
    return PreviewCell(column, text, "" if raw in (value, text) else raw, notice, note.startswith("!"))


def _words(column: Column, value: str) -> str:
    if column.type.sql.endswith("[]"):
        return value.strip("{}").replace(",", "; ")
    return column.type.words.get(value, value) if get_language() == "vi" else value
