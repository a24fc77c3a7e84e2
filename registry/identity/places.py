"""The unit of today behind an address: read from free text, old or new, never guessed.

Resolution 1656/NQ-UBTVQH15: 526 former units became 126 on 1 July 2025. Only a unit that moved as a whole
says where an address lies now; a divided one leaves its parts as candidates.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final, Literal

from .address_words import DISTRICT, Span, Words, city_next, district_behind, is_elsewhere, spans_of, words_of
from .encodings import repair
from .keyboard import typed_text
from .text import clean, fold
from .units import LegacyUnit, Ward, bare_key, index, legacy_units, lies_in, wards

__all__ = [
    "Certainty",
    "LegacyUnit",
    "Reason",
    "Ward",
    "WardReading",
    "legacy_units",
    "resolve_ward",
    "wards",
]

Reason = Literal["code", "whole_move", "name", "split", "unknown", "ambiguous", "elsewhere"]
Certainty = Literal["certain", "likely", "open"]


@dataclass(frozen=True, slots=True)
class WardReading:
    """The unit an address or code means today, or None, and why.

    `candidates`: codes of all units it may mean, where it is not known which. `evidence`: what speaks for
    the reading: code_written, kind_written, district_written, district_first, district_given, city_next,
    run_together, one_meaning (every unit of that name, old or new, leads to the same).
    """

    code: str | None
    reason: Reason
    candidates: tuple[str, ...] = field(default=(), compare=False)
    evidence: tuple[str, ...] = field(default=(), compare=False)

    @property
    def certainty(self) -> Certainty:
        """`likely`: the text has another, less usual meaning (a former unit whose district is left out)."""
        if self.code is None:
            return "open"
        return "certain" if self.reason == "code" or _STRONG.intersection(self.evidence) else "likely"


_STRONG: Final = frozenset(
    {"one_meaning", "code_written", "district_written", "district_first", "district_given"}
)
_CODE: Final = re.compile("^[0-9]{1,5}$")


def resolve_ward(text_or_code: str, district: str | None = None) -> WardReading:
    """The unit of today behind a code, a name or an address; never a guess."""
    text = clean(repair(text_or_code))
    if _CODE.match(fold(text)):
        return _by_code(fold(text).zfill(5))
    given = bare_key(clean(district)) if district else ""
    reading = _read(text, given)
    if reading.reason == "unknown" and (typed := typed_text(text)) != text:
        return _read(typed, given)
    return reading


def _by_code(code: str) -> WardReading:
    if code in index().ward_of_code:
        return WardReading(code, "code", (code,))
    unit = index().legacy_of_code.get(code)
    return _moved(unit, "code_written") if unit else WardReading(None, "unknown")


def _read(text: str, given: str) -> WardReading:
    words = words_of(text)
    spans = spans_of(words)
    if not given and is_elsewhere(words):
        return WardReading(None, "elsewhere")
    chosen = _chosen(spans, given)
    if chosen is None:
        return WardReading(None, "unknown")
    behind = words[chosen.end :]
    district, told = _district(spans, chosen, behind, given)
    if not district and not chosen.mark and chosen.of_district:
        return WardReading(None, "ambiguous", _meanings(chosen.key))
    return _by_name(chosen, district, (*_told(chosen, behind), *told))


def _told(chosen: Span, behind: Words) -> Iterable[str]:
    if chosen.mark:
        yield "kind_written"
    if not chosen.whole_segment and not chosen.mark:
        yield "run_together"
    if city_next(behind):
        yield "city_next"


def _district(spans: list[Span], chosen: Span, behind: Words, given: str) -> tuple[str, tuple[str, ...]]:
    """The key of the former district, and where it stood."""
    if given:
        return given, ("district_given",)
    if named := district_behind(behind):
        return named, ("district_written",)
    before = [
        span for span in spans if span.end <= chosen.start and span.of_district and not span.behind_place
    ]
    if before and before[-1].mark == DISTRICT:
        return before[-1].key, ("district_first",)
    # Without its mark it may be a street; it counts where the ward did lie there.
    if before and before[-1].whole_segment and _units_in(chosen.key, before[-1].key):
        return before[-1].key, ("district_first",)
    return "", ()


def _chosen(spans: list[Span], district: str) -> Span | None:
    """The ward among the names: with its kind, else a segment of its own, else before its district."""
    marked = [span for span in spans if span.mark not in ("", DISTRICT) and span.of_ward]
    return marked[-1] if marked else _unmarked(spans, district) or _run_together(spans)


def _unmarked(spans: list[Span], district: str) -> Span | None:
    """The ward among bare names: the one before the district, else the last; never part of a segment."""
    alone = [span for span in spans if span.whole_segment and not span.mark and span.of_ward]
    if len(alone) > 1 and not district and alone[-1].of_district:
        return alone[-2]
    return alone[-1] if alone else None


def _run_together(spans: list[Span]) -> Span | None:
    """A name with its own district right behind it: "Tổ 5 Vân Hòa huyện Ba Vì"."""
    for span, behind in reversed(list(pairwise(spans))):
        follows = behind.start - (behind.mark == DISTRICT) == span.end
        fits = follows and not span.mark and not span.behind_place and behind.of_district
        if fits and behind.mark in ("", DISTRICT) and _units_in(span.key, behind.key):
            return span
    return None


def _units_in(key: str, district: str) -> list[LegacyUnit]:
    return [unit for unit in index().legacy_named.get(key, []) if lies_in(unit, district)]


def _by_name(span: Span, district: str, evidence: tuple[str, ...]) -> WardReading:
    now = [ward for ward in index().wards_named.get(span.key, []) if _of_kind(ward.name, span.mark)]
    if district:
        return _in_district(span.key, now, district, evidence)
    former = index().legacy_named.get(span.key, [])
    former = [unit for unit in former if _of_kind(unit.name, span.mark)] or former
    meanings = _meanings(span.key)
    if len(meanings) == 1:
        evidence = (*evidence, "one_meaning")
    if len(now) == 1:
        certain = "city_next" in evidence or _all_lead_to(former, now[0].code)
        code = now[0].code if certain else None
        return WardReading(code, "name" if certain else "ambiguous", meanings, evidence)
    if now or not former:
        return WardReading(None, "ambiguous" if now else "unknown", meanings, evidence)
    return (
        _moved(former[0], *evidence, "one_meaning") if len(former) == 1 else _if_all_agree(former, evidence)
    )


def _meanings(key: str) -> tuple[str, ...]:
    """The units of today that the name may mean, by its old or its new bearers."""
    now = [ward.code for ward in index().wards_named.get(key, [])]
    former = [code for unit in index().legacy_named.get(key, []) for code in unit.new_codes]
    return tuple(dict.fromkeys(now + former))


def _all_lead_to(former: list[LegacyUnit], code: str) -> bool:
    return all(unit.whole and unit.new_codes[0] == code for unit in former)


def _of_kind(name: str, mark: str) -> bool:
    return not mark or fold(name).startswith(mark + " ")


def _moved(unit: LegacyUnit, *evidence: str) -> WardReading:
    if unit.whole:
        return WardReading(unit.new_codes[0], "whole_move", unit.new_codes, evidence)
    return WardReading(None, "split", unit.new_codes, evidence)


def _if_all_agree(former: list[LegacyUnit], evidence: tuple[str, ...]) -> WardReading:
    codes = tuple(dict.fromkeys(code for unit in former for code in unit.new_codes))
    if len(codes) == 1 and all(unit.whole for unit in former):
        return WardReading(codes[0], "whole_move", codes, (*evidence, "one_meaning"))
    return WardReading(None, "ambiguous", codes, evidence)


def _in_district(key: str, now: list[Ward], district: str, evidence: tuple[str, ...]) -> WardReading:
    """A former district makes a former address; a new name beside it must lie in that district."""
    if former := _units_in(key, district):
        return _moved(former[0], *evidence) if len(former) == 1 else _if_all_agree(former, evidence)
    here = {code for unit in legacy_units() if lies_in(unit, district) for code in unit.new_codes}
    inside = [ward for ward in now if ward.code in here]
    if len(inside) == 1:
        return WardReading(inside[0].code, "name", (inside[0].code,), evidence)
    return WardReading(None, "ambiguous" if now else "unknown", _meanings(key), evidence)
