"""Words run together, apart again where their syllables are known: NguyễnVănHải, NGUYENVANHAI."""

import re
from functools import lru_cache
from typing import Final

from . import alphabet
from .keyboard import typed_word
from .plausibility import IN_NAMES_FOLDED, SURNAMES_FOLDED
from .syllables import LONGEST, spelled_right
from .text import fold

_INNER_CAPITAL: Final = re.compile(
    "(?<=[%s])(?=[%s])" % (alphabet.SMALL, alphabet.CAPITAL)  # noqa: UP031
)
# Syllables of one letter that are names; a lone consonant or an initial is none.
_ONE_LETTER: Final = frozenset("yýỳỷỹỵáàâăêôơưí")
_KEPT: Final = 8

Way = tuple[str, ...]


def unglued(text: str) -> str:
    """Every word that can only be several syllables, as these; all others unchanged."""
    if " " not in text and ("." in text or "_" in text or _HYPHENED.match(text)):
        text = re.sub("[._-]+", " ", text).strip()
    return " ".join(_apart(word, first=not at) for at, word in enumerate(text.split(" ")))


_HYPHENED: Final = re.compile(r"^[^\W\d_]+(?:-[^\W\d_]+){2,}$")


def _apart(word: str, first: bool) -> str:
    pieces = _INNER_CAPITAL.split(word)
    if len(pieces) > 1:
        pieces = [typed_word(piece) for piece in pieces]
        return " ".join(pieces) if all(map(_is_piece, pieces)) else word
    if len(word) > LONGEST and word.isalpha():
        return _segmented(word, first)
    return word


def _is_piece(piece: str) -> bool:
    return spelled_right(piece) and (len(piece) > 1 or piece.lower() in _ONE_LETTER)


@lru_cache(maxsize=16_384)
def _segmented(word: str, first: bool) -> str:
    """The word cut into syllables where one way stands out and all of it, or its marks, speak for a name."""
    ranked = sorted((_unlikeliness(way, first), way) for way in _ways(word))
    if not ranked or (len(ranked) > 1 and ranked[0][0] == ranked[1][0]):
        return word
    (no_surname, strangers, count), way = ranked[0]
    trusted = not no_surname and strangers <= count // 4 if word.isascii() else strangers < count
    return " ".join(way) if trusted and count > 1 else word


def _unlikeliness(way: Way, first: bool) -> tuple[int, int, int]:
    """(no surname in front, syllables that are no part of known names, syllables): less is likelier."""
    folded = [fold(piece) for piece in way]
    no_surname = int(folded[0] not in SURNAMES_FOLDED) if first else 0
    return no_surname, sum(piece not in IN_NAMES_FOLDED for piece in folded), len(way)


def _ways(word: str) -> list[Way]:
    """The likelier ways to cut the word into syllables."""
    best: list[list[Way]] = [[()]]
    for end in range(1, len(word) + 1):
        starts = range(max(0, end - LONGEST), end)
        ends = [(start, word[start:end]) for start in starts if best[start] and _is_piece(word[start:end])]
        ways = [(*way, piece) for start, piece in ends for way in best[start]]
        best.append(sorted(ways, key=lambda way: _unlikeliness(way, True))[:_KEPT])
    return best[-1]
