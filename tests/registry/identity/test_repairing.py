"""Cells read in the wrong encoding, and good cells that only look so."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from registry.identity.names import understand_name
from registry.identity.repairing import DISGUISED, is_disguised, repair
from registry.identity.text import fold
from tests.registry.identity.strategies import good_names, noisy
from tests.registry.identity.writers import OLD, as_seen

NAMES = [
    "Nguyễn Đình Nhật Việt", "Tạ Kim Linh", "Lưu Duy Thanh Sơn", "Trịnh Thị Minh Nguyệt", "Vũ Quốc Dũng",
    "Đỗ Thị Ước", "Phạm Văn Khỏe", "Khuất Duy Tiến", "Hồ Thị Thùy Dương", "Ngụy Như Ý", "Đặng Thị Thủy",
]  # fmt: skip


@pytest.mark.parametrize(
    ("damaged", "meant"),
    [
        ("NguyÔn V¨n Hoµ", "Nguyễn Văn Hoà"),
        ("Nguyeãn Vaên Hoøa", "Nguyễn Văn Hòa"),
        ("Nguyá»…n VÄƒn HÃ²a", "Nguyễn Văn Hòa"),
        ("Nguyá»…n Văn Hùng", "Nguyễn Văn Hùng"),
        ("ThÞ T\xad¬ng", "Thị Tương"),
        ("TrÇn ThÞ Thñy", "Trần Thị Thủy"),
        ("NGUYÔN V¡N", "NGUYỄN VĂN"),
        ("Ph¹m ¸nh", "Phạm Ánh"),
        ("ÑOÃ MINH ÑÖÙC", "ĐỖ MINH ĐỨC"),
        ("T¹ KIM LINH", "TẠ KIM LINH"),
        ("Leâ Haø", "Lê Hà"),
        ("HÃ\xa0 Oanh", "Hà Oanh"),
        ("Cao \x16", "Cao Ý"),
    ],
)
def test_a_damaged_cell_is_mended(damaged, meant):
    assert repair(damaged) == meant


@pytest.mark.parametrize("encoding", OLD)
@pytest.mark.parametrize("case", [str, str.upper])
@pytest.mark.parametrize("name", NAMES)
def test_a_name_in_any_old_encoding_is_read(name, case, encoding):
    assert repair(as_seen(case(name), encoding)) == case(name)


@pytest.mark.parametrize("encoding", OLD)
@pytest.mark.parametrize("name", NAMES)
def test_a_remark_typed_today_beside_an_old_name_is_read_with_it(name, encoding):
    understood = understand_name(as_seen(name, encoding) + " (đã chết)")
    assert (understood.text, understood.meanings) == (name, ("deceased",))


@pytest.mark.parametrize("name", NAMES)
def test_small_letters_of_tcvn3_were_capitals_of_the_font(name):
    assert understand_name(as_seen(name.lower(), "tcvn3")).text == name.upper()
    capitals = "".join(letter.upper() if letter.isascii() else letter.lower() for letter in name)
    assert understand_name(as_seen(capitals, "tcvn3")).text == name.upper()


@pytest.mark.parametrize("times", [1, 2, 3])
@pytest.mark.parametrize("page", ["cp1252", "latin-1"])
@pytest.mark.parametrize("name", NAMES)
def test_text_encoded_again_and_again_is_mended(name, page, times):
    text = name
    for _ in range(times):
        text = as_seen(text, "utf-8") if page == "cp1252" else text.encode().decode("latin-1")
    assert repair(text) == name


@pytest.mark.parametrize(
    ("seen", "meant"),
    [
        ("Vò Nam", "Vũ Nam"),
        ("TÕ Kim Linh", "Tạ Kim Linh"),
        ("LÝU DUY THANH SÕN", "LƯU DUY THANH SƠN"),
        ("Taò Kim Linh", "Tạ Kim Linh"),
        ("KIÒU TRANG", "KIỀU TRANG"),
    ],
)
def test_a_surname_that_only_an_old_encoding_explains_gives_the_name_away(seen, meant):
    assert understand_name(seen).text == meant


@pytest.mark.parametrize(
    "good",
    [
        "LÃ\xa0VĂN",
        "Max Müller",
        "Jérôme",
        "H'Mông Niê",
        "Y Wang",
        "Hùynh Quí",
        "Tó",
        "Hòan",
        "Y Moan Êñuôl",
        "",
    ],
)
def test_good_text_is_left_alone(good):
    assert repair(good) == good


@pytest.mark.parametrize("encoding", OLD)
@pytest.mark.parametrize("name", NAMES[:7])
def test_a_name_without_blanks_in_an_old_encoding_is_read(name, encoding):
    assert understand_name(as_seen(name.replace(" ", ""), encoding)).text == name


def test_no_disguise_is_a_surname():
    known = {"hoà", "lã", "tú", "bá", "lý", "võ", "hòa", "ngô", "tô", "đỗ"}
    assert not {word.lower() for word in DISGUISED} & known


@given(good_names)
def test_good_names_are_never_repaired(name):
    assume(not is_disguised(name))
    assert repair(name) == name


@given(noisy)
def test_repairing_twice_changes_nothing_more(raw):
    assert repair(repair(raw)) == repair(raw)


@given(st.text(max_size=20))
def test_no_text_raises(raw):
    repair(raw)
    understand_name(raw)


@given(good_names, st.sampled_from(sorted(OLD)))
def test_what_is_read_from_an_old_encoding_is_never_longer_than_what_was_written(name, encoding):
    assert len(fold(repair(as_seen(name, encoding)))) <= len(as_seen(name, encoding))
