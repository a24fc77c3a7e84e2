"""A person's name as it was meant, from what was received."""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from . import alphabet
from .encodings import repair
from .keyboard import typed_text
from .name_levels import NAME_LEVELS, VARIANT_LEVELS, compare_names, diff_syllables
from .plainness import is_plain
from .remarks import SURNAMES, set_apart
from .syllables import LONGEST, SYLLABLES, spelled_right, well_formed_syllable
from .text import clean, fold

__all__ = [
    "NAME_LEVELS", "SYLLABLES", "VARIANT_LEVELS", "Name",
    "compare_names", "diff_syllables", "understand_name", "well_formed_syllable",
]  # fmt: skip

_INNER_CAPITAL: Final = re.compile(
    "(?<=[%s])(?=[%s])" % (alphabet.SMALL, alphabet.CAPITAL)  # noqa: UP031
)
# One mending can uncover the next: a mark behind a bracket, a glued word behind an encoding.
_MOST_ROUNDS: Final = 6


@dataclass(frozen=True, slots=True)
class Name:
    """The name, the remarks set apart from it, and whether its letters had to be mended."""

    text: str
    notes: tuple[str, ...] = ()
    repaired: bool = False


def understand_name(raw: str) -> Name:
    """The name in NFC, decoded, without remarks; capitals and tone placement as received."""
    if is_plain(raw):
        return Name(raw)
    notes: tuple[str, ...] = ()
    text, repaired = raw, False
    for _ in range(_MOST_ROUNDS):
        mended = _unglued(typed_text(clean(repair(text))))
        name, found = set_apart(mended)
        repaired = repaired or mended != " ".join(text.split())
        notes += found
        if name == text:
            break
        text = name
    return Name(text, notes, repaired)


def _unglued(text: str) -> str:
    """Words run together, apart again where their syllables are known."""
    if " " not in text and ("." in text or "_" in text):
        text = re.sub("[._]+", " ", text).strip()
    return " ".join(_apart(word) for word in text.split(" "))


def _apart(word: str) -> str:
    pieces = _INNER_CAPITAL.split(word)
    if len(pieces) > 1 and all(spelled_right(piece) and len(piece) > 1 for piece in pieces):
        return " ".join(pieces)
    if len(word) > LONGEST and word.isalpha():
        return _segmented(word)
    return word


@lru_cache(maxsize=4096)
def _segmented(word: str) -> str:
    """The word cut into syllables where there is one shortest way, and marks or a surname speak for it."""
    ways = _fewest(word)
    if len(ways) != 1:
        return word
    (pieces,) = ways
    trusted = fold(pieces[0]) in SURNAMES or not word.isascii()
    return " ".join(pieces) if trusted and len(pieces) > 1 else word


def _fewest(word: str) -> list[tuple[str, ...]]:
    """All ways to cut the word into as few syllables of two letters or more as possible."""
    best: list[list[tuple[str, ...]]] = [[()]]
    for end in range(1, len(word) + 1):
        ways = [
            (*way, word[start:end])
            for start in range(max(0, end - LONGEST), end - 1)
            for way in best[start]
            if spelled_right(word[start:end])
        ]
        least = min(map(len, ways), default=0)
        best.append([way for way in ways if len(way) == least][:3])
    return best[-1]
