"""What an address says of group, street and house."""

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cases.outreach.addresses import addresses_sql

pytestmark = pytest.mark.django_db
COLUMNS = ("id", "group_key", "group_name", "street_key", "street", "house_key")


def understood(*addresses: str | None) -> list[dict[str, str]]:
    rows = ", ".join(["(%s::bigint, %s::text)"] * len(addresses))
    sql = addresses_sql(f"SELECT * FROM (VALUES {rows}) AS given(id, address)")
    with connection.cursor() as cursor:
        cursor.execute(sql, [value for pair in enumerate(addresses) for value in pair])
        return sorted(
            (dict(zip(COLUMNS, row, strict=True)) for row in cursor.fetchall()), key=lambda row: row["id"]
        )


@pytest.mark.parametrize(
    ("address", "key", "name"),
    [
        ("Số 12, Tổ dân phố số 5, Phường Giảng Võ, Hà Nội", "to 5", "Tổ dân phố 5"),
        ("TDP 05, P. Giảng Võ", "to 5", "Tổ dân phố 5"),
        ("tdp số 12A phường Ngọc Hà", "to 12a", "Tổ dân phố 12A"),
        ("T.D.P 7, phường Ngọc Hà", "to 7", "Tổ dân phố 7"),
        ("Tổ 3 phường Ngọc Hà", "to 3", "Tổ dân phố 3"),
        ("TO 3 PHUONG NGOC HA", "to 3", "Tổ dân phố 3"),
        ("Tổ dân phố Hoàng 4, Phường Đông Ngạc", "to hoang 4", "Tổ dân phố Hoàng 4"),
        ("Thôn Đông, Xã Gia Lâm, Hà Nội", "thon dong", "Thôn Đông"),
        ("thôn Đông Xã Gia Lâm", "thon dong", "Thôn Đông"),
        ("Thôn 03, Xã Gia Lâm", "thon 3", "Thôn 3"),
        ("Đội 4 thôn Phú Mỹ, Xã Gia Lâm", "thon phu my", "Thôn Phú Mỹ"),
        ("Xóm 3, Thôn Đông, Xã Gia Lâm", "thon dong", "Thôn Đông"),
        ("Xóm Chùa, Xã Gia Lâm", "xom chua", "Xóm Chùa"),
        ("Cụm 5, Xã Tân Hội", "cum 5", "Cụm 5"),
        ("Khu 2 thị trấn Phùng", "khu 2", "Khu 2"),
        ("Số 9 ngõ 12 phố Hoa Ban, Phường X", "ngo 12 hoa ban", "Ngõ 12 Hoa Ban"),
        ("ngõ 12, Phường X", "ngo 12", "Ngõ 12"),
        ("Số 9 phố Hoa Ban, Phường X", "", ""),
        # Streets that sound like groups.
        ("Số 9 phố Xóm Mới, Phường X", "", ""),
        ("Số 9 đường Tô Hiến Thành", "", ""),
        ("Số 9 Tố Hữu", "", ""),
        ("Số 9 Đội Cấn", "", ""),
        ("Số 9 Láng Hạ", "", ""),
        ("Số 9 phố Ngô Quyền", "", ""),
        ("Thành phố Hà Nội", "", ""),
        ("", "", ""),
        (None, "", ""),
    ],
)
def test_the_group_is_what_the_address_says(address: str | None, key: str, name: str) -> None:
    (row,) = understood(address)
    assert (row["group_key"], row["group_name"]) == (key, name)


@pytest.mark.parametrize(
    ("address", "street"),
    [
        ("Số 9 ngõ 12 phố Hoa Ban, Phường X", "Hoa Ban"),
        ("Số 9 đường Giải Phóng, Phường X", "Giải Phóng"),
        ("12 Láng Hạ, P. Giảng Võ", "Láng Hạ"),
        ("12/5 Láng Hạ phường Giảng Võ", "Láng Hạ"),
        ("Số 12 Tố Hữu, Hà Đông", "Tố Hữu"),
        ("45 Xã Đàn, Đống Đa", "Xã Đàn"),
        ("Số 3 ngõ 45 Thái Hà, Đống Đa", "Thái Hà"),
        ("Số 1 Dương Quảng Hàm, Cầu Giấy", "Dương Quảng Hàm"),
        ("SO 1 PHO HUE", "HUE"),
        ("Số 5 Tổ dân phố 3, Phường X", ""),
        ("Số 5, Phường X", ""),
        ("Thôn Đông, Xã Gia Lâm, Thành phố Hà Nội", ""),
    ],
)
def test_the_street_is_what_the_address_says(address: str, street: str) -> None:
    assert understood(address)[0]["street"] == street


def test_houses_sort_as_one_walks() -> None:
    written = ["Số 10", "Số 9", "12A", "Số 9 ngõ 2", "Số 120", "Số 12", "Nhà 9/3"]
    rows = understood(*[f"{house} phố Huế, Phường X" for house in written], "phố Huế, Phường X")
    order = sorted(rows, key=lambda row: row["house_key"])
    assert [([*written, "?"])[int(row["id"])] for row in order] == [
        "Số 9", "Nhà 9/3", "Số 10", "Số 12", "12A", "Số 120", "?", "Số 9 ngõ 2",
    ]  # fmt: skip


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    number=st.integers(1, 999), mark=st.sampled_from(["Tổ dân phố số ", "TDP ", "tổ ", "T.D.P. ", "tdp  số "])
)
def test_a_numbered_group_is_the_same_however_it_is_written(number: int, mark: str) -> None:
    (row,) = understood(f"Số 4, {mark}{number}, Phường X")
    assert row["group_key"] == f"to {number}"
    assert row["group_name"] == f"Tổ dân phố {number}"


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\x00"), max_size=120))
def test_no_address_is_too_strange_to_be_read(address: str) -> None:
    (row,) = understood(address)
    assert all(value is not None for value in row.values())
