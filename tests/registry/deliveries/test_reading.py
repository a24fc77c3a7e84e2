"""What a file is and how it is read, before anything is loaded."""

from pathlib import Path

import pytest
from django.utils import translation

from registry.deliveries.errors import Refused
from registry.deliveries.kinds import kind_of
from registry.deliveries.tables import missing_words, read_header
from tests.registry.deliveries.files import PERSON, VEHICLE, csv_text, write

PERSONS = kind_of("persons")


@pytest.fixture(autouse=True)
def english() -> object:
    with translation.override("en"):
        yield


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "empty"),
        (b"\xef\xbb\xbf\r\n", "empty"),
        (b"%PDF-1.7\n%\xe2\xe3", "PDF"),
        (b"\x89PNG\r\n\x1a\n", "picture"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "XLSX or CSV"),
        (b"\x1f\x8b\x08\x00", "compressed"),
        (b"<!DOCTYPE html><html>", "web page"),
        (bytes(range(256)) * 20, "binary"),
        (b"PK\x03\x04rubbish", "damaged"),
    ],
)
def test_what_is_no_table_is_refused_by_what_it_is(tmp_path: Path, content: bytes, words: str) -> None:
    with pytest.raises(Refused, match=words):
        read_header(write(tmp_path, content, "persons.csv"), PERSONS)


def test_a_header_without_rows_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="no rows"):
        read_header(write(tmp_path, ",".join(PERSON) + "\n"), PERSONS)


def test_another_kind_is_recognised_by_its_columns(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="Vehicle register"):
        read_header(write(tmp_path, csv_text([VEHICLE])), PERSONS)


def test_headings_are_known_in_any_case_order_and_spelling(tmp_path: Path) -> None:
    text = "NGÀY TRÍCH XUẤT;ho va ten;So dinh danh;Màu tóc;Giới  Tính\n2025-11-01;An;001070000001;đen;Nam\n"
    reading = read_header(write(tmp_path, text), PERSONS)
    assert reading.columns == {"as_of": 0, "full_name": 1, "personal_id": 2, "gender": 4}
    assert reading.unknown == {"Màu tóc": 3}
    assert reading.missing == ()
    assert "birth_date" in reading.absent


def test_missing_mandatory_columns_are_named(tmp_path: Path) -> None:
    reading = read_header(write(tmp_path, "full_name,gender\nAn,Nam\n"), PERSONS)
    assert reading.missing == ("personal_id", "as_of")
    assert "as_of (Ngày trích xuất)" in missing_words(reading, PERSONS)


def test_a_heading_met_twice_counts_once(tmp_path: Path) -> None:
    reading = read_header(write(tmp_path, "personal_id,full_name,as_of,full_name\n1,2,3,4\n"), PERSONS)
    assert reading.columns["full_name"] == 1
    assert reading.unknown == {"full_name": 3}


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_the_separator_is_found(tmp_path: Path, separator: str) -> None:
    reading = read_header(write(tmp_path, csv_text([PERSON], separator)), PERSONS)
    assert reading.separator == separator
    assert not reading.unknown


@pytest.mark.parametrize(
    ("encoding", "codec"),
    [("utf-8", "utf-8"), ("utf-8-sig", "utf-8-sig"), ("utf-16", "utf-16"), ("utf-16-le", "utf-16-le")],
)
def test_the_encoding_is_found(tmp_path: Path, encoding: str, codec: str) -> None:
    rows = [PERSON | {"full_name": name} for name in ("Nguyễn Thị Huệ", "Đỗ Văn Ưởng", "Lê Quý Đôn")]
    reading = read_header(write(tmp_path, csv_text(rows).encode(codec)), PERSONS)
    assert reading.encoding == encoding
    assert reading.columns["full_name"] == 2


def test_what_the_registrar_chose_is_not_guessed(tmp_path: Path) -> None:
    reading = read_header(write(tmp_path, csv_text([PERSON])), PERSONS, encoding="tcvn3", separator=";")
    assert (reading.encoding, reading.separator) == ("tcvn3", ";")
    assert reading.missing
