"""How a candidate's chance comes about: from anybody of the population, field by field, in bits.

A bit is log2 of the odds: +1 doubles them, −1 halves them; at 0 it is as likely as not.
"""

from dataclasses import dataclass
from math import log2
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cases.desk.levels import bar_words
from cases.matching.commonness import FEWEST
from vehreg.adminsite.words import count

FIELDS = ("name", "number", "birth", "ward")
PRIOR = "prior"
# A score nearer to 0 or 1 than this was rounded: it says nothing exact about the bits behind it.
_ROUNDED = 0.002
# A remainder smaller than this many bits comes from rounding.
_NOTHING = 0.25


@dataclass(frozen=True)
class Step:
    """One line: its words, its bits, the total after it; its bar in percent of the track's width."""

    field: str
    label: str
    bits: float
    total: float
    left: float
    width: float

    @property
    def against(self) -> bool:
        return self.bits < 0

    @property
    def colour(self) -> str:
        """The class of its bar."""
        if self.field == PRIOR:
            return "start"
        return "against" if self.against else "for"


@dataclass(frozen=True)
class Waterfall:
    """`zero` is where even odds stand on the track, in percent; `score` the chance at the end, 0 to 1."""

    steps: list[Step]
    zero: float
    score: float
    shared_by: int | None
    whole: bool  # it begins with the prior, so that the totals are odds

    @property
    def how_common(self) -> str:
        if not self.shared_by:
            return ""
        if self.shared_by <= FEWEST:
            return _("At most %(people)s people in the city have this name.") % {"people": FEWEST}
        return ngettext(
            "About %(people)s person in the city has this name.",
            "About %(people)s people in the city have this name.",
            self.shared_by,
        ) % {"people": count(self.shared_by)}


def waterfall(comparison: dict[str, Any], score: float, *, alone: bool) -> Waterfall | None:
    """The steps of one candidate; None where nothing was compared. `alone`: nobody else is proposed."""
    told = _told(comparison)
    if not told:
        return None
    whole = told[0][0] == PRIOR
    if whole and (rest := _remainder(sum(bits for _field, _label, bits in told), score)):
        told.append(("rest", _rest_words(rest, alone), rest))
    shared_by = _part(comparison, "name").get("shared_by")
    steps, zero = _drawn(told)
    return Waterfall(steps, zero, score, int(shared_by) if shared_by else None, whole)


def bits_by_field(comparison: dict[str, Any]) -> dict[str, float]:
    """The bits of each field compared."""
    return {field: float(_part(comparison, field).get("bits") or 0) for field in FIELDS}


def _part(comparison: dict[str, Any], field: str) -> dict[str, Any]:
    part = comparison.get(field)
    return part if isinstance(part, dict) else {}


def _told(comparison: dict[str, Any]) -> list[tuple[str, str, float]]:
    """(field, words, bits) in order; fields that say nothing are left out."""
    told: list[tuple[str, str, float]] = []
    prior = _part(comparison, PRIOR).get("bits")
    if prior is not None:
        told.append((PRIOR, _("Start: any one person, nothing compared yet"), float(prior)))
    for field in FIELDS:
        part = _part(comparison, field)
        bits = float(part.get("bits") or 0)
        if part.get("level") and bits:
            told.append((field, bar_words(field, part["level"]), bits))
    return told if len(told) > (prior is not None) else []


def _remainder(total: float, score: float) -> float:
    """What stands between the fields' total and the score: the other people who fit, above all."""
    stated = _bits_of(score)
    if stated is None:
        return 0.0
    rest = stated - total
    return rest if abs(rest) >= _NOTHING else 0.0


def _bits_of(chance: float) -> float | None:
    if not _ROUNDED < chance < 1 - _ROUNDED:
        return None
    return log2(chance / (1 - chance))


def _rest_words(rest: float, alone: bool) -> str:
    if rest < 0 and not alone:
        return _("Others fit too")
    return _("Adjusted by what was found right before")


def _drawn(told: list[tuple[str, str, float]]) -> tuple[list[Step], float]:
    """Each bar begins where the one before it ended; the track spans all of them and zero."""
    edges = [0.0]
    for _field, _label, bits in told:
        edges.append(edges[-1] + bits)
    low, high = min(edges), max(edges)
    span = (high - low) or 1.0
    steps = [
        Step(field, label, bits, end, (min(start, end) - low) / span * 100, abs(bits) / span * 100)
        for (field, label, bits), start, end in zip(told, edges[:-1], edges[1:], strict=True)
    ]
    return steps, -low / span * 100
