import pytest
from hypothesis import given

from registry.identity.gluing import unglued
from registry.identity.names import understand_name
from tests.registry.identity.strategies import good_names, noisy


@pytest.mark.parametrize(
    ("glued", "apart"),
    [
        ("nguyenvanhai", "nguyen van hai"),
        ("NGUYENVANHAI", "NGUYEN VAN HAI"),
        ("NguyenVanHai", "Nguyen Van Hai"),
        ("NguyễnVănHải", "Nguyễn Văn Hải"),
        ("NGUYỄNVĂNHẢI", "NGUYỄN VĂN HẢI"),
        ("VŨMẠNHMINHLÂM", "VŨ MẠNH MINH LÂM"),
        ("LETHANHHUYEN", "LE THANH HUYEN"),
        ("PHANHANGNGA", "PHAN HANG NGA"),
        ("ĐinhThanhÝ", "Đinh Thanh Ý"),
        ("ĐinhSơn", "Đinh Sơn"),
        ("Nguyễn VănHải", "Nguyễn Văn Hải"),
        ("Nguyễn-Văn-Hải", "Nguyễn Văn Hải"),
        ("Lê_Văn_Tám", "Lê Văn Tám"),
    ],
)
def test_words_run_together_come_apart_at_known_syllables(glued, apart):
    assert unglued(glued) == apart


@pytest.mark.parametrize(
    "word",
    [
        "Mohammed",
        "Dominique",
        "McDonald",
        "TOYOTA",
        "Vinataba",
        "Jean-Pierre",
        "iPhone",
        "Kimani",
        "Xiaoming",
    ],
)
def test_what_is_no_vietnamese_name_stays_whole(word):
    assert unglued(word) == word


@pytest.mark.parametrize("word", ["TANGOCHAU", "trinhngochien"])
def test_a_word_with_two_readings_stays_whole(word):
    assert unglued(word) == word


@given(good_names)
def test_good_names_stay_as_they_are(name):
    assert unglued(name) == name


@given(good_names)
def test_a_name_glued_with_its_capitals_comes_apart_again(name):
    if name.istitle() and all(len(word) > 1 for word in name.split()):
        assert unglued("".join(name.split())).split() == name.split()


@given(noisy)
def test_taking_apart_loses_no_letter(raw):
    letters = [ch for ch in raw if ch.isalpha()]
    assert (
        sorted(ch for ch in unglued(raw) if ch.isalpha()) == sorted(letters) or understand_name(raw).repaired
    )
