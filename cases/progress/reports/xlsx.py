"""A report as an Excel file: numbers stay numbers, text can never be a formula."""

from datetime import date, datetime, time
from io import BytesIO

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from cases.progress.reports.sheets import Kind, Sheet, Value

FIRST_ROW = 3  # below the heading, the stamp and an empty line
_FORMATS = {
    Kind.TEXT: "@",
    Kind.COUNT: "#,##0",
    Kind.SHARE: "0.0%",
    Kind.CHANGE: "+0.0;-0.0;0.0",
    Kind.DAY: "dd/mm/yyyy",
}


def write_xlsx(heading: str, stamp: str, sheets: list[Sheet]) -> bytes:
    buffer = BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_formulas": False}) as book:
        formats = {kind: book.add_format({"num_format": shape}) for kind, shape in _FORMATS.items()}
        bold = book.add_format({"bold": True})
        for sheet in sheets:
            page = book.add_worksheet(str(sheet.title)[:31])
            page.write_string(0, 0, heading, bold)
            page.write_string(1, 0, stamp)
            _write_table(page, sheet, formats, bold)
    return buffer.getvalue()


def _write_table(page: Worksheet, sheet: Sheet, formats: dict[Kind, Format], bold: Format) -> None:
    for column, described in enumerate(sheet.columns):
        page.set_column(column, column, described.width)
        page.write_string(FIRST_ROW, column, str(described.heading), bold)
    for number, row in enumerate(sheet.rows, start=FIRST_ROW + 1):
        for column, value in enumerate(row):
            _write(page, number, column, value, formats[sheet.columns[column].kind])
    page.freeze_panes(FIRST_ROW + 1, 0)


def _write(page: Worksheet, row: int, column: int, value: Value, form: Format) -> None:
    if value is None:
        page.write_blank(row, column, None, form)
    elif isinstance(value, date):
        page.write_datetime(row, column, datetime.combine(value, time.min), form)
    elif isinstance(value, str):
        page.write_string(row, column, value, form)
    else:
        page.write_number(row, column, value, form)
