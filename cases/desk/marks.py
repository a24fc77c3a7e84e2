"""Text in pieces, so that the eye finds the syllable or the digit that differs."""

from dataclasses import dataclass
from datetime import date

from django.utils import formats
from django.utils.translation import gettext as _

from registry.identity.name_levels import diff_syllables
from registry.identity.numbers import diff_digits


@dataclass(frozen=True)
class Piece:
    """A run of text, and whether it differs from the other side."""

    text: str
    differs: bool = False


Pieces = list[Piece]
Sides = tuple[Pieces, Pieces]


def plain(text: str | None) -> Pieces:
    return [Piece(text)] if text else []


def by_syllable(left: str | None, right: str | None) -> Sides:
    """Two names, syllable by syllable."""
    if not left or not right:
        return plain(left), plain(right)
    return _sides(diff_syllables(left, right), joiner=" ")


def by_digit(left: str | None, right: str | None) -> Sides:
    """Two numbers, digit by digit."""
    if not left or not right:
        return plain(left), plain(right)
    return _sides(diff_digits(left, right), joiner="")


def as_whole(left: str | None, right: str | None) -> Sides:
    """Two values that agree or do not."""
    differs = bool(left and right and left != right)
    return [Piece(text, differs) for text in [left] if text], [
        Piece(text, differs) for text in [right] if text
    ]


def birth_text(born: date | None, precision: str | None) -> str:
    """A birth date as precisely as it is known: 17/08/1991, 08/1991, 1991."""
    if born is None:
        return ""
    written = {"year": f"{born:%Y}", "month": f"{born:%m/%Y}"}
    return written.get(precision or "day") or str(formats.date_format(born, "SHORT_DATE_FORMAT"))


def gender_text(gender: str | None) -> str:
    return {"M": _("male"), "F": _("female")}.get(gender or "", "")


def _sides(pairs: list[tuple[str, str, bool]], joiner: str) -> Sides:
    return (
        _merged([(left, not same) for left, _right, same in pairs if left], joiner),
        _merged([(right, not same) for _left, right, same in pairs if right], joiner),
    )


def _merged(pieces: list[tuple[str, bool]], joiner: str) -> Pieces:
    """Neighbours of the same kind in one piece; the joiner stands between pieces as plain text."""
    merged: list[Piece] = []
    for text, differs in pieces:
        if merged and merged[-1].differs == differs:
            merged[-1] = Piece(merged[-1].text + joiner + text, differs)
        elif merged and joiner:
            merged += [Piece(joiner), Piece(text, differs)]
        else:
            merged.append(Piece(text, differs))
    return merged
