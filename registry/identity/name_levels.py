"""How two names agree, syllable by syllable: one code, best first.

Jaro–Winkler ranks Vietnamese names wrong: DUNG and HUNG are two people, THUÝ and THÚY are one.
"""

import re
import unicodedata
from difflib import SequenceMatcher
from functools import lru_cache
from typing import Final, NamedTuple

from . import alphabet
from .syllables import SYLLABLES
from .text import canonical, clean, fold

NAME_LEVELS: Final = (
    "same", "case", "tone_placement", "marks", "regional",
    "one_edit", "middle_missing", "given_first", "different",
)  # fmt: skip
VARIANT_LEVELS: Final = frozenset({"case", "tone_placement", "marks", "regional", "one_edit"})

# A run compares each spelling with many others: what is known of a syllable and of a spelling is kept.
_CACHED: Final = 1 << 17

Folded = tuple[str, ...]


class _Syllable(NamedTuple):
    """One syllable: as written, without capitals, with its tone in place, as it sounds, folded."""

    text: str
    low: str
    placed: str
    sound: str
    folded: str


def compare_names(first: str, second: str) -> str:
    """One of NAME_LEVELS for two understood names; the order of the two does not matter."""
    if first == second:
        return "same" if first else "different"
    left, right = _folded(first), _folded(second)
    if not left or not right:
        return "different"
    if left == right:
        return _same_letters(_syllables(first), _syllables(second))
    if len(left) == len(right):
        return _as_many_syllables(first, second, left, right)
    if len(left) < len(right):
        return _more_syllables(first, second, left, right)
    return _more_syllables(second, first, right, left)


@lru_cache(_CACHED)
def _folded(name: str) -> Folded:
    folded = tuple([_syllable(piece).folded for piece in name.split()])
    return tuple(filter(None, folded)) if "" in folded else folded


def _syllables(name: str) -> list[_Syllable]:
    return [syllable for syllable in map(_syllable, name.split()) if syllable.folded]


@lru_cache(_CACHED)
def _syllable(written: str) -> _Syllable:
    text = clean(written)
    low = text.lower()
    placed = canonical(low)
    return _Syllable(text, low, placed, _sound(placed), fold(text))


def _same_letters(left: list[_Syllable], right: list[_Syllable]) -> str:
    """The level of two names that fold to the same letters."""
    pairs = [pair for pair in zip(left, right, strict=True) if pair[0] is not pair[1]]
    if all(one.text == other.text for one, other in pairs):
        return "same"
    if all(one.low == other.low for one, other in pairs):
        # Registers print in capitals: that is no difference.
        return "same" if _is_upper(left) or _is_upper(right) else "case"
    if all(one.placed == other.placed for one, other in pairs):
        return "tone_placement"
    return "regional" if all(one.sound == other.sound for one, other in pairs) else "marks"


def _is_upper(name: list[_Syllable]) -> bool:
    return all(syllable.text.isupper() for syllable in name)


def _as_many_syllables(first: str, second: str, left: Folded, right: Folded) -> str:
    wrong = [pair for pair in zip(left, right, strict=True) if pair[0] != pair[1]]
    if _regional(first, second, wrong):
        return "regional"
    if len(wrong) == 1:
        return "one_edit" if _slip(*wrong[0]) else "different"
    return "given_first" if _given_first(left, right) else "different"


def _more_syllables(first: str, second: str, fewer: Folded, more: Folded) -> str:
    if _glued(fewer, more):
        return "one_edit"
    return "middle_missing" if _middle_missing(first, second, fewer, more) else "different"


def diff_syllables(first: str, second: str) -> list[tuple[str, str, bool]]:
    """Both names syllable by syllable (left, right, same) for marking on screen; "" where one is missing."""
    left, right = first.split(), second.split()
    loose = first.isupper() or second.isupper()
    return [(one, other, _agree(one, other, loose)) for one, other in _aligned(left, right)]


def _aligned(left: list[str], right: list[str]) -> list[tuple[str, str]]:
    if len(left) == len(right):
        return list(zip(left, right, strict=True))
    rows: list[tuple[str, str]] = []
    folded: tuple[list[str], list[str]] = (list(map(fold, left)), list(map(fold, right)))
    for _, a, b, c, d in SequenceMatcher(a=folded[0], b=folded[1], autojunk=False).get_opcodes():
        width = max(b - a, d - c)
        rows += zip(_filled(left[a:b], width), _filled(right[c:d], width), strict=True)
    return rows


def _filled(side: list[str], width: int) -> list[str]:
    return side + [""] * (width - len(side))


def _agree(one: str, other: str, loose: bool) -> bool:
    one, other = unicodedata.normalize("NFC", one), unicodedata.normalize("NFC", other)
    return one == other or (loose and one.lower() == other.lower())


# Sounds that one part of the country does not tell apart, each to one sign.
_INITIALS: Final = (
    (re.compile("^gi(?=[êe])"), "di"),
    (re.compile("^gi(?=[aăâioôơuưy])"), "d"),
    (re.compile("^(?:r|d)(?!z)"), "d"),
    (re.compile("^gi"), "di"),
    (re.compile("^l"), "n"),
    (re.compile("^n(?!g)"), "n"),
    (re.compile("^s"), "x"),
    (re.compile("^tr"), "ch"),
)
# Only where i and y sound alike: Quý and Quí, Lý and Lí, Yên and Iên; not Thúy and Thúi.
_I_FOR_Y: Final = re.compile("^(qu|[bcdđghklmnpstvx]*)y(?=$|[êe])")


@lru_cache(_CACHED)
def _sound(syllable: str) -> str:
    """A lower-case syllable with regional confusions levelled; a tone stays as a digit behind it."""
    bare = syllable.translate(alphabet.WITHOUT_TONE)
    tone = max((alphabet.SPLIT_TONE[ch][1] for ch in syllable if ch in alphabet.SPLIT_TONE), default=0)
    for pattern, sign in _INITIALS:
        if pattern.match(bare):
            bare = pattern.sub(sign, bare)
            break
    return _I_FOR_Y.sub(r"\1i", bare) + str(3 if tone == 2 else tone)


def _regional(first: str, second: str, wrong: list[tuple[str, str]]) -> bool:
    """Whether the syllables that differ sound alike; where both sides have marks, with them."""
    for one, other in wrong:
        if _sound(one) != _sound(other):
            return False
    if first.isascii() or second.isascii():
        return True
    pairs = zip(_syllables(first), _syllables(second), strict=True)
    return all(one.sound == other.sound for one, other in pairs)


def _slip(one: str, other: str) -> bool:
    """One syllable mistyped: a slip only where one of both is no syllable (DUNG is not HUNG)."""
    return (one not in SYLLABLES or other not in SYLLABLES) and within_one_edit(one, other)


def _glued(fewer: Folded, more: Folded) -> bool:
    """The same letters without a blank: VănHùng, where that is no syllable by itself."""
    return "".join(fewer) == "".join(more) and not SYLLABLES.issuperset({*fewer} ^ {*more})


def within_one_edit(one: str, other: str) -> bool:
    """Whether one letter added, left out or replaced, or two neighbours swapped, makes one the other."""
    if len(one) > len(other):
        one, other = other, one
    if len(other) - len(one) > 1:
        return False
    start = 0
    while start < len(one) and one[start] == other[start]:
        start += 1
    if len(one) != len(other):
        return one[start:] == other[start + 1 :]
    if one[start + 1 :] == other[start + 1 :]:
        return True
    swapped = one[start + 1 : start + 2] + one[start : start + 1] + one[start + 2 :]
    return swapped == other[start:]


def _middle_missing(first: str, second: str, fewer: Folded, more: Folded) -> bool:
    """The same surname and given name, and no middle name that the longer one does not have."""
    if len(fewer) < 2 or fewer[0] != more[0] or fewer[-1] != more[-1]:
        return False
    rest = iter(more[1:-1])
    if not all(syllable in rest for syllable in fewer[1:-1]):
        return False
    if first.isascii() or second.isascii():
        return True
    left, right = _syllables(first), _syllables(second)
    return left[0].placed == right[0].placed and left[-1].placed == right[-1].placed


def _given_first(left: Folded, right: Folded) -> bool:
    """The same syllables, turned: Hùng Nguyễn Văn, Văn Hùng Nguyễn, Hùng Văn Nguyễn."""
    if left[0] != right[-1] and left[-1] != right[0]:
        return False
    return right in (left[1:] + left[:1], left[-1:] + left[:-1], left[::-1])
