"""Cells understood in SQL: what is loaded, what is noticed, what is kept as received."""

import json
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import connection, transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from registry.deliveries.csvfile import Row
from registry.deliveries.header import match_columns
from registry.deliveries.kinds import kind_of
from registry.deliveries.loading import copy_rows
from registry.deliveries.staging import cell_columns, run
from registry.deliveries.tables import Reading
from registry.deliveries.types import BIRTH_DATE, DATE
from registry.deliveries.understanding import create_rows, fill_rows, mend_range
from registry.models import LegacyUnit
from tests import factories
from tests.registry.deliveries.files import LICENCE, PERSON, VEHICLE

Understand = Callable[..., dict[str, Any]]


@pytest.fixture
def understand(db: None) -> Understand:
    """Understands one row of a kind: {column: value}, with `notes` and the received-columns."""

    def one(kind_name: str, **cells: str) -> dict[str, Any]:
        basis = {"persons": PERSON, "vehicles": VEHICLE, "licences": LICENCE}.get(kind_name, {})
        cells = basis | {name: "" for name in ("ward_code", "owner_ward_code") if name in basis} | cells
        kind = kind_of(kind_name)
        found = match_columns(kind, list(cells))
        reading = Reading(
            "csv", "utf-8", 1.0, ",", found.places, found.unknown, found.absent, found.missing, found.width
        )
        run("DROP TABLE IF EXISTS pg_temp.c, pg_temp.r")
        run(f"CREATE TEMP TABLE c ({cell_columns(kind)}) ON COMMIT DROP")
        create_rows(kind, "r", temporary=True)
        copy_rows("c", reading, [Row(2, list(cells.values()))])
        mend_range(kind, "c", 0, 9)
        fill_rows(kind, cells="c", into="r", first=0, last=9)
        with connection.cursor() as cursor:
            cursor.execute("SELECT * FROM r")
            names = [column.name for column in cursor.description]
            row = dict(zip(names, cursor.fetchone(), strict=True))
        return {
            name: json.loads(value) if "received" in name and value else value for name, value in row.items()
        }

    return one


def test_a_plain_row_is_taken_as_it_is(understand: Understand) -> None:
    row = understand("vehicles")
    assert (row["rejected"], row["notes"], row["received"], row["owner_received"]) == (
        False,
        None,
        None,
        None,
    )
    assert row["registered_on"] == date(2015, 6, 1)
    assert row["party_key"] == "citizen|001070000001|an nguye|n3 va{n"


@pytest.mark.parametrize(
    ("kind", "column", "value", "code"),
    [
        ("persons", "personal_id", "", "missing"),
        ("persons", "personal_id", "1.23457E+11", "digits_lost"),
        ("persons", "personal_id", "12345", "id_unreadable"),
        ("persons", "full_name", "  ", "missing"),
        ("persons", "birth_date", "31/02/1960", "date_unreadable"),
        ("persons", "gender", "X", "choice_unknown"),
        ("persons", "as_of", "hôm qua", "date_unreadable"),
        ("vehicles", "registered_on", "31/02/2020", "date_unreadable"),
        ("vehicles", "year_made", "MMXX", "number_unreadable"),
        ("vehicles", "seats", "99999999999999", "number_unreadable"),
        ("vehicles", "vehicle_kind", "tàu thủy", "choice_unknown"),
        ("vehicles", "plate", "không rõ", "plate_unreadable"),
        ("vehicles", "source_id", "x" * 65, "too_long"),
        ("vehicles", "owner_name", "x" * 300, "too_long"),
        ("licences", "licence_class", "không có hạng", "too_long"),
        ("licences", "issued_on", "2020-13-01", "date_unreadable"),
    ],
)
def test_a_value_of_the_registers_own_rejects_the_row(
    understand: Understand, kind: str, column: str, value: str, code: str
) -> None:
    row = understand(kind, **{column: value})
    assert row["rejected"] is True
    assert row["notes"] == [f"!{column}:{code}"]


@pytest.mark.parametrize(
    ("kind", "column", "value", "code"),
    [
        ("vehicles", "owner_birth_date", "31/02/2020", "date_unreadable"),
        ("vehicles", "owner_phone", "không", "phone_unreadable"),
        ("vehicles", "owner_ward_code", "99999", "ward_unknown"),
        ("vehicles", "owner_id_number", "không có", "id_unreadable"),
        ("licences", "holder_birth_date", "?", "date_unreadable"),
        ("licences", "holder_id_number", "mất", "id_unreadable"),
        ("persons", "ward_code", "Ba Đình", "ward_unknown"),
    ],
)
def test_a_claim_that_cannot_be_read_is_left_out_and_kept_as_received(
    understand: Understand, kind: str, column: str, value: str, code: str
) -> None:
    row = understand(kind, **{column: value})
    assert (row["rejected"], row[column], row["notes"]) == (False, None, [f"{column}:{code}"])
    kept = row["owner_received"] if kind == "vehicles" else row["received"]
    assert kept == {column: value}


def test_a_rounded_number_is_kept_as_it_stands_with_a_notice(understand: Understand) -> None:
    row = understand("vehicles", owner_id_number="1.23457E+11")
    assert (row["owner_id_number"], row["notes"]) == ("1.23457E+11", ["owner_id_number:digits_lost"])
    assert row["party_key"] is None


@pytest.mark.parametrize(
    ("text", "born", "precision"),
    [
        ("00/00/1960", date(1960, 1, 1), "year"),
        ("1960", date(1960, 1, 1), "year"),
        ("05/1960", date(1960, 5, 1), "month"),
        ("29/02/1960", date(1960, 2, 29), "day"),
    ],
)
def test_a_birth_date_is_known_to_the_day_month_or_year(
    understand: Understand, text: str, born: date, precision: str
) -> None:
    row = understand("vehicles", owner_birth_date=text)
    assert (row["owner_birth_date"], row["owner_birth_date_precision"]) == (born, precision)


@pytest.mark.parametrize(
    ("raw", "name"),
    [
        ("Nguye\u0302\u0303n Va\u0306n A", "Nguyễn Văn A"),
        ("NguyÔn V¨n Hoµ", "Nguyễn Văn Hoà"),
        ("Ðỗ Văn Hùng", "Đỗ Văn Hùng"),
        ("NGUYỄN VĂN A (chết)", "NGUYỄN VĂN A"),
        ("Nguyá»…n VÄƒn HÃ²a", "Nguyễn Văn Hòa"),
        ("Lê\u00a0 Văn\u200b C", "Lê Văn C"),
    ],
)
def test_a_damaged_name_is_understood_and_kept_as_received(
    understand: Understand, raw: str, name: str
) -> None:
    row = understand("vehicles", owner_name=raw)
    assert row["owner_name"] == name
    assert row["owner_received"] == {"owner_name": raw}
    assert row["rejected"] is False


def test_lost_letters_are_noticed(understand: Understand) -> None:
    row = understand("licences", holder_name="Nguy?n V?n A")
    assert (row["rejected"], row["notes"]) == (False, ["holder_name:letters_lost"])


def test_text_in_an_old_encoding_is_mended(understand: Understand) -> None:
    assert understand("vehicles", owner_address="P. §èng §a")["owner_address"] == "P. Đống Đa"


def test_a_formula_is_only_text(understand: Understand) -> None:
    row = understand("vehicles", owner_name="=cmd|' /C calc'!A0", brand="=1+1")
    assert row["brand"] == "=1+1"
    assert row["rejected"] is False


@pytest.mark.parametrize(
    ("column", "word", "value"),
    [
        ("vehicle_kind", "Ô tô", "car"), ("vehicle_kind", "XE MAY", "motorbike"),
        ("vehicle_kind", "xe máy điện", "electric_motorbike"),
        ("plate_colour", "Vàng", "yellow"), ("plate_colour", "", "white"), ("status", "", "active"),
        ("owner_kind", "Tổ chức", "organisation"),
    ],
)  # fmt: skip
def test_choices_are_read_in_vietnamese(understand: Understand, column: str, word: str, value: str) -> None:
    assert understand("vehicles", **{column: word})[column] == value


def test_unknown_columns_are_kept_as_text(understand: Understand) -> None:
    row = understand("vehicles", **{"Ghi chú riêng": "xem lại", "owner_phone": "?"})
    assert row["received"] == {"Ghi chú riêng": "xem lại"}


def test_long_text_is_cut_and_kept_whole(understand: Understand) -> None:
    row = understand("vehicles", brand="B" * 130)
    assert (len(row["brand"]), row["notes"], row["rejected"]) == (120, ["brand:too_long"], False)
    assert row["received"] == {"brand": "B" * 130}


@pytest.mark.parametrize(
    ("raw", "former"),
    [
        ("", []), ("011234567", ["011234567"]), ("011234567;022345678", ["011234567", "022345678"]),
        ("11234567; 022 345 678", ["011234567", "022345678"]), ("011234567;?", ["011234567"]),
    ],
)  # fmt: skip
def test_former_numbers_are_a_list(understand: Understand, raw: str, former: list[str]) -> None:
    row = understand("persons", former_ids=raw)
    assert (row["former_ids"], row["rejected"]) == (former, False)


@pytest.mark.parametrize(
    ("raw", "moment"),
    [
        ("2025-12-06", "2025-12-05T17:00:00+00:00"),
        ("2025-12-06 08:30", "2025-12-06T01:30:00+00:00"),
        ("06/12/2025 08:30:15", "2025-12-06T01:30:15+00:00"),
        ("2025-12-06T08:30:15Z", "2025-12-06T08:30:15+00:00"),
        ("2025-12-06T08:30:15+07:00", "2025-12-06T01:30:15+00:00"),
    ],
)
def test_a_moment_without_a_zone_is_the_citys(understand: Understand, raw: str, moment: str) -> None:
    row = understand(
        "declarations",
        external_id="1",
        declared_at=raw,
        channel="iHanoi",
        subject="vehicle",
        declarant_name="An",
    )
    assert row["declared_at"].isoformat() == moment


@pytest.mark.parametrize("raw", ["2025-12-06 25:00", "31/02/2025 08:00", "sáng nay"])
def test_a_moment_that_is_none_rejects_the_row(understand: Understand, raw: str) -> None:
    row = understand(
        "declarations",
        external_id="1",
        declared_at=raw,
        channel="iHanoi",
        subject="vehicle",
        declarant_name="An",
    )
    assert row["notes"] == ["!declared_at:timestamp_unreadable"]


def test_a_ward_is_found_by_its_new_code_or_by_a_whole_move(understand: Understand) -> None:
    ward, other = factories.unit(code="00004"), factories.unit(code="00070")
    for old, new, moved in (("00007", ward, "whole"), ("00013", ward, "split"), ("00013", other, "split")):
        LegacyUnit.objects.create(old_code=old, old_name="Cũ", old_district="Cũ", unit=new, moved=moved)
    found = {code: understand("persons", ward_code=code) for code in ("00004", "4", "00007", "00013")}
    assert [found[code]["ward_code_unit"] for code in found] == [ward.pk, ward.pk, ward.pk, None]
    assert [found[code]["ward_code"] for code in found] == ["00004", "00004", "00007", "00013"]


@settings(max_examples=20, deadline=None)
@given(texts=st.lists(st.from_regex(r"[0-9]{1,4}[-/][0-9]{1,2}[-/][0-9]{1,4}", fullmatch=True), min_size=20))
@pytest.mark.django_db
def test_the_fast_path_of_dates_equals_the_functions(texts: list[str]) -> None:
    checks = [(DATE.value, "vr_date(RAW)"), (BIRTH_DATE.value, "vr_birth_date(RAW)")]
    checks.append((BIRTH_DATE.extras[0][2], "vr_birth_precision(RAW)"))
    with transaction.atomic(), connection.cursor() as cursor:
        for fast, slow in checks:
            query = f"SELECT t FROM unnest(%s::text[]) AS given(t) WHERE ({fast}) IS DISTINCT FROM ({slow})"
            cursor.execute(query.replace("RAW", "t"), [texts])
            assert cursor.fetchall() == []
