"""PostgreSQL and Python compute the same keys: one definition for forms and for bulk."""

import random

import pytest
from django.db import connection

from registry.identity.dates import understand_birth, understand_date
from registry.identity.names import understand_name
from registry.identity.numbers import id_key
from registry.identity.plainness import is_plain
from registry.identity.plates import compact_plate
from registry.identity.repairing import DISGUISED, DISGUISED_PATTERN, is_disguised
from registry.identity.text import fold, sort_key
from tests.registry.identity.strategies import LETTERS, NOISE

pytestmark = pytest.mark.django_db

EXAMPLES = (
    "Nguyễn Văn A", "ĐỖ THỊ ƯỚC", "Ðỗ Hoà", "NguyÔn V¨n Hoµ", "Nguyeãn Vaên", "Nguyeenx Vawn",
    "Hà  Nội", "An (đã chết)", "29-H1 123.45", "29-MĐ1 013.53", "29 mđ1", "001 091 002 217",
    "1091002217", "1091002217.0", "1.23457E+11", "CCCD: 001091002217", "'001091002217", "O12345678",
    "B1234567", "0101234567", "0100109106-001", "12345678", "31/02/2020", "29/02/2020",
    "00/00/1960", "01/00/1960", "1960", "1960.0", "5/1960", "1960-05", "3/5/1991",
    "1991-05-03 00:00:00", "1991-05-03T00:00:00.000Z", "1991-05-03 10:30", "0000", "9999-99-99", "",
    " ", "a\nb", "a\n",
)  # fmt: skip


def _random_texts(seed: int, count: int) -> list[str]:
    """Names, numbers and dates with noise; the seed makes a failure repeatable."""
    chance = random.Random(seed)
    pools = (LETTERS + NOISE + " " * 25, "0123456789OIlSB -.", "0123456789/-.", LETTERS + " " * 15)
    return ["".join(chance.choices(chance.choice(pools), k=chance.randrange(16))) for _ in range(count)]


def _random_dates(seed: int, count: int) -> list[str]:
    chance = random.Random(seed)
    days, months, years = (
        ["00", "1", "28", "29", "30", "31"],
        ["00", "2", "02", "4", "12", "13"],
        ["1799", "1900", "2000", "2023"],
    )
    texts = []
    for _ in range(count):
        mark = chance.choice("/-.")
        parts = [chance.choice(days), chance.choice(months), chance.choice(years)]
        texts.append(mark.join(parts if chance.random() < 0.6 else parts[::-1]))
    return texts


TEXTS = (*EXAMPLES, *_random_texts(7, 6000), *_random_dates(7, 1500))


def _in_database(function: str) -> list[tuple[str, object]]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT value, {function}(value) FROM unnest(%s::text[]) AS value", [list(TEXTS)])
        return cursor.fetchall()


@pytest.mark.parametrize(
    ("function", "python"),
    [
        ("vr_fold", fold),
        ("vr_name_sort", sort_key),
        ("vr_compact", compact_plate),
        ("vr_id_key", id_key),
        ("vr_date", understand_date),
        ("vr_birth_date", lambda text: (born := understand_birth(text)) and born.date),
        ("vr_birth_precision", lambda text: (born := understand_birth(text)) and born.precision),
        ("vr_looks_damaged", lambda text: not is_plain(text)),
    ],
)
def test_both_sides_give_the_same_answer(function, python):
    differing = [
        (text, there, python(text)) for text, there in _in_database(function) if there != python(text)
    ]
    assert not differing


def test_what_looks_sound_is_never_changed_by_understanding():
    sound = [text for text, damaged in _in_database("vr_looks_damaged") if not damaged]
    sound = [text for text in sound if not is_disguised(text)]
    assert sound
    assert all(understand_name(text).text == text for text in sound)


def test_only_digits_remain_of_digits():
    assert dict(_in_database("vr_digits"))["29-H1 123.45"] == "29112345"


@pytest.mark.parametrize(
    "function",
    [
        "vr_fold",
        "vr_name_sort",
        "vr_compact",
        "vr_digits",
        "vr_id_key",
        "vr_date",
        "vr_birth_date",
        "vr_birth_precision",
        "vr_looks_damaged",
    ],
)
def test_nothing_known_gives_nothing(function):
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {function}(NULL)")
        assert cursor.fetchone() == (None,)


def test_the_sort_key_sorts_alike_on_both_sides():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT value FROM unnest(%s::text[]) AS value"
            ' ORDER BY vr_name_sort(value) COLLATE "C", value COLLATE "C"',
            [list(TEXTS)],
        )
        there = [row[0] for row in cursor.fetchall()]
    assert there == sorted(TEXTS, key=lambda text: (sort_key(text), text))


def test_a_surname_in_disguise_is_found_by_the_database_too():
    names = [f"{surname} Nam" for surname in sorted(DISGUISED)] + ["Vòng Nam", "Nam Vò", "Lý Nam", "Vò"]
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT value, value ~ '{DISGUISED_PATTERN}' FROM unnest(%s::text[]) AS value", [names]
        )
        assert [(text, is_disguised(text)) for text in names] == cursor.fetchall()
