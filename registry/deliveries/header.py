"""Which column is which: by English name or Vietnamese alias, any case, any order, tones or none."""

import re
from dataclasses import dataclass
from typing import Final

from registry.deliveries.kinds import Kind, kinds
from registry.identity.encodings import repair
from registry.identity.text import clean, fold

_NOT_WORD: Final = re.compile("[^0-9a-z]+")


@dataclass(frozen=True)
class Columns:
    """Column name → place in the file; unknown headings with their places; mandatory names not found."""

    places: dict[str, int]
    unknown: dict[str, int]
    missing: tuple[str, ...]
    absent: tuple[str, ...]
    width: int

    @property
    def recognised(self) -> int:
        return len(self.places)


def match_columns(kind: Kind, headings: list[str]) -> Columns:
    """Recognise the headings of a file. A heading met twice counts once; the second is unknown."""
    names = {
        heading_key(heading): column.name
        for column in reversed(kind.columns)
        for heading in (*column.aliases, column.name)
    }
    places: dict[str, int] = {}
    unknown: dict[str, int] = {}
    for place, heading in enumerate(headings):
        name = names.get(heading_key(heading))
        if name and name not in places:
            places[name] = place
        elif heading.strip():
            unknown[_free_name(heading, unknown)] = place
    absent = tuple(column.name for column in kind.columns if column.name not in places)
    missing = tuple(name for name in absent if kind.column(name).mandatory)
    return Columns(places, unknown, missing, absent, len(headings))


def heading_key(heading: str) -> str:
    return _NOT_WORD.sub("", fold(clean(repair(heading))))


def fitting_kind(headings: list[str], *, other_than: Kind) -> Kind | None:
    """Another kind whose mandatory columns are all here: the file was given the wrong name."""
    fits = [
        (columns.recognised, kind)
        for kind in kinds()
        if kind is not other_than and not (columns := match_columns(kind, headings)).missing
    ]
    return max(fits, key=lambda fit: fit[0])[1] if fits else None


def _free_name(heading: str, taken: dict[str, int]) -> str:
    """Unknown columns are kept under their headings, made different where they are not."""
    name = clean(repair(heading))[:100]
    count = 2
    while name in taken:
        name, count = f"{clean(repair(heading))[:100]} ({count})", count + 1
    return name
