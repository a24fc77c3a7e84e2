"""Writes lines to a file one by one, so that a million of them take no memory."""

import csv
from collections.abc import Iterable
from datetime import date, datetime, time
from pathlib import Path
from typing import Any, Protocol

import xlsxwriter
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

# What makes a spreadsheet calculate a text. A quote before it makes it a text again.
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
# Rows of one sheet of XLSX, heading included.
SHEET_ROWS = 1_000_000


class Format(models.TextChoices):
    CSV = "csv", _("CSV (UTF-8)")
    XLSX = "xlsx", _("Excel (XLSX)")


class LineWriter(Protocol):
    """Takes lines and closes the file."""

    def write(self, line: Iterable[Any]) -> None: ...

    def close(self) -> None: ...


def harmless(value: Any) -> Any:
    """The value with nothing in it that a spreadsheet would run."""
    if isinstance(value, str) and value.lstrip(" ").startswith(_FORMULA_STARTS):
        return f"'{value}"
    return value


def open_writer(path: Path, file_format: str, headings: list[str]) -> LineWriter:
    writer: type[CsvLines] | type[XlsxLines] = CsvLines if file_format == Format.CSV else XlsxLines
    return writer(path, headings)


class CsvLines:
    """UTF-8 with the mark Excel needs to see Vietnamese; dates as 2025-12-31."""

    def __init__(self, path: Path, headings: list[str]) -> None:
        self._file = path.open("w", encoding="utf-8-sig", newline="")
        self._csv = csv.writer(self._file)
        self.write(headings)

    def write(self, line: Iterable[Any]) -> None:
        self._csv.writerow(["" if value is None else harmless(value) for value in line])

    def close(self) -> None:
        self._file.close()


class XlsxLines:
    """One sheet after the other, each row sent to disk as soon as it is complete."""

    def __init__(self, path: Path, headings: list[str]) -> None:
        self._book = xlsxwriter.Workbook(
            str(path),
            {"constant_memory": True, "tmpdir": str(path.parent), "default_date_format": "dd/mm/yyyy"},
        )
        self._bold = self._book.add_format({"bold": True})
        self._headings = headings
        self._new_sheet()

    def write(self, line: Iterable[Any]) -> None:
        if self._row == SHEET_ROWS:
            self._new_sheet()
        for at, value in enumerate(line):
            self._cell(at, value)
        self._row += 1

    def close(self) -> None:
        self._book.close()

    def _new_sheet(self) -> None:
        self._sheet = self._book.add_worksheet()
        self._sheet.freeze_panes(1, 0)
        for at, heading in enumerate(self._headings):
            self._sheet.write_string(0, at, heading, self._bold)
        self._row = 1

    def _cell(self, at: int, value: Any) -> None:
        if value is None or value == "":
            return
        if isinstance(value, datetime):
            value = timezone.make_naive(value) if timezone.is_aware(value) else value
        if isinstance(value, date):
            value = value if isinstance(value, datetime) else datetime.combine(value, time.min)
            self._sheet.write_datetime(self._row, at, value)
        elif isinstance(value, int | float) and not isinstance(value, bool):
            self._sheet.write_number(self._row, at, value)
        else:
            self._sheet.write_string(self._row, at, str(harmless(value))[:32_767])
