import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.identity.names import (
    NAME_LEVELS,
    VARIANT_LEVELS,
    Name,
    compare_names,
    diff_syllables,
    understand_name,
    well_formed_syllable,
)
from registry.identity.plainness import is_plain
from registry.identity.repairing import is_disguised
from registry.identity.text import canonical, fold
from tests.registry.identity.strategies import good_names, letters, noisy

REAL = [
    "Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Huỳnh", "Phan", "Vũ", "Võ", "Đặng", "Bùi", "Đỗ", "Hồ",
    "Ngô", "Dương", "Lý", "Khuất", "Nghiêm", "Quách", "Thị", "Quỳnh", "Khánh", "Uyên", "Phượng",
    "Quyết", "Ngoan", "Khoái", "Giáp", "Giới", "Quý", "Ước", "Ứng", "Nghĩa", "Mỹ", "Nguyệt", "Huyền",
    "Thủy", "Oanh", "Yến", "Ý", "Âu", "Giàng", "Đèo",
]  # fmt: skip


@pytest.mark.parametrize(
    ("raw", "text", "notes"),
    [
        ("Nguyễn Văn A (đã chết)", "Nguyễn Văn A", ("đã chết",)),
        ("Trần Thị B - đã bán", "Trần Thị B", ("đã bán",)),
        ("NGUYỄN VĂN A đã chết", "NGUYỄN VĂN A", ("đã chết",)),
        ("Phạm Thị D, sn 1960", "Phạm Thị D", ("sn 1960",)),
        ("Trần Hải (con Nguyễn Văn B", "Trần Hải", ("con Nguyễn Văn B",)),
        ("Ông Nguyễn Văn C", "Nguyễn Văn C", ("Ông",)),
        ("Nguyễn Văn A *", "Nguyễn Văn A", ("*",)),
        ("NguyÔn V¨n Hoµ (chÕt)", "Nguyễn Văn Hoà", ("chết",)),
    ],
)
def test_remarks_are_set_apart_and_kept(raw, text, notes):
    understood = understand_name(raw)
    assert (understood.text, understood.notes) == (text, notes)


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("Ðỗ  Văn\xa0Ðức.", "Đỗ Văn Đức"),
        ("Nguyeenx Vawn Hungf", "Nguyễn Văn Hùng"),
        ("Nguye6n4 Va8n Hu2ng", "Nguyễn Văn Hùng"),
        ("NguyễnVănHùng", "Nguyễn Văn Hùng"),
        ("NGUYỄNVĂNHÙNG", "NGUYỄN VĂN HÙNG"),
        ("Lê.Văn.Tám", "Lê Văn Tám"),
        (unicodedata.normalize("NFD", "Nguyễn Thị Ước"), "Nguyễn Thị Ước"),
    ],
)
def test_letters_are_mended_and_it_is_said(raw, text):
    assert understand_name(raw) == Name(text, (), repaired=True)


@pytest.mark.parametrize(
    "good",
    [
        "Nguyen Van A",
        "Lee Min Ho",
        "Max Müller",
        "Ông Ích Khiêm",
        "H'Hen Niê",
        "Y Moan",
        "Thuý",
        "TNHH Vinataba",
    ],
)
def test_a_name_that_is_right_stays(good):
    assert understand_name(good) == Name(good)


@pytest.mark.parametrize("name", REAL)
def test_real_syllables_are_well_formed(name):
    decomposed = unicodedata.normalize("NFD", name.lower().replace("đ", "d"))
    assert well_formed_syllable("".join(ch for ch in decomposed if not unicodedata.combining(ch)))


@pytest.mark.parametrize("slip", ["hungg", "nguyem", "vaen", "thij", "wang", "cuongg", "nghan", "qy"])
def test_slips_are_no_syllables(slip):
    assert not well_formed_syllable(slip)


@pytest.mark.parametrize(
    ("one", "other", "level"),
    [
        ("Đỗ Văn Hùng", "ĐỖ VĂN HÙNG", "same"),
        ("Đỗ văn Hùng", "Đỗ Văn Hùng", "case"),
        ("Thuý", "Thúy", "tone_placement"),
        ("NGUYỄN THỊ THUÝ", "Nguyễn Thị Thúy", "tone_placement"),
        ("ĐỖ VĂN HÙNG", "DO VAN HUNG", "marks"),
        ("Hoàng Thị Hoa", "Hoàng Thị Hòa", "marks"),
        ("Lê Quí", "Lê Quý", "regional"),
        ("Lê Thị Sen", "Nê Thị Xen", "regional"),
        ("Vũ Giang", "Vũ Dang", "regional"),
        ("Trần Vủ", "Trần Vũ", "regional"),
        ("Nguyễn Văn Trung", "Nguyễn Văn Chung", "regional"),
        ("Trần Văn Giềng", "Trần Văn Riềng", "regional"),
        ("Trần Văn Giềng", "Trần Văn Diềng", "regional"),
        ("Lê Sỹ Lâm", "Lê Sĩ Nâm", "regional"),
        ("Võ Mỹ Yến", "Võ Mĩ Iến", "regional"),
        ("Phạm Thị Y", "Phạm Thị I", "regional"),
        ("NGUYEN THI LUA", "Nguyễn Thị Nụa", "regional"),
        ("Hoàng Vy", "Hoàng Vi", "regional"),
        ("Đỗ Xuân Trường", "Đỗ Suân Chường", "regional"),
        ("Ngô Thị Nga", "Ngô Thị Nha", "different"),
        ("Đỗ Thị Dung", "Đỗ Thị Đung", "marks"),
        ("Ðỗ Thị Hoa", "Đỗ Thị Hoa", "same"),
        ("Nguyễn  Văn An ", "Nguyễn Văn An", "same"),
        ("Qúy", "Quý", "tone_placement"),
        ("Hùynh Thị Khoẻ", "Huỳnh Thị Khỏe", "tone_placement"),
        ("Lê Thị Lan Anh", "Lê Thị Anh", "middle_missing"),
        ("Lê Thị Lan Anh", "Lê Anh", "middle_missing"),
        ("Lê Thị Lan", "Lê Thị Lan Anh", "different"),
        ("Văn Hùng Nguyễn", "Nguyễn Văn Hùng", "given_first"),
        ("Nguyễn Hungg", "Nguyễn Hùng", "one_edit"),
        ("Nguyem Van A", "Nguyễn Văn A", "one_edit"),
        ("Nguyễn VănHùng", "Nguyễn Văn Hùng", "one_edit"),
        ("Nguyễn Hùng", "Nguyễn Văn Hùng", "middle_missing"),
        ("Hùng Nguyễn Văn", "Nguyễn Văn Hùng", "given_first"),
        ("DUNG", "HUNG", "different"),
        ("AN", "ANH", "different"),
        ("Thúy", "Thúi", "different"),
        ("Trần Đạt", "Trần Rạt", "different"),
        ("Lê Hùng", "Trần Văn Hùng", "different"),
        ("", "", "different"),
    ],
)
def test_two_names_agree_on_a_level_whichever_comes_first(one, other, level):
    assert compare_names(one, other) == level
    assert compare_names(other, one) == level


def test_differing_syllables_are_marked_where_they_stand():
    assert diff_syllables("Nguyễn Thị Hoa", "Nguyễn Thị Kim Hoà") == [
        ("Nguyễn", "Nguyễn", True),
        ("Thị", "Thị", True),
        ("", "Kim", False),
        ("Hoa", "Hoà", False),
    ]
    assert diff_syllables("NGUYỄN Á", "Nguyễn A") == [("NGUYỄN", "Nguyễn", True), ("Á", "A", False)]


@given(noisy)
def test_understanding_twice_changes_nothing_more(raw):
    once = understand_name(raw).text
    assert understand_name(once).text == once


@given(noisy)
def test_a_plain_name_is_understood_as_it_is(raw):
    understood = understand_name(raw)
    assert not is_plain(raw) or is_disguised(raw) or understood.text == raw


@given(good_names, good_names)
def test_comparing_is_symmetric_and_knows_itself(one, other):
    assert compare_names(one, other) == compare_names(other, one)
    assert compare_names(one, one) == "same"
    assert compare_names(one, other) in NAME_LEVELS
    assert compare_names(one, unicodedata.normalize("NFD", one)) == "same"


def _slips(name):
    """The name as one of the ways in which registers differ writes it."""
    words = name.split()
    return [
        name.upper(), name.lower(), fold(name), canonical(name), name.replace("L", "N"),
        name.replace("Tr", "Ch"), name[1:], name + "h", " ".join(words[::-1]),
        " ".join(words[1:] + words[:1]), " ".join(words[::2]),
        name.replace(" ", "", 1), " ".join([words[0], "Thị", *words[1:]]),
    ]  # fmt: skip


@given(good_names, st.data())
def test_comparing_a_name_with_its_slips_does_not_depend_on_their_order(name, data):
    one, other = (data.draw(st.sampled_from([name, *_slips(name)])) for _ in range(2))
    assert compare_names(one, other) == compare_names(other, one)


@given(good_names)
def test_a_name_keeps_its_level_against_its_own_writings(name):
    assert compare_names(name, name.upper()) == "same"
    assert compare_names(name, fold(name)) in ("same", "case", "marks")
    assert compare_names(name, canonical(name)) in ("same", "tone_placement")


@given(letters, letters)
def test_comparing_any_text_is_symmetric(one, other):
    assert compare_names(one, other) == compare_names(other, one)


def test_variants_are_levels():
    assert set(NAME_LEVELS) > VARIANT_LEVELS
