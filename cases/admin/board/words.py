"""Figures in words, as in Viet Nam: 71,2 % and 1.204."""

from datetime import date

from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _

NOTHING = "—"


def percent(share: float | None, digits: int = 1) -> str:
    """A share of 0 to 1 as a percentage."""
    return NOTHING if share is None else f"{_rounded(100 * share, digits)} %"


def points(change: float | None) -> str:
    """A change in percentage points without its sign; "" where nothing is known or nothing changed."""
    return "" if change is None or round(abs(change), 1) == 0 else _rounded(abs(change), 1)


def count(value: float) -> str:
    return number_format(round(value), force_grouping=True)


def short_day(day: date | None) -> str:
    """Day and month; a year only where it is not plain which."""
    return _("never") if day is None else date_format(day, "d/m")


def _rounded(value: float, digits: int) -> str:
    """Rounded; Django's own way cuts the digits off."""
    return str(number_format(f"{value:.{digits}f}", digits))
