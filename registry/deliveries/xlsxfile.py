"""The first sheet of an XLSX file row by row, with memory flat.

Read as a stream: a library that lays a sheet out in memory takes gigabytes for a million rows, and all
there is for a sheet whose second cell stands in its last corner. Expat bounds what entities may grow to.
Format: ECMA-376 part 1, SpreadsheetML.
"""

import xml.etree.ElementTree as ET
import zipfile
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import IO, Final

from django.conf import settings
from django.utils.translation import gettext as _

from registry.deliveries.csvfile import LONGEST_CELL, SHOWN, Row
from registry.deliveries.errors import Refused
from registry.deliveries.xlsxcells import Cells, cell_text, date_styles, local, place_of

_MB: Final = 1 << 20
# Sheets of registers shrink to a tenth or a thirtieth; far more than that is a bomb.
MOST_SHRUNK: Final = 300
_SMALL: Final = 20 * _MB
# Headings further to the right are not looked at.
MOST_PLACES: Final = 2001
_BROKEN: Final = (zipfile.BadZipFile, ET.ParseError, KeyError, EOFError, ValueError, OSError)


class XlsxFile:
    """An open XLSX file. `position` counts the bytes of the unpacked sheet."""

    def __init__(self, path: Path) -> None:
        try:
            self._zip = zipfile.ZipFile(path)
            _refuse_bomb(self._zip)
            self._sheet = _first_sheet(self._zip)
            self._cells = Cells(
                _shared_strings(self._zip),
                date_styles(_part(self._zip, "xl/styles.xml")),
                _is_1904(self._zip),
            )
        except _BROKEN as error:
            raise _broken() from error
        self.size = self._zip.getinfo(self._sheet).file_size
        self._stream: _Counted | None = None

    def close(self) -> None:
        self._zip.close()

    @property
    def position(self) -> int:
        return self._stream.count if self._stream else 0

    def rows(self) -> Iterator[Row]:
        """Every row, the header first, with the numbers the spreadsheet shows; empty rows are left out."""
        try:
            with self._zip.open(self._sheet) as packed:
                self._stream = _Counted(packed, limit=self.size)
                yield from _rows(self._stream, self._cells)
        except _BROKEN as error:
            raise _broken() from error


def _rows(stream: "_Counted", cells: Cells) -> Iterator[Row]:
    width = number = 0
    parent: ET.Element | None = None
    for event, element in ET.iterparse(stream, events=("start", "end")):  # noqa: S314
        name = local(element.tag)
        if event == "start":
            parent = element if name == "sheetData" else parent
        elif name == "row":
            number = int(element.get("r") or number + 1)
            row = _row(element, number, cells, width or MOST_PLACES)
            width = width or len(row.cells)
            if any(row.cells) or row.fault:
                yield row
            if parent is not None:
                parent.clear()


def _row(element: ET.Element, number: int, cells: Cells, width: int) -> Row:
    """The cells at their places; the header alone says how many places there are."""
    texts: list[str] = []
    fault = None
    for cell in element:
        place = place_of(cell.get("r"), len(texts))
        text = cell_text(cell, cells)
        if place >= width:
            fault = "!row_too_long" if text.strip() else fault
            continue
        texts += [""] * (place + 1 - len(texts))
        texts[place] = text
    if width != MOST_PLACES:
        texts += [""] * (width - len(texts))
    if any(len(text) > LONGEST_CELL for text in texts):
        fault = "!field_too_long"
    return Row(number, texts, fault, "|".join(texts)[:SHOWN] if fault else "")


class _Counted:
    """A stream that counts, and stops at what the directory of the archive promised."""

    def __init__(self, stream: IO[bytes], *, limit: int) -> None:
        self._stream = stream
        self._limit = limit
        self.count = 0

    def read(self, size: int = -1) -> bytes:
        data = self._stream.read(size)
        self.count += len(data)
        if self.count > self._limit:
            raise zipfile.BadZipFile
        return data


def _broken() -> Refused:
    return Refused(_("The file is damaged or is no XLSX table. Open it, save it again, and deliver that."))


def _refuse_bomb(archive: zipfile.ZipFile) -> None:
    """Refuse before anything is unpacked what would grow beyond measure."""
    parts = archive.infolist()
    unpacked, packed = sum(part.file_size for part in parts), sum(part.compress_size for part in parts)
    strings = sum(part.file_size for part in parts if part.filename.endswith("sharedStrings.xml"))
    too_much = unpacked > settings.DELIVERY_XLSX_MB * _MB or strings > settings.DELIVERY_XLSX_STRINGS_MB * _MB
    if too_much or (unpacked > _SMALL and unpacked > MOST_SHRUNK * max(packed, 1)):
        raise Refused(
            _("The file would grow to %(size)d MB when unpacked. Deliver it as CSV.")
            % {"size": unpacked // _MB}
        )


def _part(archive: zipfile.ZipFile, name: str) -> ET.Element | None:
    """A small part of the archive as a tree; None where it is not there."""
    if name not in archive.namelist():
        return None
    with archive.open(name) as stream:
        return ET.parse(stream).getroot()  # noqa: S314


def _first_sheet(archive: zipfile.ZipFile) -> str:
    workbook, links = _part(archive, "xl/workbook.xml"), _part(archive, "xl/_rels/workbook.xml.rels")
    if workbook is None or links is None:
        raise KeyError("workbook")
    sheet = next(element for element in workbook.iter() if local(element.tag) == "sheet")
    link = next(value for name, value in sheet.attrib.items() if local(name) == "id")
    target = next(entry.get("Target", "") for entry in links if entry.get("Id") == link)
    path = PurePosixPath(target.lstrip("/")) if target.startswith("/") else PurePosixPath("xl") / target
    archive.getinfo(str(path))
    return str(path)


def _is_1904(archive: zipfile.ZipFile) -> bool:
    workbook = _part(archive, "xl/workbook.xml")
    settings_of = [] if workbook is None else [e for e in workbook.iter() if local(e.tag) == "workbookPr"]
    return any(entry.get("date1904") in ("1", "true") for entry in settings_of)


def _shared_strings(archive: zipfile.ZipFile) -> list[str]:
    """Texts that cells point to; the pieces of a formatted text together, without phonetic notes."""
    name = "xl/sharedStrings.xml"
    if name not in archive.namelist():
        return []
    texts: list[str] = []
    with archive.open(name) as stream:
        for _event, element in ET.iterparse(stream):  # noqa: S314
            if local(element.tag) == "si":
                texts.append(text_of(element))
                element.clear()
    return texts


def text_of(element: ET.Element) -> str:
    pieces = (piece for child in element for piece in ([child] if local(child.tag) == "t" else child))
    return "".join(piece.text or "" for piece in pieces if local(piece.tag) == "t")
