"""Shares, intervals and bands as people read them: chính xác 99,97 % (99,91–99,99 %)."""

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from cases.models.kinds import VerdictKind
from cases.review.bands import BY_KEY, NOBODY
from cases.review.stratified import Share
from vehreg.adminsite.words import NOTHING


def percent(share: float | None, digits: int = 2) -> str:
    """A share of 0 to 1: 99,97 %. Never 100 % or 0 % for what is only nearly so."""
    if share is None:
        return NOTHING
    return f"{_figure(share, digits)} %"


def interval(share: Share) -> str:
    """99,91–99,99 %; "" where nothing is known."""
    if share.value is None:
        return ""
    return f"{_figure(share.lower, 2)}–{_figure(share.upper, 2)} %"


def band_words(key: str) -> str:
    """A score band: 95–99 %."""
    if key == NOBODY:
        return _("nobody named")
    band = BY_KEY.get(key)
    return f"{_figure(band.low, 0)}–{_figure(band.high, 0)} %" if band else key or NOTHING


def verdict_words(code: str) -> str:
    """A verdict by its name; a class of a release by its own."""
    return str(VerdictKind(code).label) if code in VerdictKind.values else code


def _figure(share: float, digits: int) -> str:
    """A percentage's number, as short as it can be said."""
    value = 100 * share
    limit = 10**-digits
    if 0 < value < limit:
        value = limit
    elif 100 - limit < value < 100:
        value = 100 - limit
    shown = digits if value not in (0, 100) else 0
    return str(number_format(f"{value:.{shown}f}", shown))
