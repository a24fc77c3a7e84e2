"""Spreadsheets as rows of text."""

import zipfile
from datetime import date, datetime
from pathlib import Path

import pytest
import xlsxwriter

from registry.deliveries.errors import Refused
from registry.deliveries.xlsxfile import XlsxFile


def book(folder: Path, rows: list[list[object]]) -> Path:
    path = folder / "f.xlsx"
    with xlsxwriter.Workbook(
        str(path), {"default_date_format": "dd/mm/yyyy", "strings_to_formulas": False}
    ) as made:
        sheet = made.add_worksheet("Xe")
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
        made.add_worksheet("Khác").write(0, 0, "không đọc")
    return path


def texts(path: Path) -> list[list[str]]:
    table = XlsxFile(path)
    found = [row.cells for row in table.rows()]
    table.close()
    return found


def packed(folder: Path, parts: dict[str, bytes]) -> Path:
    path = folder / "f.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return path


WORKBOOK = b"""<workbook xmlns:r="r"><sheets><sheet name="a" sheetId="1" r:id="rId1"/></sheets></workbook>"""
LINKS = b"""<Relationships><Relationship Id="rId1" Target="worksheets/sheet1.xml"/></Relationships>"""


def sheet_of(folder: Path, rows: str) -> Path:
    sheet = f"<worksheet><sheetData>{rows}</sheetData></worksheet>".encode()
    return packed(folder, {
        "xl/workbook.xml": WORKBOOK, "xl/_rels/workbook.xml.rels": LINKS, "xl/worksheets/sheet1.xml": sheet,
    })  # fmt: skip


def test_the_first_sheet_is_read_as_text(tmp_path: Path) -> None:
    path = book(tmp_path, [["tên", "số"], ["Đặng Văn A", 12], ["B", 1.5], ["=1+1", None]])
    assert texts(path) == [["tên", "số"], ["Đặng Văn A", "12"], ["B", "1.5"], ["=1+1", ""]]


def test_a_date_is_a_date_and_a_long_number_keeps_its_digits(tmp_path: Path) -> None:
    rows = [["ngày", "số"], [date(1970, 1, 2), 123456789012], [datetime(2020, 5, 6, 7, 8), 1]]
    assert texts(book(tmp_path, rows))[1:] == [["1970-01-02", "123456789012"], ["2020-05-06 07:08:00", "1"]]


def test_a_formula_counts_by_its_result(tmp_path: Path) -> None:
    path = tmp_path / "f.xlsx"
    with xlsxwriter.Workbook(str(path)) as made:
        sheet = made.add_worksheet()
        sheet.write_row(0, 0, ["a"])
        sheet.write_formula(1, 0, "=1+1", value=2)
    assert texts(path) == [["a"], ["2"]]


def test_rows_keep_the_numbers_the_spreadsheet_shows(tmp_path: Path) -> None:
    table = XlsxFile(book(tmp_path, [["a"], [], ["x"]]))
    assert [row.number for row in table.rows()] == [1, 3]


def test_a_cell_beyond_the_header_is_a_fault_and_a_missing_one_is_empty(tmp_path: Path) -> None:
    table = XlsxFile(book(tmp_path, [["a", "b"], ["1", "2", "3"], ["4"]]))
    assert [(row.fault, row.cells) for row in table.rows()][1:] == [
        ("!row_too_long", ["1", "2"]),
        (None, ["4", ""]),
    ]


def test_a_cell_in_the_last_corner_takes_no_memory(tmp_path: Path) -> None:
    rows = '<row r="1"><c r="A1" t="inlineStr"><is><t>a</t></is></c></row>'
    rows += '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    table = XlsxFile(sheet_of(tmp_path, rows))
    assert [(row.number, row.fault) for row in table.rows()] == [(1, None), (1048576, "!row_too_long")]


def test_a_bomb_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    path = sheet_of(tmp_path, '<row r="1"></row>' + " " * 60_000_000)
    assert path.stat().st_size < 200_000
    with pytest.raises(Refused, match="MB"):
        XlsxFile(path)


def test_a_bomb_that_lies_about_its_size_is_stopped(tmp_path: Path) -> None:
    path = sheet_of(tmp_path, '<row r="1"><c r="A1"><v>1</v></c></row>' * 200_000)
    content = path.read_bytes()
    real = (len(b"<worksheet><sheetData></sheetData></worksheet>") + 200_000 * 39).to_bytes(4, "little")
    assert content.count(real) == 2
    path.write_bytes(content.replace(real, (1000).to_bytes(4, "little")))
    with pytest.raises(Refused):
        texts(path)


def test_entities_that_grow_are_stopped(tmp_path: Path) -> None:
    grow = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 50}">' for n in range(1, 9))
    sheet = f'<!DOCTYPE x [<!ENTITY e0 "{"x" * 50}">{grow}]><worksheet><sheetData><row r="1">'
    sheet += '<c r="A1" t="inlineStr"><is><t>&e8;</t></is></c></row></sheetData></worksheet>'
    path = packed(tmp_path, {
        "xl/workbook.xml": WORKBOOK, "xl/_rels/workbook.xml.rels": LINKS,
        "xl/worksheets/sheet1.xml": sheet.encode(),
    })  # fmt: skip
    with pytest.raises(Refused):
        texts(path)


@pytest.mark.parametrize("content", [b"PK\x03\x04", b"PK\x05\x06" + b"\x00" * 18])
def test_an_archive_that_is_no_table_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "f.xlsx"
    path.write_bytes(content)
    with pytest.raises(Refused):
        XlsxFile(path)
