"""Cells into staging, through COPY: rows in the order of the file, in batches that each commit."""

import json
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Final

from django.db import connection

from registry.deliveries.csvfile import Row
from registry.deliveries.staging import Staging
from registry.deliveries.tables import Reading

# Rows that go to the server together.
_COPIED_AT_ONCE: Final = 2000
# COPY's text format: joining cells takes a third of what writing them as CSV does, and reading them less.
_FORMAT: Final = "WITH (FORMAT text, NULL '')"
_ESCAPED: Final = str.maketrans({"\\": r"\\", "\t": r"\t", "\n": r"\n", "\r": r"\r"})


def copy_rows(staging_cells: str, reading: Reading, rows: Iterable[Row]) -> int:
    """COPY rows into a table of cells, in the caller's transaction. Returns how many."""
    names = list(reading.columns)
    columns = ", ".join([*names, "row_no", "fault", "unknown"])
    shape = _Shape(reading)
    stream, count = iter(rows), 0
    with (
        connection.cursor() as cursor,
        cursor.copy(f"COPY {staging_cells} ({columns}) FROM STDIN {_FORMAT}") as copy,
    ):
        while batch := list(islice(stream, _COPIED_AT_ONCE)):
            copy.write(shape.written(batch))
            count += len(batch)
    return count


class _Shape:
    """Rows of a file as lines of COPY: known columns in order, then number, fault, and what is unknown."""

    def __init__(self, reading: Reading) -> None:
        self._places = list(reading.columns.values())
        self._unknown = reading.unknown
        self._in_order = self._places == list(range(reading.width)) and not reading.unknown

    def written(self, batch: list[Row]) -> str:
        return "".join([f"{_joined(self._line(row))}\n" for row in batch])

    def _line(self, row: Row) -> list[str]:
        fault = row.fault or ""
        if fault.startswith("!"):
            empty = [""] * len(self._places)
            return [*empty, str(row.number), fault, json.dumps({"": row.raw}, ensure_ascii=False)]
        if self._in_order:
            return [*row.cells, str(row.number), fault, ""]
        cells = row.cells
        return [*(cells[place] for place in self._places), str(row.number), fault, self._kept(cells)]

    def _kept(self, cells: list[str]) -> str:
        kept = {name: cells[place] for name, place in self._unknown.items() if cells[place].strip()}
        return json.dumps(kept, ensure_ascii=False) if kept else ""


def _joined(cells: list[str]) -> str:
    """Cells as a line of COPY. Few lines have anything to escape: those alone are looked at cell by cell."""
    line = "\t".join(cells)
    is_plain = line.count("\t") == len(cells) - 1 and not ("\\" in line or "\n" in line or "\r" in line)
    return line if is_plain else "\t".join([cell.translate(_ESCAPED) for cell in cells])


def after(rows: Iterator[Row], number: int) -> Iterator[Row]:
    """The rows below the header that come after row `number`."""
    next(rows, None)
    return (row for row in rows if row.number > number)


def staged_until(staging: Staging) -> tuple[int, int]:
    """(rows, number of the last one) in the cells of a delivery."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*), coalesce(max(row_no), 0) FROM {staging.cells}")
        rows, last = cursor.fetchone()
        return rows, last
