"""Plates."""

import re
import unicodedata
from typing import Final

from . import alphabet

# After NFKD and ASCII capitals: every Đ typed, and letters of other alphabets that look the same.
_COMPACT: Final[dict[str, str]] = dict.fromkeys("ĐđÐðƉɖ", "Đ") | {
    letter: twin.upper() for letter, twin in alphabet.LOOKALIKES.items()
}
COMPACT_FROM: Final = "".join(_COMPACT)
COMPACT_TO: Final = "".join(_COMPACT.values())
_UPPER: Final = {code: code - 32 for code in range(ord("a"), ord("z") + 1)} | str.maketrans(_COMPACT)
_NOT_PLATE: Final = re.compile("[^0-9A-ZĐ]")


def compact_plate(raw: str) -> str:
    """Capitals and digits only, as typed: "29-H1 123.45" → "29H112345". Equal to vr_compact."""
    if not raw.isascii():
        raw = unicodedata.normalize("NFKD", raw)
    return _NOT_PLATE.sub("", raw.translate(_UPPER))
