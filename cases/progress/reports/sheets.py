"""A report before it is written: sheets of columns and rows, with the kind of each column."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import Enum

from django.utils.formats import date_format, number_format
from django.utils.functional import Promise

Value = str | int | float | date | None
Words = str | Promise


class Kind(Enum):
    """How a column's values are written. A share is 0 to 1; a change is in percentage points."""

    TEXT = "text"
    COUNT = "count"
    SHARE = "share"
    CHANGE = "change"
    DAY = "day"


@dataclass(frozen=True)
class Column:
    heading: Words
    kind: Kind = Kind.TEXT
    width: int = 12  # letters


@dataclass(frozen=True)
class Sheet:
    """One table. `columns` and each of `rows` are of the same length."""

    title: Words
    columns: Sequence[Column]
    rows: Sequence[Sequence[Value]] = field(default_factory=list)


def in_words(value: Value, kind: Kind) -> str:
    """A value as it is printed; nothing is a dash."""
    if value is None or value == "":
        return "—"
    if isinstance(value, date):
        return date_format(value, "SHORT_DATE_FORMAT")
    if kind is Kind.SHARE:
        return number_format(f"{100 * float(value):.1f}", 1) + " %"
    if kind is Kind.CHANGE:
        return ("+" if float(value) > 0 else "") + number_format(f"{float(value):.1f}", 1)
    if kind is Kind.COUNT:
        return number_format(round(float(value)), force_grouping=True)
    return str(value)
