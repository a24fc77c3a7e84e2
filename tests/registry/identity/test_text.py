import unicodedata

import pytest
from hypothesis import given

from registry.identity.text import canonical, clean, fold, sort_key
from tests.registry.identity.strategies import letters, noisy


@pytest.mark.parametrize(
    ("typed", "placed"),
    [
        ("hoà", "hòa"),
        ("thuý", "thúy"), ("khoẻ", "khỏe"), ("Qúy", "Quý"), ("Hùynh", "Huỳnh"), ("Nguỵ", "Ngụy"),
        ("gìa", "già"), ("hòan", "hoàn"), ("qủa", "quả"), ("HOÀ", "HÒA"), ("gíêng", "giếng"),
    ],
)  # fmt: skip
def test_a_misplaced_tone_moves_where_spelling_wants_it(typed, placed):
    assert canonical(typed) == placed


@pytest.mark.parametrize(
    "right",
    [
        "Hoàn", "Khuỷu", "Quý", "Huệ", "hoài", "ngoéo", "mùa", "mướn", "khuya", "thuở", "thuyền", "Gì",
        "giếng", "NGUYỄN", "Wang", "H2O",
    ],
)  # fmt: skip
def test_a_tone_in_its_place_stays(right):
    assert canonical(right) == right


@pytest.mark.parametrize(
    ("raw", "meant"),
    [
        ("Ðỗ Văn Ɖức", "Đỗ Văn Đức"),
        ("Nguyễn\xa0Văn\u200b  A ", "Nguyễn Văn A"),
        ("Ｎguyễn", "Nguyễn"),
        ("АВС Hоа", "ABC Hoa"),
        ("Nguye\u0303\u0302n", "Nguyễn"),
        ("Lê\x00 Văn\tB", "Lê Văn B"),
    ],
)
def test_cleaning_gives_the_text_that_was_meant(raw, meant):
    assert clean(raw) == meant


def test_folding_takes_marks_capitals_and_blanks_away():
    assert fold("  NGUYỄN  Thị Đỗ Ước ") == "nguyen thi do uoc"


def test_officials_sort_by_given_name_then_surname_then_tone():
    names = [
        "Trần Văn An",
        "Lê Thị Ánh",
        "Bùi Ân",
        "Nguyễn Văn Dũng",
        "Lê Đức",
        "Nguyễn Thị Dung",
        "Đỗ Văn An",
    ]
    names += ["Đoàn Tuấn Anh", "Lê Văn Ăn", "Dương Văn An"]
    assert sorted(names, key=sort_key) == [
        "Dương Văn An", "Đỗ Văn An", "Trần Văn An", "Đoàn Tuấn Anh", "Lê Thị Ánh", "Lê Văn Ăn", "Bùi Ân",
        "Nguyễn Thị Dung", "Nguyễn Văn Dũng", "Lê Đức",
    ]  # fmt: skip


def test_tones_sort_in_the_order_of_official_lists():
    assert sorted(["má", "mạ", "ma", "mã", "mả", "mà"], key=sort_key) == ["ma", "mà", "mả", "mã", "má", "mạ"]


@given(noisy)
def test_folding_and_cleaning_twice_changes_nothing_more(text):
    assert fold(fold(text)) == fold(text)
    assert clean(clean(text)) == clean(text)
    assert canonical(canonical(text)) == canonical(text)


@given(letters)
def test_vietnamese_folds_and_sorts_as_ascii(text):
    assert fold(text).isascii()
    assert sort_key(text).isascii()


@given(letters)
def test_composed_and_decomposed_text_are_one(text):
    apart = unicodedata.normalize("NFD", text)
    assert fold(apart) == fold(text)
    assert sort_key(apart) == sort_key(text)
    assert clean(apart) == clean(text)
    assert canonical(apart) == canonical(text)
