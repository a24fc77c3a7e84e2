import pytest

from registry.identity.places import WardReading, legacy_units, resolve_ward, wards
from registry.identity.text import fold


def test_the_tables_hold_the_city():
    assert len(wards()) == 126
    assert len(legacy_units()) == 526
    known = {ward.code for ward in wards()}
    assert all(set(unit.new_codes) <= known for unit in legacy_units())


@pytest.mark.parametrize(
    ("text", "code", "reason"),
    [
        ("00025", "00025", "code"),
        ("25", "00025", "code"),
        ("00001", "00097", "whole_move"),
        ("00007", None, "split"),
        ("99999", None, "unknown"),
        ("Phường Phúc Xá", "00097", "whole_move"),
        ("Số 8, P. Giảng Võ, Q. Ba Đình, Hà Nội", "00025", "whole_move"),
        ("Số 8 phố Kim Mã, Phúc Xá, Ba Đình", "00097", "whole_move"),
        ("phường Ngọc Hà, quận Ba Đình", None, "split"),
        ("Xã Hòa Phú", None, "ambiguous"),
        ("Xã Hoà Phú, huyện Ứng Hòa", "10417", "whole_move"),
        ("thôn 3 xã Hoà Phú Ứng Hoà HN", "10417", "whole_move"),
        ("Phường Ba Đình, thành phố Hà Nội", "00004", "name"),
        ("12 phố Lê Lợi, Ba Đình, Hà Nội", None, "ambiguous"),
        ("Nguyễn Trung Trực, Ba Đình", "00004", "whole_move"),
        ("Phương Liệt, Thanh Xuân", None, "split"),
        ("12 đường Láng", None, "unknown"),
        ("", None, "unknown"),
    ],
)
def test_a_ward_is_read_or_it_is_said_why_not(text, code, reason):
    assert resolve_ward(text) == WardReading(code, reason)


def test_the_district_may_come_apart():
    assert resolve_ward("Phúc Xá", "Ba Đình") == resolve_ward("P.Phúc Xá", "Quận Ba Đình")
    assert resolve_ward("Phúc Xá", "Ba Đình").code == "00097"


@pytest.mark.parametrize("written", [str, fold])
def test_every_former_unit_is_found_with_its_district_and_fixed_only_when_it_moved_whole(written):
    for unit in legacy_units():
        address = written(f"Số 5 ngõ 3, {unit.name}, {unit.district}, Hà Nội")
        assert resolve_ward(address).code == (unit.new_codes[0] if unit.whole else None), address


@pytest.mark.parametrize("written", [str, fold])
def test_every_unit_of_today_is_found_in_an_address_of_two_levels(written):
    for ward in wards():
        assert resolve_ward(written(f"Số 5 ngõ 3, {ward.name}, Hà Nội")).code == ward.code
