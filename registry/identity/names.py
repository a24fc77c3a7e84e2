"""A person's name as it was meant, from what was received."""

from dataclasses import dataclass
from typing import Final

from .gluing import unglued
from .keyboard import typed_text
from .name_levels import NAME_LEVELS, VARIANT_LEVELS, compare_names, diff_syllables
from .organisations import is_organisation
from .plainness import is_plain
from .plausibility import implausibility, is_vietnamese, strangeness
from .remark_meanings import MEANINGS, meaning_of
from .remarks import set_apart
from .repairing import decodings, is_disguised, is_tcvn3, repair
from .syllables import SYLLABLES, well_formed_syllable
from .text import clean

__all__ = [
    "MEANINGS", "NAME_LEVELS", "SYLLABLES", "VARIANT_LEVELS", "Name",
    "compare_names", "diff_syllables", "understand_name", "well_formed_syllable",
]  # fmt: skip

# One mending can uncover the next: a mark behind a bracket, a glued word behind an encoding.
_MOST_ROUNDS: Final = 6


@dataclass(frozen=True, slots=True)
class Name:
    """The name, the remarks set apart from it, and whether its letters had to be mended."""

    text: str
    notes: tuple[str, ...] = ()
    repaired: bool = False

    @property
    def meanings(self) -> tuple[str, ...]:
        """What each note says: codes of `remark_meanings.MEANINGS`."""
        return tuple(map(meaning_of, self.notes))


def understand_name(raw: str) -> Name:
    """The name in NFC, decoded, without remarks; capitals and tone placement as received."""
    if _is_understood(raw):
        return Name(raw)
    notes: tuple[str, ...] = ()
    text, repaired = raw, False
    for _ in range(_MOST_ROUNDS):
        mended = _mended(text)
        name, found = set_apart(mended)
        repaired = repaired or mended != " ".join(text.split())
        notes += found
        done, text = name == text or _is_understood(name), name
        if done:
            break
    return Name(text, notes, repaired)


def _is_understood(text: str) -> bool:
    return is_plain(text) and not is_disguised(text)


def _mended(text: str) -> str:
    read = repair(text)
    decoded = read != text and read.islower() and is_tcvn3(text, read)
    good = clean(read.upper() if decoded else read)
    # The letters of a brand explain themselves as a keyboard's or as words run together.
    if is_organisation(good):
        return good
    good = unglued(typed_text(good))
    return _decoded_glued(text, good) if " " not in good and strangeness(good) else good


def _decoded_glued(text: str, good: str) -> str:
    """Run together, the words of an old encoding are no syllables: read first, then taken apart."""
    readings = [unglued(clean(reading)) for reading in decodings(text)]
    return min(filter(is_vietnamese, readings), key=implausibility, default=good)
