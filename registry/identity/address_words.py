"""An address as words: which runs of them name a unit, and what stands before and behind."""

import re
from dataclasses import dataclass
from typing import Final

from .numbers import PROVINCES
from .text import clean, fold
from .units import glued, index

DISTRICT: Final = "district"

_WARD_MARKS: Final = {
    "phuong": "phuong", "p": "phuong", "f": "phuong", "ph": "phuong", "phg": "phuong",
    "xa": "xa", "x": "xa", "tt": "thi tran",
}  # fmt: skip
_DISTRICT_MARKS: Final = frozenset({"quan", "q", "huyen", "h", "tx", "tp"})
# Behind a district's mark only.
_SHORT_DISTRICTS: Final = {
    "hbt": "haibatrung", "hk": "hoankiem", "dd": "dongda", "bd": "badinh", "cg": "caugiay", "lb": "longbien",
    "hm": "hoangmai", "ntl": "namtuliem", "btl": "bactuliem", "hd": "hadong",
}  # fmt: skip
# With its mark "phường" is a kind; "phương" begins names (Phương Liệt), and without marks both are possible.
_KINDS: Final = tuple(
    (re.compile(rf"\b(?:{word})\b"), f" {short} ")
    for word, short in (
        (r"thị trấn|thi tran|t\.\s?t\b\.?", "tt"),
        (r"thị xã|thi xa|t\.\s?x\b\.?", "tx"),
        (r"thành phố|thanh pho|t\.\s?p\b\.?", "tp"),
        ("phường", "p"),
        ("xã", "x"),
        ("quận", "q"),
        ("huyện", "h"),
    )
)
_UNMARKED_KIND: Final = "phuong"
_ROMAN: Final = {"i": "1", "ii": "2", "iii": "3"}
# What makes a name behind it a street, a hamlet or a house.
_PLACES: Final = frozenset({
    "pho", "duong", "ngo", "ngach", "hem", "thon", "xom", "to", "khu", "lang", "ktt", "cc", "cho", "cau",
    "ho", "ga", "doi", "cum", "toa", "nha", "so", "tap", "the", "dinh", "chua",
})  # fmt: skip
_CITY: Final = frozenset({"hanoi", "hn", "thanhphohanoi", "tphanoi", "tphn", "vietnam", "vn"})
_TOKEN: Final = re.compile("[a-z0-9]+|[,;]|-")
_MOST_WORDS: Final = 7
_OTHER_PROVINCES: Final = frozenset(
    glued(fold(name))
    for name in (*PROVINCES.values(), "Hồ Chí Minh", "HCM", "Huế", "Vũng Tàu")
    if name != "Hà Nội"
) - {"hatay"}

Words = list[str]


@dataclass(frozen=True, slots=True)
class Span:
    """A run of words that names a unit: its key, the mark before it, and the segment around it."""

    key: str
    mark: str
    start: int
    end: int
    whole_segment: bool
    behind_place: bool

    @property
    def of_district(self) -> bool:
        return self.key in index().districts

    @property
    def of_ward(self) -> bool:
        return self.key in index().wards_named or self.key in index().legacy_named


def words_of(text: str) -> Words:
    """Folded words and separators, each written-out kind as its abbreviation."""
    text = clean(text).lower()
    for word, short in _KINDS:
        text = word.sub(short, text)
    words = [_ROMAN.get(word, word) for word in _TOKEN.findall(fold(text))]
    for at, word in enumerate(words[1:], 1):
        if words[at - 1] in _DISTRICT_MARKS and word in _SHORT_DISTRICTS:
            words[at] = _SHORT_DISTRICTS[word]
    return words


def spans_of(words: Words) -> list[Span]:
    """Every longest run of words that is the name of a unit, in the order of the text."""
    found: list[Span] = []
    at = 0
    while at < len(words):
        span = _span_at(words, at)
        if words[at] == _UNMARKED_KIND and at + 1 < len(words):
            behind = _span_at(words, at + 1)
            span = behind if behind and (span is None or behind.end > span.end) else span
        if span:
            found.append(span)
        at = span.end if span else at + 1
    return found


def _span_at(words: Words, start: int) -> Span | None:
    known = index()
    for end in range(min(len(words), start + _MOST_WORDS), start, -1):
        run = words[start:end]
        if not run[0].isalpha() or not run[-1].isalnum() or "," in run or ";" in run:
            continue
        key = "".join(run).replace("-", "")
        if key in known.wards_named or key in known.legacy_named or key in known.districts:
            return _span(words, key, start, end)
    return None


def _span(words: Words, key: str, start: int, end: int) -> Span:
    mark, before = _mark_before(words, start, key)
    opens = before == 0 or words[before - 1] in ",;-"
    closes = end == len(words) or words[end] in ",;-"
    return Span(key, mark, start, end, opens and closes, before > 0 and words[before - 1] in _PLACES)


def _mark_before(words: Words, start: int, key: str) -> tuple[str, int]:
    """The kind written before a name ("" where none), and where it begins."""
    if start and words[start - 1] in _DISTRICT_MARKS:
        return DISTRICT, start - 1
    mark = _WARD_MARKS.get(words[start - 1], "") if start else ""
    if mark == "thi tran" and not _is_town(key):
        # "TT Kim Liên" is an estate: tập thể.
        return "", start
    return mark, start - bool(mark)


def _is_town(key: str) -> bool:
    return any(unit.name.startswith("Thị trấn") for unit in index().legacy_named.get(key, []))


def district_behind(words: Words) -> str:
    """The key of the former district named behind the ward, or ""."""
    districts = index().districts
    for start in range(len(words)):
        for end in range(start + 1, min(len(words), start + _MOST_WORDS) + 1):
            key = "".join(words[start:end])
            if key in districts:
                return key
    return ""


def city_next(words: Words) -> bool:
    """Whether the city follows at once: an address of two levels, as written since July 2025."""
    rest = "".join(word for word in words if word.isalnum())
    return any(rest.startswith(city) for city in _CITY) and bool(rest)


def is_elsewhere(words: Words) -> bool:
    """Whether the address names another province, or a district that Hà Nội never had."""
    segments = _segments(words)
    last = segments[-1] if segments else []
    marked = "".join(last[1:]) if last[:1] in (["tinh"], ["tp"]) else ""
    if marked:
        return marked in _OTHER_PROVINCES
    key = "".join(last)
    if len(segments) > 2 and key in _OTHER_PROVINCES and key not in index().legacy_named:
        return True
    return any(_strange_district(segment) for segment in segments[1:])


def _strange_district(segment: Words) -> bool:
    if len(segment) < 2 or segment[0] not in ("q", "h", "huyen") or not "".join(segment[1:]).isalnum():
        return False
    rest = "".join(segment[1:])
    return not any(rest.startswith(name) for name in index().districts)


def _segments(words: Words) -> list[Words]:
    """The words between separators, the country at the end left out."""
    segments: list[Words] = [[]]
    for word in words:
        if word in ",;-":
            segments.append([])
        else:
            segments[-1].append(word)
    kept = [segment for segment in segments if segment]
    return kept[:-1] if kept and "".join(kept[-1]) in ("vietnam", "vn") else kept
