"""Residues of Vietnamese keyboards: Telex (Nguyeenx Vawn) and VNI (Nguye6n4 Va8n) typed but not converted."""

import re
from functools import lru_cache
from typing import Final

from . import alphabet
from .plausibility import IN_NAMES
from .syllables import SYLLABLES, spelled_right
from .text import canonical

_TELEX_TONES: Final = {"f": 1, "r": 2, "x": 3, "s": 4, "j": 5}
_VNI_TONES: Final = {"2": 1, "3": 2, "4": 3, "1": 4, "5": 5}
_TELEX_SHAPES: Final = (
    ("uow", "ươ"), ("dd", "đ"), ("aa", "â"), ("ee", "ê"), ("oo", "ô"), ("aw", "ă"), ("ow", "ơ"), ("uw", "ư"),
)  # fmt: skip
_TELEX_LATE: Final = (("w", {"a": "ă", "o": "ơ", "u": "ư"}), ("d", {"d": "đ"}))
_VNI_SHAPES: Final = {
    "6": {"a": "â", "e": "ê", "o": "ô"},
    "7": {"o": "ơ", "u": "ư"},
    "8": {"a": "ă"},
    "9": {"d": "đ"},
}
_TYPED: Final = re.compile(r"(?<![^\W_])[A-Za-z]+[A-Za-z1-9]*(?![^\W_])")
_WORD: Final = re.compile(r"[^\W\d_][^\W_]*")
# A tone key behind a word that has its marks already: Nguyễnx, Hoàngf, Trâns.
_TAIL: Final = re.compile(r"(?<![^\W_])([^\W\d_]*[^\W\d_])([sfrxj])(?![^\W_])", re.IGNORECASE)


# "Max", "Lee", "Boas" read as Telex too: only a longer word that no foreign name explains is sure.
_SURE_LENGTH: Final = 4
_SURE_KEYS: Final = re.compile("[fj1-9]|^dd")


def typed_text(text: str) -> str:
    """Every word that only a keyboard explains, as it was meant; all others unchanged.

    One word that is neither a syllable nor typed makes the whole a foreign name, and nothing is read.
    """
    if not text.isascii():
        text = _TAIL.sub(_without_tail, text)
    words = set(_TYPED.findall(text))
    read = {word: meant for word in words if (meant := typed_word(word)) != word}
    if not any(_is_sure(word, meant) for word, meant in read.items()):
        return text
    if not all(word in read or spelled_right(word) or len(word) == 1 for word in _WORD.findall(text)):
        return text
    return _TYPED.sub(lambda word: read.get(word[0], word[0]), text)


def _is_sure(word: str, meant: str) -> bool:
    if len(word) < _SURE_LENGTH:
        return False
    return bool(_SURE_KEYS.search(word.lower())) or canonical(meant.lower()) in IN_NAMES


def _without_tail(match: re.Match[str]) -> str:
    """The word with the tone its last key stands for, where it has no other."""
    word, tone = match[1], _TELEX_TONES[match[2].lower()]
    if word.isascii() or spelled_right(match[0]) or not spelled_right(word):
        return match[0]
    tones = {alphabet.SPLIT_TONE[ch][1] for ch in word if ch in alphabet.SPLIT_TONE} - {0}
    if tones:
        return word if tones == {tone} else match[0]
    low = _toned(word.lower(), tone)
    return _cased(low, word) if low and spelled_right(low) else match[0]


@lru_cache(maxsize=16_384)
def typed_word(word: str) -> str:
    """One ASCII word read as Telex or VNI, where it is no syllable itself and the reading is one."""
    low = word.lower()
    if not low.isascii() or low in SYLLABLES or len(low) < 2:
        return word
    read = _read_vni(low) if any(ch.isdigit() for ch in low) else _read_telex(low)
    if read is None or read.isascii() or not spelled_right(read):
        return word
    return _cased(read, word)


def _cased(low: str, word: str) -> str:
    return low.upper() if word.isupper() else low.capitalize() if word[0].isupper() else low


def _read_telex(low: str) -> str | None:
    low, tone = _taken(low, _TELEX_TONES, start=1)
    for typed, letter in _TELEX_SHAPES:
        low = low.replace(typed, letter)
    for key, shapes in _TELEX_LATE:
        if low[1:].endswith(key):
            low = _shaped(low[:-1], shapes)
    return _toned(low, tone)


def _read_vni(low: str) -> str | None:
    low, tone = _taken(low, _VNI_TONES, start=1)
    for digit, shapes in _VNI_SHAPES.items():
        if digit in low:
            at = low.index(digit)
            low = _shaped(low[:at], shapes) + low[at + 1 :]
    return None if any(ch.isdigit() for ch in low) else _toned(low, tone)


def _taken(low: str, tones: dict[str, int], start: int) -> tuple[str, int]:
    """The word without its tone key (the last one that follows a vowel), and the tone."""
    for at in range(len(low) - 1, start - 1, -1):
        follows_vowel = any(ch in "aeiouy" for ch in low[:at])
        if low[at] in tones and follows_vowel:
            return low[:at] + low[at + 1 :], tones[low[at]]
    return low, 0


def _shaped(low: str, shapes: dict[str, str]) -> str:
    """The last letter that can take the shape takes it; u before ơ becomes ư."""
    for at in range(len(low) - 1, -1, -1):
        if low[at] in shapes:
            low = low[:at] + shapes[low[at]] + low[at + 1 :]
            break
    return re.sub("uơ(?=.)", "ươ", low) if not low.startswith("thuơ") else low


def _toned(low: str, tone: int) -> str | None:
    """The tone on the vowel where spelling wants it, or None without a vowel."""
    for at, ch in enumerate(low):
        if tone and (ch, tone) in alphabet.ADD_TONE:
            return canonical(low[:at] + alphabet.ADD_TONE[ch, tone] + low[at + 1 :])
    return low if not tone else None
