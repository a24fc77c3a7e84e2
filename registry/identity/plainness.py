"""What a plain good name looks like: one pair of patterns for Python and for PostgreSQL.

A name that is plain is never changed by understanding it; anything else is looked at closely.
The patterns err on the side of looking: no look-around, no \\w, no flags, so both engines agree.
"""

import re
from typing import Final

from . import alphabet

_BY_LETTER: Final = {row[0]: row for row in alphabet.TONE_ROWS}


def _both(letters: str) -> str:
    return "".join(dict.fromkeys(letters + letters.upper()))


def _family(*letters: str) -> str:
    """Every tone of the letters, both cases."""
    return _both("".join(_BY_LETTER[letter] for letter in letters))


def _toned(letter: str) -> str:
    return _both(_BY_LETTER[letter][1:])


_MARKED: Final = "".join(ch for ch in _both(alphabet.VOWELS) if not ch.isascii())

# First letter -> marked letters that may follow it in a Vietnamese syllable. VNI writes other pairs.
_MAY_FOLLOW: Final[dict[str, str]] = {
    "i": _MARKED,
    "y": _family("ê"),
    "u": _family("ă", "â", "ê", "ô", "ơ") + _toned("a") + _toned("e") + _toned("i") + _toned("y"),
    "o": _family("ă") + _toned("a") + _toned("e"),
    "ư": _family("ơ"),
}


def _bad_pairs() -> list[str]:
    """Bracket pairs `[first][second]` for vowels that never stand side by side."""
    pairs = []
    for row in alphabet.TONE_ROWS:
        allowed = _MAY_FOLLOW.get(row[0], "")
        forbidden = "".join(ch for ch in _MARKED if ch not in allowed)
        if forbidden:
            pairs.append(f"[{_both(row)}][{forbidden}]")
    return pairs


_WORD: Final = f"([{alphabet.CAPITAL}]?[{alphabet.SMALL}]{{1,7}}|[{alphabet.CAPITAL}]{{1,7}})"
PLAIN: Final = f"{_WORD}( {_WORD})*"

# Residues of keyboards (Telex: aa, dd, a tone letter after the vowel or at the end) and loose remarks.
_KEYBOARD: Final = (
    "[aA][aA]", "[eE][eE]", "[oO][oO]", "[dD][dD]",
    f"[{_both(alphabet.VOWELS)}][sSrRxX]",
    "[sSrRxX]( |$)",
)  # fmt: skip
_REMARK: Final = (" ([đĐ]ã|ĐÃ|[dD]a|DA) ", " ([cC]hết|CHẾT|[cC]het|CHET)$", "^([ôÔ]ng|ÔNG|[bB]à|BÀ) ")
SUSPECT: Final = "|".join((*_bad_pairs(), *_KEYBOARD, *_REMARK))

_PLAIN: Final = re.compile(PLAIN)
_SUSPECT: Final = re.compile(SUSPECT)


def is_plain(text: str) -> bool:
    """Whether understanding the name cannot change it. Equal to NOT vr_looks_damaged."""
    return _PLAIN.fullmatch(text) is not None and _SUSPECT.search(text) is None
