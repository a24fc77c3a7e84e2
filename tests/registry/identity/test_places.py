import random

import pytest

from registry.identity.places import WardReading, legacy_units, resolve_ward, wards
from registry.identity.text import fold
from tests.registry.identity.writers import OLD, as_seen


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


@pytest.mark.parametrize(
    ("text", "code", "certainty"),
    [
        ("F. Phúc Xá, Q.BĐ", "00097", "certain"),
        ("huyện Ứng Hòa, xã Hòa Phú", "10417", "certain"),
        ("Tổ 5 Vân Hòa Huyện Ba Vì", "09706", "certain"),
        ("Phuwowngf Phucs Xas, Ba Ddinhf", "00097", "certain"),
        ("P12 nhà A3 TT Kim Liên, Viên Sơn", "09574", "certain"),
        ("TT Chúc Sơn, Chương Mỹ, Hà Nội", "10015", "certain"),
        ("X. HẠ BẰNG, HÀ NỘI", "09982", "likely"),
        ("phường Ngọc Hà, quận Ba Đình", None, "open"),
        ("Xóm 2 Cổ Nhuế, Từ Liêm", None, "open"),
    ],
)
def test_a_reading_says_how_sure_it_is(text, code, certainty):
    reading = resolve_ward(text)
    assert (reading.code, reading.certainty) == (code, certainty)


@pytest.mark.parametrize(
    "text",
    [
        "Xã Tân Lập, huyện Mộc Châu, tỉnh Sơn La",
        "Phường Tân Lập, TP Thái Nguyên, Thái Nguyên",
        "P. 3, Q. 5, TP.HCM",
        "P. Minh Khai, Hồng Bàng, Hải Phòng",
        "xa tan lap, huyen moc chau, son la",
    ],
)
def test_an_address_of_another_province_is_not_one_of_the_city(text):
    assert resolve_ward(text) == WardReading(None, "elsewhere")


def test_what_an_unresolved_address_may_mean_is_named():
    split = resolve_ward("phường Ngọc Hà, quận Ba Đình")
    assert (split.code, split.candidates) == (None, ("00004", "00008"))
    assert {"kind_written", "district_written"} <= set(split.evidence)
    assert set(resolve_ward("Xã Hòa Phú").candidates) >= {"10417"}


@pytest.mark.parametrize("encoding", [*OLD, "utf-8"])
def test_an_address_in_an_old_encoding_is_read(encoding):
    for unit in legacy_units()[::25]:
        address = f"Số 5 ngõ 3, {unit.name}, {unit.district}, Hà Nội"
        assert resolve_ward(as_seen(address, encoding)) == resolve_ward(address)


_SHORT = {"Thị trấn": "TT", "Thị xã": "TX", "Phường": "P", "Xã": "X", "Quận": "Q", "Huyện": "H"}
_STREETS = (
    "Số 5 ngõ 3 phố Đội Cấn",
    "12 Nguyễn Trãi",
    "Thôn 3",
    "P12 nhà A3 TT Kim Liên",
    "Số 8 đường Láng",
    "Xóm Đình",
)
_CITIES = (", Hà Nội", ", TP Hà Nội", " - Hà Nội", ", HN", ", thành phố Hà Nội, Việt Nam")


def _written(name, chance):
    kind = next(kind for kind in _SHORT if name.startswith(f"{kind} "))
    bare = name.removeprefix(f"{kind} ")
    return chance.choice(
        [name, f"{_SHORT[kind]}.{bare}", f"{_SHORT[kind]}. {bare}", f"{_SHORT[kind]} {bare}", bare]
    )


def _address(chance, *units):
    text = ", ".join([chance.choice(_STREETS), *(_written(unit, chance) for unit in units)])
    ways = [str, str.upper, fold, lambda text: fold(text).upper(), lambda text: text.replace(", ", " - ")]
    return chance.choice(ways)(text + chance.choice([*_CITIES, "", ""] if len(units) > 1 else _CITIES))


def test_six_hundred_addresses_of_former_units_are_read_right_or_left_open():
    chance = random.Random(7)
    for _ in range(600):
        unit = chance.choice(legacy_units())
        address = _address(chance, unit.name, unit.district)
        reading = resolve_ward(address)
        assert reading.code == (unit.new_codes[0] if unit.whole else None), address
        assert unit.whole or set(reading.candidates) == set(unit.new_codes), address


def test_a_district_in_front_never_leads_to_another_unit():
    chance = random.Random(8)
    for _ in range(300):
        unit = chance.choice(legacy_units())
        address = _address(chance, unit.district, unit.name)
        assert resolve_ward(address).code in ((unit.new_codes[0], None) if unit.whole else (None,)), address


def test_three_hundred_addresses_of_today_are_read_right_or_left_open():
    chance = random.Random(9)
    readings = []
    for _ in range(300):
        ward = chance.choice(wards())
        readings.append((ward.code, resolve_ward(_address(chance, ward.name)).code))
    assert all(read in (code, None) for code, read in readings)
    assert sum(read == code for code, read in readings) > 280
