"""How two names agree, syllable by syllable: one code, best first.

Jaro–Winkler ranks Vietnamese names wrong: DUNG and HUNG are two people, THUÝ and THÚY are one.
"""

import re
import unicodedata
from collections.abc import Callable
from difflib import SequenceMatcher
from functools import lru_cache
from typing import Final

from . import alphabet
from .syllables import SYLLABLES
from .text import canonical, fold

NAME_LEVELS: Final = (
    "same", "case", "tone_placement", "marks", "regional",
    "one_edit", "middle_missing", "given_first", "different",
)  # fmt: skip
VARIANT_LEVELS: Final = frozenset({"case", "tone_placement", "marks", "regional", "one_edit"})

_CACHED: Final = 1 << 17
_fold: Final = lru_cache(_CACHED)(fold)


def compare_names(first: str, second: str) -> str:
    """One of NAME_LEVELS for two understood names; the order of the two does not matter."""
    if first == second:
        return "same" if first else "different"
    left, right = _fold(first).split(), _fold(second).split()
    if not left or not right:
        return "different"
    if left == right:
        return _same_letters(" ".join(first.split()), " ".join(second.split()))
    return next((level for level, holds in _OTHER_LETTERS if holds(first, second, left, right)), "different")


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


def _same_letters(first: str, second: str) -> str:
    """The level of two names that fold to the same letters."""
    first, second = unicodedata.normalize("NFC", first), unicodedata.normalize("NFC", second)
    if first == second:
        return "same"
    low_first, low_second = first.lower(), second.lower()
    if low_first == low_second:
        # Registers print in capitals: that is no difference.
        return "same" if first.isupper() or second.isupper() else "case"
    low_first, low_second = canonical(low_first), canonical(low_second)
    if low_first == low_second:
        return "tone_placement"
    if low_first.translate(_HOI_AS_NGA) == low_second.translate(_HOI_AS_NGA):
        return "regional"
    return "marks"


_HOI_AS_NGA: Final = str.maketrans({row[2]: row[3] for row in alphabet.TONE_ROWS})

# Sounds that one part of the country does not tell apart, each to one sign.
_INITIALS: Final = (
    (re.compile("^gi(?=[aăâeêioôơuưy])"), "d"),
    (re.compile("^(?:r|d)(?!z)"), "d"),
    (re.compile("^gi"), "di"),
    (re.compile("^l"), "n"),
    (re.compile("^n(?!g)"), "n"),
    (re.compile("^s"), "x"),
    (re.compile("^tr"), "ch"),
)
_I_FOR_Y: Final = re.compile("^((?:qu|[bcdđghklmnpstvx]+))y$")


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


def _regional(first: str, second: str, left: list[str], right: list[str]) -> bool:
    if len(left) != len(right):
        return False
    if any(a != b and _sound(a) != _sound(b) for a, b in zip(left, right, strict=True)):
        return False
    if first.isascii() or second.isascii():
        return True
    sides = (unicodedata.normalize("NFC", side).lower().split() for side in (first, second))
    return all(_sound(a) == _sound(b) for a, b in zip(*sides, strict=True))


def _one_edit(first: str, second: str, left: list[str], right: list[str]) -> bool:
    """One syllable mistyped: a slip only where one of both is no syllable (DUNG is not HUNG)."""
    if len(left) != len(right):
        glued = "".join(left) == "".join(right)
        return glued and not SYLLABLES.issuperset({*left} ^ {*right})
    wrong = [pair for pair in zip(left, right, strict=True) if pair[0] != pair[1]]
    return len(wrong) == 1 and not SYLLABLES.issuperset(wrong[0]) and within_one_edit(*wrong[0])


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


def _middle_missing(first: str, second: str, left: list[str], right: list[str]) -> bool:
    if len(left) > len(right):
        first, second, left, right = second, first, right, left
    if len(left) < 2 or len(left) == len(right) or left[0] != right[0] or left[-1] != right[-1]:
        return False
    rest = iter(right[1:-1])
    if not all(syllable in rest for syllable in left[1:-1]):
        return False
    return first.isascii() or second.isascii() or _ends(first) == _ends(second)


def _ends(name: str) -> tuple[str, str]:
    syllables = canonical(name).lower().split()
    return syllables[0], syllables[-1]


def _given_first(first: str, second: str, left: list[str], right: list[str]) -> bool:
    if len(left) != len(right) or len(left) < 2:
        return False
    return right in (left[1:] + left[:1], left[-1:] + left[:-1], left[::-1])


_Rule = Callable[[str, str, list[str], list[str]], bool]
_OTHER_LETTERS: Final[tuple[tuple[str, _Rule], ...]] = (
    ("regional", _regional),
    ("one_edit", _one_edit),
    ("middle_missing", _middle_missing),
    ("given_first", _given_first),
)
