"""One cell that was read in the wrong encoding, read again as it was meant."""

import re
from collections.abc import Iterator
from typing import Final, Literal

from . import charsets
from .plainness import is_plain
from .plausibility import (
    BY_NATURE,
    MARKS,
    SURNAMES,
    WORD,
    capitals_kept,
    implausibility,
    is_common,
    is_vietnamese,
    share_right,
    strangeness,
)
from .syllables import spelled_right

LegacyName = Literal["tcvn3", "vni", "viscii", "cp1258"]
LEGACY: Final[tuple[LegacyName, ...]] = ("tcvn3", "vni", "viscii", "cp1258")

_TAIL: Final = "".join(re.escape(charsets.CP1252[code]) + re.escape(chr(code)) for code in range(0x80, 0xC0))
_DOUBLE: Final = re.compile(
    f"[\u00c2-\u00df][{_TAIL}]|[\u00e0-\u00ef][{_TAIL}]{{2}}|[\u00f0-\u00f4][{_TAIL}]{{3}}"
)
# The second byte of à is a blank that ends the word: "HÃ\xa0 Oanh" is Hà Oanh, unlike "LÃ\xa0VĂN".
_LOST_BLANK: Final = re.compile("Ã\xa0(?=[ a-z]|$)")
# Surnames of an old encoding that look like good capitals or small letters when read in another one.
_SEEN: Final = (
    "TRÁN", "Vò", "Vâ", "KIÒU", "KHUÊT", "Tèng", "Lôc", "Ngôy", "PHÝ", "SÁM",
    "TRÒNH", "Trònh", "TOÁNG", "Toáng", "PHÕM", "TÕ", "LÕI", "THÕCH", "BÕCH", "MÕC",
    "BUÌI", "Triònh", "PHUÌNG", "Lýu", "LÝU", "Tãng", "TÃNG", "VÃN", "Vãn", "CUÌ", "Phiì", "SUÌNG",
)  # fmt: skip
DISGUISED: Final = frozenset(_SEEN) | {surname.lower() for surname in _SEEN if surname.istitle()}
_LONGEST_DISGUISE: Final = 8
# For PostgreSQL: names that vr_looks_damaged finds sound, and that begin with one of these.
DISGUISED_PATTERN: Final = f"^({'|'.join(sorted(DISGUISED))}) "
_MOST_TIMES: Final = 4
# A remark typed today beside a name of an old file: each part has an encoding of its own.
_PART: Final = re.compile(r"([()\[\]{}<>,;/|\"]|\s[-–—]\s?)")


def repair(text: str) -> str:
    """One cell as it was meant, where it was read in the wrong encoding; good text as it is.

    UTF-8 read as windows-1252 (several times over), and TCVN3, VNI, VISCII, windows-1258 read so;
    also where only a part of the cell, or only some words, are in the old encoding.
    """
    if (text.isascii() and text.isprintable()) or (is_plain(text) and not is_disguised(text)):
        return text
    text = _LOST_BLANK.sub("à", text) if not text.isupper() else text
    if is_vietnamese(text):
        return _undisguised(text) if is_disguised(text) else text
    before = strangeness(text)
    if not before:
        return _undisguised(text)
    best = _best([text, *_whole_readings(text)])
    if strangeness(best):
        best = _best([best, _in_parts(text), *_word_readings(text), *_word_readings(best)])
    return best if strangeness(best) < before else text


def is_disguised(text: str) -> bool:
    """Whether the surname, though spelled right, is one of an old encoding: "Vò Nam" is Vũ Nam in TCVN3."""
    surname, blank, _ = text[: _LONGEST_DISGUISE + 1].partition(" ")
    return bool(blank) and surname in DISGUISED


def _undisguised(text: str) -> str:
    """Text of Vietnamese letters only, read so that it begins with a surname and all of it is common."""
    readings = [reading for reading in _legacy_readings(text) if _is_name(reading)]
    best = min(readings, key=implausibility, default=text)
    return best if implausibility(best) < implausibility(text) else text


def _is_name(reading: str) -> bool:
    words = reading.split()
    return len(words) > 1 and words[0].lower() in SURNAMES and all(map(is_common, words[1:]))


def decodings(text: str) -> list[str]:
    """What the text would be in each old encoding, sound or not."""
    data = charsets.as_bytes(text)
    return [charsets.decode_bytes(data, name) for name in LEGACY] if data else []


def is_tcvn3(text: str, reading: str) -> bool:
    """Whether the reading is what TCVN3 makes of the text."""
    data = charsets.as_bytes(text)
    return data is not None and charsets.decode_bytes(data, "tcvn3").lower() == reading.lower()


def _best(readings: list[str]) -> str:
    """The most plausible reading, the earlier one of equals."""
    distinct = list(dict.fromkeys(readings))
    return min(distinct, key=implausibility) if len(distinct) > 1 else distinct[0]


def _whole_readings(text: str) -> Iterator[str]:
    """The text put together again as often as it was taken apart, and each of these in the old encodings."""
    for _ in range(_MOST_TIMES):
        yield from _legacy_readings(text)
        mended = _undouble(text)
        if mended == text:
            return
        text = mended
        yield text


def _legacy_readings(text: str) -> Iterator[str]:
    """What the text would be in each old encoding, where every marked word is then a syllable."""
    data = charsets.as_bytes(text)
    if data is None or (text.isascii() and text.isprintable()):
        return
    for name in LEGACY:
        reading = capitals_kept(charsets.decode_bytes(data, name))
        if share_right(reading) == 1:
            yield reading


def _in_parts(text: str) -> str:
    """Each part between brackets, commas and dashes by itself."""
    parts = _PART.split(text)
    if len(parts) == 1:
        return text
    return "".join(part if part.isascii() else _best([part, *_whole_readings(part)]) for part in parts)


def _word_readings(text: str) -> Iterator[str]:
    """The text with its misspelled words alone in each old encoding."""
    words = text.split(" ")
    for name in LEGACY:
        reading = " ".join(_word_reading(word, name) for word in words)
        if reading != text:
            yield reading


def _word_reading(word: str, name: str) -> str:
    if word.isascii() or spelled_right(charsets.compose(word)):
        return word
    data = charsets.as_bytes(word)
    reading = charsets.decode_bytes(data, name) if data else word
    reading = capitals_kept(reading)
    pieces = WORD.findall(reading)
    return reading if pieces and all(map(spelled_right, pieces)) else word


def _undouble(text: str) -> str:
    """Letters of UTF-8 read as windows-1252 put together again, where that gives Vietnamese."""
    return _DOUBLE.sub(_one_letter, text)


def _one_letter(match: re.Match[str]) -> str:
    data = charsets.as_bytes(match[0])
    try:
        letter = data.decode() if data else match[0]
    except UnicodeDecodeError:
        return match[0]
    known = letter in BY_NATURE or ord(letter) in MARKS or letter in charsets.AS_BYTE
    return letter if known else match[0]
