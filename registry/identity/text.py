"""Text made comparable: cleaned, folded, canonically toned, and sorted as officials sort names.

`fold` and `sort_key` are computed by PostgreSQL too (sql.py), step by step from the same tables;
change a step here and the SQL changes with it.
"""

import re
import unicodedata
from functools import lru_cache
from typing import Final

from . import alphabet

_CLEAN: Final = str.maketrans(
    alphabet.FALSE_D
    | alphabet.LOOKALIKES
    | alphabet.FULLWIDTH
    | dict.fromkeys(alphabet.BLANKS, " ")
    | dict.fromkeys(alphabet.INVISIBLE + alphabet.CONTROL, "")
)
_BLANKS_RUN: Final = re.compile(" {2,}")
# A shape mark that stayed apart was typed after the tone; canonical order puts it first.
_LOOSE_SHAPE: Final = re.compile("([^\u0300-\u036f])([\u0300-\u036f]*[\u0302\u0306\u031b][\u0300-\u036f]*)")

# What NFKD leaves behind, each to one character (FOLD_FROM/FOLD_TO) or to nothing (FOLD_DROP).
_D: Final = "ĐđÐðƉɖ"
_FOLD_ONE: Final[dict[str, str]] = (
    dict.fromkeys(_D, "d")
    | {letter: twin.lower() for letter, twin in alphabet.LOOKALIKES.items()}
    | dict.fromkeys((blank for blank in alphabet.BLANKS), " ")
)
_MARKS: Final = "".join(alphabet.TONE_MARKS) + "".join(alphabet.SHAPE_MARKS) + alphabet.OTHER_MARKS
FOLD_FROM: Final = "".join(_FOLD_ONE)
FOLD_TO: Final = "".join(_FOLD_ONE.values())
FALSE_D_COUNT: Final = len(_D)
FOLD_DROP: Final = _MARKS + alphabet.INVISIBLE

# For the sort key Đ stays apart from D, and the marks become signs that sort after the letters.
SORT_D: Final = "d|"
SORT_FROM: Final = "".join(alphabet.SHAPE_MARKS) + "".join(alphabet.TONE_MARKS)
SORT_TO: Final = "".join(alphabet.SHAPE_MARKS.values()) + "".join(map(str, alphabet.TONE_MARKS.values()))
SORT_DROP: Final = alphabet.OTHER_MARKS + alphabet.INVISIBLE
SORT_TONE_LAST: Final = "([1-5])([a-z{|}]+)"
SORT_GIVEN_FIRST: Final = "^([^ ]+) (.* )?([^ ]+)$"

_ASCII_LOWER: Final = {code: code + 32 for code in range(ord("A"), ord("Z") + 1)}
_FOLD: Final = _ASCII_LOWER | str.maketrans(FOLD_FROM, FOLD_TO, FOLD_DROP) | {0: None}
_SORT: Final = (
    _ASCII_LOWER
    | str.maketrans(FOLD_FROM, FOLD_TO)
    | str.maketrans(dict.fromkeys(_D, SORT_D))
    | str.maketrans(SORT_FROM, SORT_TO, SORT_DROP)
    | {0: None}
)
_TONE_LAST: Final = re.compile(SORT_TONE_LAST)
_GIVEN_FIRST: Final = re.compile(SORT_GIVEN_FIRST, re.DOTALL)


def clean(raw: str) -> str:
    """The text as it was meant: NFC, real Đ, plain letters, single blanks, nothing invisible.

    Decode legacy encodings before (encodings.repair): TCVN3 writes ư as a soft hyphen.
    """
    text = unicodedata.normalize("NFC", raw).translate(_CLEAN)
    text = _LOOSE_SHAPE.sub(_shape_before_tone, text) if max(text, default="") >= "\u0300" else text
    return _collapse(unicodedata.normalize("NFC", text))


def fold(text: str) -> str:
    """Lower case without any mark, đ as d, single blanks: the form names are searched by.

    Vietnamese input gives ASCII. Equal to vr_fold in PostgreSQL.
    """
    if not text.isascii():
        text = unicodedata.normalize("NFKD", text)
    return _collapse(text.translate(_FOLD))


# For those that ask several times for the same text.
folded: Final = lru_cache(maxsize=4096)(fold)


def sort_key(name: str) -> str:
    """An ASCII key that sorts in C collation as officials sort: given name, surname, middle.

    A syllable sorts by its letters (a < ă < â < b), then by its tone. Equal to vr_name_sort.
    """
    key = _collapse(unicodedata.normalize("NFKD", name).translate(_SORT))
    key = _TONE_LAST.sub(r"\2\1", key)
    return _GIVEN_FIRST.sub(lambda part: f"{part[3]} {part[1]} {part[2] or ''}", key).rstrip(" ")


def canonical(text: str) -> str:
    """NFC with every tone on the letter of the new style: hoà → hòa, Qúy → Quý, Hùynh → Huỳnh."""
    text = unicodedata.normalize("NFC", text)
    if text.isascii():
        return text
    return unicodedata.normalize("NFC", _LETTER_RUN.sub(lambda run: _placed(run[0]), text))


def _collapse(text: str) -> str:
    return _BLANKS_RUN.sub(" ", text).strip(" ")


def _shape_before_tone(match: re.Match[str]) -> str:
    letters = unicodedata.normalize("NFD", match[1] + match[2])
    marks = sorted(letters[1:], key=lambda mark: mark not in alphabet.SHAPE_MARKS)
    return unicodedata.normalize("NFC", letters[0] + "".join(marks))


_LETTER_RUN: Final = re.compile("[%s]+" % "".join(sorted(alphabet.LETTERS)))  # noqa: UP031
_SHAPED: Final = frozenset("ăâêôơưĂÂÊÔƠƯ")
_VOWEL_SET: Final = frozenset("aăâeêioôơuưyAĂÂEÊIOÔƠUƯY")
# The glides that belong to the initial: qu, and gi before another vowel.
_GLIDE: Final = re.compile("^(?:qu|gi(?=[aăâeêioôơuưy]))", re.IGNORECASE)


@lru_cache(maxsize=65_536)
def _placed(syllable: str) -> str:
    """One syllable with its tone where the new style puts it; others as they are."""
    toned = [(at, *alphabet.SPLIT_TONE[ch]) for at, ch in enumerate(syllable) if ch in alphabet.SPLIT_TONE]
    marks = [(at, tone) for at, _, tone in toned if tone]
    if len(marks) != 1:
        return syllable
    bare = syllable.translate(alphabet.WITHOUT_TONE)
    target = _tone_seat(bare)
    if target is None or target == marks[0][0]:
        return syllable
    return bare[:target] + alphabet.ADD_TONE[bare[target], marks[0][1]] + bare[target + 1 :]


def _tone_seat(bare: str) -> int | None:
    """Where the tone of a toneless syllable stands, or None where it is no Vietnamese syllable."""
    glide = _GLIDE.match(bare)
    start = glide.end() if glide else 0
    while start < len(bare) and bare[start] not in _VOWEL_SET:
        start += 1
    end = start
    while end < len(bare) and bare[end] in _VOWEL_SET:
        end += 1
    nucleus = bare[start:end]
    if not nucleus or any(ch in _VOWEL_SET for ch in bare[end:]):
        return None
    shaped = [at for at, ch in enumerate(nucleus) if ch in _SHAPED]
    if shaped:
        return start + shaped[-1]
    if len(nucleus) == 3:
        return start + 1
    return start + 1 if len(nucleus) == 2 and end < len(bare) else start
