"""Dates as the registers write them. Equal to vr_date, vr_birth_date and vr_birth_precision in SQL."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

Precision = Literal["day", "month", "year"]
BirthLevel = Literal["same", "swapped", "month", "year", "one_part", "different", "missing"]

# A year outside is a slip of the pen, not a date of a living register.
FIRST_YEAR: Final = 1800
LAST_YEAR: Final = 2199

# Patterns shared with PostgreSQL: no look-around, no \d. Day first, as people write; year first, as files do.
DAY_FIRST: Final = "^([0-9]{1,2})[-/.]([0-9]{1,2})[-/.]([0-9]{4})$"
YEAR_FIRST: Final = "^([0-9]{4})[-/.]([0-9]{1,2})[-/.]([0-9]{1,2})(?:[T ]+0{1,2}:00(?::00(?:[.]0+)?)?Z?)?$"
MONTH_FIRST: Final = "^([0-9]{1,2})[-/.]([0-9]{4})$"
YEAR_MONTH: Final = "^([0-9]{4})[-/.]([0-9]{1,2})$"
YEAR_ONLY: Final = "^([0-9]{4})(?:[.]0)?$"

_DAY_FIRST: Final = re.compile(DAY_FIRST)
_YEAR_FIRST: Final = re.compile(YEAR_FIRST)
_MONTH_FIRST: Final = re.compile(MONTH_FIRST)
_YEAR_MONTH: Final = re.compile(YEAR_MONTH)
_YEAR_ONLY: Final = re.compile(YEAR_ONLY)


@dataclass(frozen=True, slots=True)
class Birth:
    """A birth date and how much of it is known; the unknown part stands as 1."""

    date: date
    precision: Precision


def understand_date(raw: str) -> date | None:
    """A full calendar date from YYYY-MM-DD, DD/MM/YYYY or DD-MM-YYYY, or None."""
    parts = _full(_plain(raw))
    return _date(*parts) if parts else None


def understand_birth(raw: str) -> Birth | None:
    """A birth date to the day, the month or the year; 00/00/1960 is a year, 31/02/2020 is nothing."""
    text = _plain(raw)
    year, month, day = _full(text) or _partial(text) or (0, 0, 0)
    precision: Precision = "day" if day and month else "month" if month else "year"
    born = _date(year, month or 1, day if precision == "day" else 1)
    # A day without a month is no partial date but a missing month: only the year is known.
    return Birth(born, precision) if born and day <= 31 else None


def exact_birth(birth: Birth) -> date | None:
    """The date where the day is known; 1 January stands for "day not known" too often to be one."""
    known = birth.precision == "day" and (birth.date.day, birth.date.month) != (1, 1)
    return birth.date if known else None


def compare_births(first: Birth | None, second: Birth | None) -> BirthLevel:
    """How far two birth dates agree, as far as both sides know; the order does not matter.

    Equal to birth_level in `cases.matching.comparisons`. `swapped`: day and month; `month`, `year`: that
    much is known of both, and agrees; `one_part`: one of day, month and year differs.
    """
    if first is None or second is None:
        return "missing"
    one, other = exact_birth(first), exact_birth(second)
    if one and other:
        return _compare_days(one, other)
    if first.date.year != second.date.year:
        return "different"
    months = (_month_known(first), _month_known(second))
    if None in months:
        return "year"
    return "month" if months[0] == months[1] else "different"


def _compare_days(one: date, other: date) -> BirthLevel:
    if one == other:
        return "same"
    if (one.year, one.month, one.day) == (other.year, other.day, other.month):
        return "swapped"
    shared = (one.day == other.day) + (one.month == other.month) + (one.year == other.year)
    return "one_part" if shared == 2 else "different"


def _month_known(birth: Birth) -> int | None:
    return birth.date.month if birth.precision == "month" or exact_birth(birth) else None


def _plain(raw: str) -> str:
    text = raw if raw.isascii() else unicodedata.normalize("NFKC", raw)
    return text.strip(" \t\r\n")


def _full(text: str) -> tuple[int, int, int] | None:
    """(year, month, day) as written, zeros included."""
    if hit := _DAY_FIRST.match(text):
        return int(hit[3]), int(hit[2]), int(hit[1])
    if hit := _YEAR_FIRST.match(text):
        return int(hit[1]), int(hit[2]), int(hit[3])
    return None


def _partial(text: str) -> tuple[int, int, int] | None:
    if hit := _MONTH_FIRST.match(text):
        return int(hit[2]), int(hit[1]), 0
    if hit := _YEAR_MONTH.match(text):
        return int(hit[1]), int(hit[2]), 0
    if hit := _YEAR_ONLY.match(text):
        return int(hit[1]), 0, 0
    return None


def _date(year: int, month: int, day: int) -> date | None:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None
