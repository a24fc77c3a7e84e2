"""A CSV file row by row, with memory flat and every broken row told apart from the next good one."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Final

from registry.identity.encodings import text_reader

SEPARATORS: Final = {",": "comma", ";": "semicolon", "\t": "tab", "|": "bar"}
# Longer cells are no values; a longer line is not read whole.
LONGEST_CELL: Final = 100_000
LONGEST_LINE: Final = 1 << 20
# A cell with more line breaks than this has an open quote.
MOST_LINES: Final = 100
# How much of a broken row is kept to be shown.
SHOWN: Final = 2000


@dataclass(slots=True)
class Row:
    """One row. `fault` is a code of `notices`, with "!" where it rejects the row; `raw` is then its text."""

    number: int
    cells: list[str]
    fault: str | None = None
    raw: str = ""


class _OpenQuote(Exception):
    """A row runs over too many lines."""


class _Lines(Iterator[str]):
    """The lines of a stream; those of the row being read can be given back."""

    def __init__(self, stream: IO[str]) -> None:
        self._stream = stream
        self._given_back: list[str] = []
        self.taken: list[str] = []
        self.is_cut = False

    def __next__(self) -> str:
        if len(self.taken) > MOST_LINES:
            raise _OpenQuote
        line = self._given_back.pop() if self._given_back else self._read()
        if not line:
            raise StopIteration
        self.taken.append(line)
        return line

    def begin_row(self) -> None:
        self.taken = []
        self.is_cut = False

    def give_back_all_but_first(self) -> None:
        self._given_back += reversed(self.taken[1:])
        del self.taken[1:]

    def _read(self) -> str:
        line = self._stream.readline(LONGEST_LINE)
        if len(line) == LONGEST_LINE and line[-1] not in "\r\n":
            self.is_cut = True
            while (rest := self._stream.readline(LONGEST_LINE)) and rest[-1] not in "\r\n":
                pass
        return line


class CsvFile:
    """An open CSV file. `position` is how many bytes of it have been read."""

    def __init__(self, path: Path, *, encoding: str, separator: str) -> None:
        self._binary = path.open("rb")
        self._text = text_reader(self._binary, encoding)
        self._separator = separator
        self.size = path.stat().st_size

    def close(self) -> None:
        self._text.close()

    @property
    def position(self) -> int:
        return self._binary.tell()

    def rows(self) -> Iterator[Row]:
        """Every row, the header first, numbered as in a spreadsheet; empty lines are counted and left out."""
        csv.field_size_limit(LONGEST_CELL)
        lines = _Lines(self._text)
        # Strict, so that an open quote is noticed where the next one closes it.
        reader = csv.reader(lines, delimiter=self._separator, strict=True)
        number = width = 0
        while True:
            lines.begin_row()
            row = self._next_row(reader, lines, width)
            if row is None:
                return
            number += 1
            if row.cells or row.fault:
                row.number = number
                width = width or len(row.cells)
                yield row

    def _next_row(self, reader: Iterator[list[str]], lines: _Lines, width: int) -> Row | None:
        fault: str | None = None
        cells: list[str] = []
        try:
            cells = next(reader)
        except StopIteration:
            return None
        except _OpenQuote:
            fault = "!quote_unclosed"
        except csv.Error:
            cells, fault = self._sloppy(lines)
        if fault is None and len(cells) == width and not lines.is_cut and "\0" not in lines.taken[0]:
            return Row(0, cells)
        return _examined(cells, fault, lines, width)

    def _sloppy(self, lines: _Lines) -> tuple[list[str], str | None]:
        """A row the strict reader refuses: an open quote, a cell too long, or a quote inside a word."""
        if len(lines.taken) > 1 or _ends_open(lines.taken[0]):
            return [], "!quote_unclosed"
        try:
            return next(csv.reader(lines.taken, delimiter=self._separator), []), None
        except csv.Error:
            return [], "!field_too_long"


def _ends_open(line: str) -> bool:
    return line.count('"') % 2 == 1


def _examined(cells: list[str], fault: str | None, lines: _Lines, width: int) -> Row:
    """A row that is not plainly good."""
    if fault is None and cells and width:
        fault = _fault_of(cells, lines, width)
    if fault == "!quote_unclosed":
        # What the open quote swallowed is read again as rows of its own.
        lines.give_back_all_but_first()
    raw = "".join(lines.taken).rstrip("\r\n")[:SHOWN].replace("\0", "\u2400")
    return Row(0, [cell.replace("\0", "") for cell in cells], fault, raw)


def _fault_of(cells: list[str], lines: _Lines, width: int) -> str | None:
    if lines.is_cut:
        return "!field_too_long"
    if len(cells) != width:
        whole = "".join(lines.taken)
        if len(lines.taken) > 1 or _ends_open(whole):
            return "!quote_unclosed"
        if not any(cell.strip() for cell in cells[width:]) and len(cells) > width:
            del cells[width:]
            return None
        return "!row_too_short" if len(cells) < width else "!row_too_long"
    return "nul_bytes" if any("\0" in cell for cell in cells) else None
