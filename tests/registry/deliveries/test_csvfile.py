"""Rows of a CSV file: the broken ones told apart, the others untouched."""

from pathlib import Path

import pytest

from registry.deliveries import csvfile
from registry.deliveries.csvfile import CsvFile, Row


def read(folder: Path, content: str | bytes, encoding: str = "utf-8") -> list[Row]:
    path = folder / "f.csv"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    table = CsvFile(path, encoding=encoding, separator=",")
    rows = list(table.rows())
    table.close()
    return rows


def faults(rows: list[Row]) -> list[tuple[int, str | None]]:
    return [(row.number, row.fault) for row in rows]


def test_rows_are_numbered_as_a_spreadsheet_numbers_them(tmp_path: Path) -> None:
    rows = read(tmp_path, "a,b\n1,2\n\n3,4\n")
    assert [(row.number, row.cells) for row in rows] == [(1, ["a", "b"]), (2, ["1", "2"]), (4, ["3", "4"])]


def test_a_row_too_short_or_too_long_does_not_shift_its_neighbours(tmp_path: Path) -> None:
    rows = read(tmp_path, "a,b\n1\n1,2,3\n4,5\n")
    assert faults(rows) == [(1, None), (2, "!row_too_short"), (3, "!row_too_long"), (4, None)]
    assert rows[2].raw == "1,2,3"


def test_empty_cells_beyond_the_header_are_no_fault(tmp_path: Path) -> None:
    assert read(tmp_path, "a,b\n1,2,,\n")[1] == Row(2, ["1", "2"], None, "1,2,,")


def test_an_unclosed_quote_costs_one_row(tmp_path: Path) -> None:
    rows = read(tmp_path, 'a,b\n1,"open\n3,4\n5,6\n')
    assert faults(rows) == [(1, None), (2, "!quote_unclosed"), (3, None), (4, None)]
    assert rows[1].raw == '1,"open'
    assert rows[3].cells == ["5", "6"]


def test_an_unclosed_quote_among_quoted_rows_costs_one_row(tmp_path: Path) -> None:
    rows = read(tmp_path, 'a,b\n1,"x, y\n3,"z, w"\n5,6\n')
    assert faults(rows) == [(1, None), (2, "!quote_unclosed"), (3, None), (4, None)]
    assert rows[2].cells == ["3", "z, w"]


def test_an_unclosed_quote_in_the_last_row_is_named(tmp_path: Path) -> None:
    assert faults(read(tmp_path, 'a,b\n1,2\n3,"4'))[-1] == (3, "!quote_unclosed")
    assert faults(read(tmp_path, 'a,b\n1,2\n"3,4'))[-1] == (3, "!quote_unclosed")


def test_a_quote_inside_a_word_is_no_fault(tmp_path: Path) -> None:
    assert read(tmp_path, 'a,b\n"Số 5" ngõ 3,2\n3,4\n')[1].cells == ["Số 5 ngõ 3", "2"]


def test_an_open_quote_closed_by_the_next_one_costs_one_row(tmp_path: Path) -> None:
    rows = read(tmp_path, 'a,b\n1,"open\n3,"x"\n5,6\n')
    assert faults(rows) == [(1, None), (2, "!quote_unclosed"), (3, None), (4, None)]


def test_a_quote_open_for_a_thousand_rows_costs_one_row(tmp_path: Path) -> None:
    rest = "".join(f"{number},x\n" for number in range(1000))
    rows = read(tmp_path, f'a,b\n"1,2\n{rest}')
    assert [row.fault for row in rows].count("!quote_unclosed") == 1
    assert len(rows) == 1002


def test_a_cell_over_several_lines_is_one_row(tmp_path: Path) -> None:
    assert read(tmp_path, 'a,b\n1,"x\ny"\n2,z\n')[1].cells == ["1", "x\ny"]


def test_ten_megabytes_in_one_cell_cost_one_row(tmp_path: Path) -> None:
    rows = read(tmp_path, "a,b\n1,2\n" + "x" * 10_000_000 + ",2\n5,6\n")
    assert faults(rows) == [(1, None), (2, None), (3, "!field_too_long"), (4, None)]
    assert len(rows[2].raw) == csvfile.SHOWN


def test_a_cell_longer_than_any_value_is_a_fault(tmp_path: Path) -> None:
    rows = read(tmp_path, "a,b\n" + "x" * 200_000 + ",2\n5,6\n")
    assert faults(rows) == [(1, None), (2, "!field_too_long"), (3, None)]


def test_nul_bytes_are_left_out_and_noted(tmp_path: Path) -> None:
    rows = read(tmp_path, b"a,b\n1\x00,2\n3,4\n")
    assert rows[1].cells == ["1", "2"]
    assert rows[1].fault == "nul_bytes"
    assert rows[1].raw == "1␀,2"


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_line_end_is_read(tmp_path: Path, end: str) -> None:
    assert [row.cells for row in read(tmp_path, f"a,b{end}1,2{end}")] == [["a", "b"], ["1", "2"]]


def test_a_mark_at_the_beginning_is_no_part_of_a_name(tmp_path: Path) -> None:
    assert read(tmp_path, b"\xef\xbb\xbfa,b\n1,2\n")[0].cells == ["a", "b"]


def test_five_hundred_columns_are_read(tmp_path: Path) -> None:
    line = ",".join(map(str, range(500)))
    assert len(read(tmp_path, f"{line}\n{line}\n")[1].cells) == 500


def test_position_tells_how_much_was_read(tmp_path: Path) -> None:
    path = tmp_path / "f.csv"
    path.write_text("a,b\n" + "1,2\n" * 100_000)
    table = CsvFile(path, encoding="utf-8", separator=",")
    places = [table.position for _row in table.rows()]
    assert places == sorted(places)
    assert places[-1] == table.size
    table.close()
