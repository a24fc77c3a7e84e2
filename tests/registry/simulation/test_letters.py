"""How old fonts, typing rules and wrong code pages write Vietnamese."""

import unicodedata

import pytest

from registry.simulation import letters


def written(text: str, table: dict[str, str]) -> str:
    return "".join(table.get(letter, letter) for letter in text)


@pytest.mark.parametrize(
    ("table", "text", "expected"),
    [
        (letters.TCVN3, "Nguyễn Văn Hoà", "NguyÔn V¨n Hoµ"),
        (letters.TCVN3, "ĐẶNG", "§ÆNG"),
        (letters.TCVN3, "Trương", "Tr\u00ad\u00acng"),
        (letters.VNI, "Nguyễn Văn Hòa", "Nguyeãn Vaên Hoøa"),
        (letters.VNI, "ĐỖ", "ÑOÃ"),
        (letters.TELEX, "Nguyễn Đức", "Nguyeexn DDuwsc"),
        (letters.UTF8_TWICE, "Văn Hòa", "VÄƒn HÃ²a"),
        (letters.MARKS_MISSING, "Đỗ Thị Hường", "Do Thi Huong"),
    ],
)
def test_words_are_written_as_found_in_real_files(table: dict[str, str], text: str, expected: str):
    assert written(text, table) == expected


def test_every_toned_letter_has_a_byte_in_tcvn3():
    assert {letter for letter in letters.TONED if letter not in letters.TCVN3} == set()


def test_decomposed_letters_compose_again():
    for letter, apart in letters.DECOMPOSED.items():
        assert letter != apart
        assert unicodedata.normalize("NFC", apart) == letter


@pytest.mark.parametrize("slip", letters.TONE_SLIPS)
def test_a_tone_slip_changes_the_tone_and_nothing_else(slip: dict[str, str]):
    for before, after in letters.retoned(slip).items():
        assert before != after
        assert len(after) == 1
        assert letters.plain(before) == letters.plain(after)


def test_moving_a_tone_twice_brings_it_back():
    for before, after in letters.TONE_PLACES.items():
        assert letters.TONE_PLACES[after] == before
        assert letters.plain(before) == letters.plain(after)
