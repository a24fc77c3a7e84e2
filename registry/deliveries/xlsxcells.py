"""One cell of a spreadsheet as the text a person sees: dates by their style, numbers without an exponent."""

import re
import xml.etree.ElementTree as ET
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

# Built-in number formats that show a date or a time (ECMA-376 part 1, 18.8.30).
_BUILT_IN_DATES: Final = {*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)}
_QUOTED: Final = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|_.|\*.')
_DATE_LETTERS: Final = re.compile("[ymdhs]", re.IGNORECASE)
_PLACE: Final = re.compile("^([A-Z]{1,3})[0-9]+$")
# Day 0 of each of the two calendars; the first counts a 29 February 1900 that never was.
_EPOCH: Final = datetime(1899, 12, 30)
_EPOCH_1904: Final = datetime(1904, 1, 1)
_LAST_DAY: Final = 2_958_465
# Whole numbers up to here are exact as spreadsheets store them.
_EXACT: Final = 1 << 53


@dataclass(frozen=True)
class Cells:
    """What the cells of a workbook refer to."""

    strings: list[str]
    dates: frozenset[str]
    is_1904: bool


def local(tag: str) -> str:
    """The name without its namespace: there are two editions of them."""
    return tag.rpartition("}")[2]


def date_styles(styles: ET.Element | None) -> frozenset[str]:
    """The style numbers that show a date."""
    if styles is None:
        return frozenset()
    own = {
        int(entry.get("numFmtId", "0"))
        for entry in styles.iter()
        if local(entry.tag) == "numFmt" and _DATE_LETTERS.search(_QUOTED.sub("", entry.get("formatCode", "")))
    }
    formats = next((list(part) for part in styles if local(part.tag) == "cellXfs"), [])
    shown = (int(entry.get("numFmtId", "0")) for entry in formats)
    return frozenset(str(place) for place, number in enumerate(shown) if number in _BUILT_IN_DATES | own)


def place_of(reference: str | None, following: int) -> int:
    """Column A is 0; a cell without a reference follows the one before."""
    hit = _PLACE.match(reference or "")
    if hit is None:
        return following
    place = 0
    for letter in hit[1]:
        place = place * 26 + ord(letter) - ord("A") + 1
    return place - 1


def cell_text(cell: ET.Element, cells: Cells) -> str:
    """The text of a cell; a formula counts by its result, one without a result by itself."""
    kind = cell.get("t", "n")
    parts = {local(part.tag): part for part in cell}
    if kind == "inlineStr":
        return (
            "".join(part.text or "" for part in parts["is"].iter() if local(part.tag) == "t")
            if "is" in parts
            else ""
        )
    if "v" not in parts:
        return "=" + (parts["f"].text or "") if "f" in parts else ""
    value = parts["v"].text or ""
    if kind == "s":
        place = int(value)
        return cells.strings[place] if place < len(cells.strings) else ""
    return value if kind != "n" else _number(value, cell.get("s", ""), cells)


def _number(value: str, style: str, cells: Cells) -> str:
    try:
        number = float(value)
    except ValueError:
        return value
    if style in cells.dates and 0 < number <= _LAST_DAY:
        return _moment(number, cells)
    if number == int(number) and abs(number) < _EXACT:
        return str(int(number))
    return value


def _moment(days: float, cells: Cells) -> str:
    epoch = _EPOCH_1904 if cells.is_1904 else _EPOCH
    moment = epoch + timedelta(seconds=round(days * 86400))
    return moment.date().isoformat() if days == int(days) else moment.isoformat(sep=" ")
