"""The wards of Hà Nội and what became of the former ones on 1 July 2025.

Resolution 1656/NQ-UBTVQH15: 526 former units became 126. Only a unit that moved as a whole says where
an address lies now. Tables after vietnamadminunits 1.0.4 (MIT), checked against the official list.
"""

import csv
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final, Literal

from .text import clean, fold

Reason = Literal["code", "whole_move", "name", "split", "unknown", "ambiguous"]


@dataclass(frozen=True, slots=True)
class Ward:
    """One of the 126 units; centroid in degrees, area in square kilometres."""

    code: str
    name: str
    kind: str
    latitude: float
    longitude: float
    area_km2: float


@dataclass(frozen=True, slots=True)
class LegacyUnit:
    """A former ward or commune and the units it went to; `whole` when it went to one undivided."""

    code: str
    name: str
    district: str
    aliases: tuple[str, ...]
    new_codes: tuple[str, ...]
    whole: bool


@dataclass(frozen=True, slots=True)
class WardReading:
    """The unit an address or code means today, or None, and why."""

    code: str | None
    reason: Reason


def _rows(file: str) -> Iterator[dict[str, str]]:
    text = files(__package__).joinpath("data", file).read_text(encoding="utf-8")
    return csv.DictReader(text.splitlines(), delimiter="\t")


@cache
def wards() -> tuple[Ward, ...]:
    """The 126 units by code."""
    return tuple(
        Ward(
            row["code"], row["name"], row["kind"],
            float(row["latitude"]), float(row["longitude"]), float(row["area_km2"]),
        )
        for row in _rows("hanoi_wards_126.tsv")
    )  # fmt: skip


@cache
def legacy_units() -> tuple[LegacyUnit, ...]:
    """The 526 former units by code."""
    parts: dict[str, list[dict[str, str]]] = defaultdict(list)
    for row in _rows("hanoi_legacy_to_new.tsv"):
        parts[row["old_code"]].append(row)
    return tuple(_legacy(rows) for rows in parts.values())


def _legacy(rows: list[dict[str, str]]) -> LegacyUnit:
    first = rows[0]
    return LegacyUnit(
        first["old_code"],
        first["old_name"],
        first["old_district"],
        tuple(dict.fromkeys(alias for alias in first["old_aliases"].split("|") if alias)),
        tuple(row["new_code"] for row in rows),
        len(rows) == 1 and first["moved"] == "whole",
    )


# --- reading an address ----------------------------------------------------------------------------

_KIND: Final = re.compile("^(phuong|xa|thi tran|quan|huyen|thi xa|thanh pho) ")
_WARD_MARKS: Final = {"phuong": "phuong", "p": "phuong", "xa": "xa", "x": "xa", "tt": "thi tran"}
_DISTRICT_MARKS: Final = frozenset({"quan", "q", "huyen", "h", "tx", "tp"})
_DISTRICT: Final = "district"
# With its mark "phường" is a kind; "phương" begins names (Phương Liệt), and without marks both are possible.
_KINDS: Final = tuple(
    (re.compile(rf"\b(?:{word})\b"), f" {short} ")
    for word, short in (
        ("thị trấn|thi tran", "tt"),
        ("thị xã|thi xa", "tx"),
        ("thành phố|thanh pho", "tp"),
        ("phường", "p"),
        ("xã", "x"),
        ("quận", "q"),
        ("huyện", "h"),
    )
)
_UNMARKED_KIND: Final = "phuong"
_CITY: Final = frozenset({"hanoi", "hn", "thanhphohanoi", "tphanoi", "tphn", "vietnam", "vn"})
_TOKEN: Final = re.compile("[a-z0-9]+|[,;]|-")
_CODE: Final = re.compile("^[0-9]{1,5}$")
_MOST_WORDS: Final = 7


def _bare(name: str) -> str:
    """A unit's name as a key: folded, without its kind, glued."""
    return _glued(_KIND.sub("", fold(name)))


def _glued(folded: str) -> str:
    return re.sub("[^a-z0-9]", "", folded)


@dataclass(frozen=True, slots=True)
class _Index:
    """The units by code and by key of their name."""

    ward_of_code: dict[str, Ward]
    legacy_of_code: dict[str, LegacyUnit]
    wards_named: dict[str, list[Ward]]
    legacy_named: dict[str, list[LegacyUnit]]
    districts: dict[str, str]


@cache
def _index() -> _Index:
    named: dict[str, list[Ward]] = defaultdict(list)
    legacy: dict[str, list[LegacyUnit]] = defaultdict(list)
    for ward in wards():
        named[_bare(ward.name)].append(ward)
    for unit in legacy_units():
        for key in {_bare(unit.name), *_without_kind(unit.aliases)}:
            legacy[key].append(unit)
    return _Index(
        {ward.code: ward for ward in wards()},
        {unit.code: unit for unit in legacy_units()},
        dict(named),
        dict(legacy),
        {_bare(unit.district): unit.district for unit in legacy_units()},
    )


def _without_kind(aliases: tuple[str, ...]) -> Iterator[str]:
    """The table gives an alias with and without its kind; the kind is read apart."""
    with_kind = {kind + alias for alias in aliases for kind in ("phuong", "xa", "thitran")}
    return (alias for alias in aliases if alias not in with_kind)


@dataclass(frozen=True, slots=True)
class _Span:
    """A run of words that names a unit: its key, the mark before it, and the segment around it."""

    key: str
    mark: str
    start: int
    end: int
    whole_segment: bool


def resolve_ward(text_or_code: str, district: str | None = None) -> WardReading:
    """The unit of today behind a code, a name or an address; never a guess."""
    text = fold(clean(text_or_code))
    if _CODE.match(text):
        return _by_code(text.zfill(5))
    tokens = _tokens(text_or_code)
    spans = _spans(tokens)
    marked = [span for span in spans if span.mark not in ("", _DISTRICT)]
    given = _bare(clean(district)) if district else ""
    chosen = marked[-1] if marked else _unmarked(spans, given)
    if chosen is None:
        return WardReading(None, "unknown")
    behind = tokens[chosen.end :]
    if not given and not chosen.mark and chosen.key in _index().districts and not _district_in(behind):
        return WardReading(None, "ambiguous")
    return _by_name(chosen, given or _district_in(behind), _city_next(behind))


def _tokens(text: str) -> list[str]:
    """Folded words and separators, each written-out kind as its abbreviation."""
    text = clean(text).lower()
    for word, short in _KINDS:
        text = word.sub(short, text)
    return _TOKEN.findall(fold(text))


def _by_code(code: str) -> WardReading:
    index = _index()
    if code in index.ward_of_code:
        return WardReading(code, "code")
    unit = index.legacy_of_code.get(code)
    return _moved(unit) if unit else WardReading(None, "unknown")


def _moved(unit: LegacyUnit) -> WardReading:
    return WardReading(unit.new_codes[0], "whole_move") if unit.whole else WardReading(None, "split")


def _spans(tokens: list[str]) -> list[_Span]:
    """Every longest run of words that is the name of a unit, in the order of the text."""
    found: list[_Span] = []
    at = 0
    while at < len(tokens):
        span = _span_at(tokens, at)
        if tokens[at] == _UNMARKED_KIND and at + 1 < len(tokens):
            behind = _span_at(tokens, at + 1)
            span = behind if behind and (span is None or behind.end > span.end) else span
        if span:
            found.append(span)
        at = span.end if span else at + 1
    return found


def _span_at(tokens: list[str], start: int) -> _Span | None:
    index = _index()
    for end in range(min(len(tokens), start + _MOST_WORDS), start, -1):
        words = tokens[start:end]
        key = "".join(words)
        if not words[0].isalpha() or not words[-1].isalnum() or "," in words or ";" in words:
            continue
        key = key.replace("-", "")
        if key in index.wards_named or key in index.legacy_named or key in index.districts:
            mark, before = _mark_before(tokens, start)
            whole = (before == 0 or tokens[before - 1] in ",;-") and (
                end == len(tokens) or tokens[end] in ",;-"
            )
            return _Span(key, mark, start, end, whole)
    return None


def _mark_before(tokens: list[str], start: int) -> tuple[str, int]:
    """The kind written before a name ("" where none), and where it begins."""
    if start and tokens[start - 1] in _DISTRICT_MARKS:
        return _DISTRICT, start - 1
    mark = _WARD_MARKS.get(tokens[start - 1], "") if start else ""
    return mark, start - bool(mark)


def _unmarked(spans: list[_Span], district: str) -> _Span | None:
    """The ward among bare names: the one before the district, else the last; never part of a segment."""
    index = _index()
    alone = [
        span
        for span in spans
        if span.whole_segment
        and not span.mark
        and (span.key in index.wards_named or span.key in index.legacy_named)
    ]
    if len(alone) > 1 and not district and alone[-1].key in index.districts:
        return alone[-2]
    return alone[-1] if alone else None


def _district_in(tokens: list[str]) -> str:
    """The key of the former district named behind the ward, or ""."""
    districts = _index().districts
    for start in range(len(tokens)):
        for end in range(start + 1, min(len(tokens), start + _MOST_WORDS) + 1):
            key = "".join(tokens[start:end])
            if key in districts:
                return key
    return ""


def _city_next(tokens: list[str]) -> bool:
    """Whether the city follows at once: an address of two levels, as written since July 2025."""
    rest = "".join(token for token in tokens if token.isalnum())
    return any(rest.startswith(city) for city in _CITY) and bool(rest)


def _by_name(span: _Span, district: str, two_levels: bool) -> WardReading:
    index = _index()
    now = [ward for ward in index.wards_named.get(span.key, []) if _of_kind(ward.name, span.mark)]
    former = index.legacy_named.get(span.key, [])
    if district:
        return _in_district(now, [unit for unit in former if _bare(unit.district) == district], district)
    former = [unit for unit in former if _of_kind(unit.name, span.mark)] or former
    if len(now) == 1:
        certain = two_levels or all(unit.whole and unit.new_codes[0] == now[0].code for unit in former)
        return WardReading(now[0].code, "name") if certain else WardReading(None, "ambiguous")
    if now or len({unit.code for unit in former}) > 1:
        return _if_all_agree(former) if not now else WardReading(None, "ambiguous")
    return _moved(former[0]) if former else WardReading(None, "unknown")


def _of_kind(name: str, mark: str) -> bool:
    return not mark or fold(name).startswith(mark + " ")


def _if_all_agree(former: list[LegacyUnit]) -> WardReading:
    targets = {unit.new_codes[0] if unit.whole else "" for unit in former}
    if len(targets) == 1 and "" not in targets:
        return WardReading(targets.pop(), "whole_move")
    return WardReading(None, "ambiguous")


def _in_district(now: list[Ward], former: list[LegacyUnit], district: str) -> WardReading:
    """A former district makes a former address; a new name beside it must lie in that district."""
    if former:
        return _moved(former[0]) if len(former) == 1 else _if_all_agree(former)
    here = {code for unit in legacy_units() if _bare(unit.district) == district for code in unit.new_codes}
    inside = [ward for ward in now if ward.code in here]
    if len(inside) == 1:
        return WardReading(inside[0].code, "name")
    return WardReading(None, "ambiguous" if now else "unknown")
