import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.identity.names import MEANINGS, understand_name
from registry.identity.organisations import is_organisation
from registry.identity.remark_meanings import EVENTS, meaning_of
from tests.registry.identity.strategies import good_names, noisy


@pytest.mark.parametrize(
    ("raw", "text", "notes", "meanings"),
    [
        ("Nguyễn Văn A (đã chết)", "Nguyễn Văn A", ("đã chết",), ("deceased",)),
        ("Nguyễn Văn A - đã chuyển nhượng", "Nguyễn Văn A", ("đã chuyển nhượng",), ("transferred",)),
        ("Nguyễn Văn A, đã bán cho Lê B", "Nguyễn Văn A", ("đã bán cho Lê B",), ("sold",)),
        ("Nguyễn Văn A (chưa sang tên)", "Nguyễn Văn A", ("chưa sang tên",), ("not_transferred",)),
        ("Nguyễn Văn A (đã chuyển đi Đà Nẵng)", "Nguyễn Văn A", ("đã chuyển đi Đà Nẵng",), ("moved",)),
        ("Nguyễn Văn A mất năm 2015", "Nguyễn Văn A", ("mất năm 2015",), ("deceased",)),
        ("Nguyễn Văn A (mất tích)", "Nguyễn Văn A", ("mất tích",), ("missing_person",)),
        ("Nguyễn Văn A (xe mất cắp)", "Nguyễn Văn A", ("xe mất cắp",), ("stolen",)),
        ("Đã chết: Nguyễn Văn A", "Nguyễn Văn A", ("Đã chết",), ("deceased",)),
        ("Nguyễn Văn A sinh năm 1960", "Nguyễn Văn A", ("sinh năm 1960",), ("birth_year",)),
        ("Nguyễn Văn A 0912345678", "Nguyễn Văn A", ("0912345678",), ("phone",)),
        ("Nguyễn Văn A, Lê Thị B", "Nguyễn Văn A", ("Lê Thị B",), ("co_owner",)),
        ("Nguyễn Văn A & Võ Thị B", "Nguyễn Văn A", ("& Võ Thị B",), ("co_owner",)),
        ("Nguyễn Văn A (vợ Lê Thị B)", "Nguyễn Văn A", ("vợ Lê Thị B",), ("relation",)),
        ("Nguyễn Thị Hoa-vợ", "Nguyễn Thị Hoa", ("vợ",), ("relation",)),
        ("Nguyễn Văn A (không rõ ở đâu)", "Nguyễn Văn A", ("không rõ ở đâu",), ("not_found",)),
        ("Ông/Bà Trần Thị B", "Trần Thị B", ("Ông/Bà",), ("title",)),
        ("Bà: Trần Thị B", "Trần Thị B", ("Bà:",), ("title",)),
        ("1. Nguyễn Văn A ***", "Nguyễn Văn A", ("***", "1."), ("mark", "serial")),
        ("NGUYEN VAN A DA BAN XE", "NGUYEN VAN A", ("DA BAN XE",), ("sold",)),
        ("NguyÔn V¨n A (®· chÕt)", "Nguyễn Văn A", ("đã chết",), ("deceased",)),
        ("Nguyễn Văn A...", "Nguyễn Văn A", (), ()),
    ],
)
def test_a_remark_is_set_apart_and_understood(raw, text, notes, meanings):
    understood = understand_name(raw)
    assert (understood.text, understood.notes, understood.meanings) == (text, notes, meanings)


@pytest.mark.parametrize(
    "name",
    [
        "Ông Ích Khiêm",
        "Chu Đình Bình",
        "Lê Văn Chết",
        "Nguyễn Văn Mất",
        "Nguyễn Thị Đã",
        "Trần Văn Bán",
        "Lý A Chét",
        "Y",
        "An",
    ],
)
def test_a_name_that_sounds_like_a_remark_stays(name):
    assert understand_name(name).text == name


@pytest.mark.parametrize(
    "name",
    [
        "CÔNG TY TNHH THƯƠNG MẠI - DỊCH VỤ AN PHÁT (VIỆT NAM)",
        "CTY TNHH MTV BÁN LẺ - MUA SẮM XANH",
        "HTX Vận tải Ô tô - Xe khách số 2",
        "Doanh nghiệp tư nhân (DNTN) Hải Yến",
        "Công ty TNHH NguyenVanHai",
        "Công ty Max Boas",
        "Chi cục Thi hành án, quận Ba Đình",
        "Văn phòng đại diện Samsung Electronics Co., Ltd.",
        "Trường THPT Chu Văn An - Ba Đình",
    ],
)
def test_the_name_of_an_organisation_is_not_cut(name):
    assert is_organisation(name)
    assert understand_name(name).text == name


@pytest.mark.parametrize(
    ("raw", "text", "meanings"),
    [
        ("Công ty A (đã giải thể)", "Công ty A", ("dissolved",)),
        ("CÔNG TY TNHH 2 THÀNH VIÊN *", "CÔNG TY TNHH 2 THÀNH VIÊN", ("mark",)),
        ("Công ty TNHH B - đã bán xe", "Công ty TNHH B", ("sold",)),
    ],
)
def test_what_happened_to_an_organisation_is_set_apart(raw, text, meanings):
    understood = understand_name(raw)
    assert (understood.text, understood.meanings) == (text, meanings)


@pytest.mark.parametrize(
    "person", ["Trương Văn A", "Văn Phong", "Tô Chức", "Cơ Phan Nam", "Bộ Thị Lan", "Sử Quân"]
)
def test_a_person_is_not_taken_for_an_organisation(person):
    assert not is_organisation(person)


@given(st.text(max_size=30))
def test_every_remark_has_a_meaning(note):
    assert meaning_of(note) in MEANINGS


def test_events_are_meanings():
    assert set(MEANINGS) >= EVENTS


@given(good_names, st.sampled_from([" (đã chết)", " - đã bán", " (chưa sang tên)", " *", " (SN 1960)"]))
def test_a_remark_behind_any_name_leaves_the_name(name, remark):
    before = understand_name(name)
    after = understand_name(name + remark)
    assert after.text == before.text
    assert after.notes[: len(before.notes)] + after.notes[-1:] != before.notes


@given(noisy)
def test_no_letter_of_what_was_received_is_lost_between_name_and_remarks(raw):
    understood = understand_name(raw)
    if not understood.repaired:
        kept = understood.text + "".join(understood.notes)
        assert sorted(ch for ch in kept if ch.isalnum()) == sorted(ch for ch in raw if ch.isalnum())
