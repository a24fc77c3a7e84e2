"""A delivered file as a table: its format, how it is read, and its rows."""

import csv
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Protocol

from django.utils.translation import gettext as _

from registry.deliveries.csvfile import LONGEST_LINE, SEPARATORS, CsvFile, Row
from registry.deliveries.errors import Refused
from registry.deliveries.header import Columns, fitting_kind, match_columns
from registry.deliveries.kinds import Kind, kind_label
from registry.deliveries.sniffing import Format, sniff
from registry.deliveries.xlsxfile import XlsxFile
from registry.identity.encodings import detect_encoding, text_reader

# More columns are no register.
MOST_COLUMNS = 2000


class Table(Protocol):
    """An open file of rows."""

    size: int

    @property
    def position(self) -> int: ...

    def rows(self) -> Iterator[Row]: ...

    def close(self) -> None: ...


@dataclass(frozen=True)
class Reading:
    """How a file is read: stored with the delivery, shown, and in part overridable."""

    format: Format
    encoding: str
    confidence: float
    separator: str
    columns: dict[str, int]
    unknown: dict[str, int]
    absent: tuple[str, ...]
    missing: tuple[str, ...]
    width: int

    def as_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, stored: dict[str, Any]) -> "Reading":
        """The database does not keep the order of keys: columns come in the order of the file."""
        ordered = {name: dict(sorted(stored[name].items(), key=_place)) for name in ("columns", "unknown")}
        names = {name: tuple(stored[name]) for name in ("absent", "missing")}
        return cls(**stored | ordered | names)


def _place(item: tuple[str, int]) -> int:
    return item[1]


def read_header(path: Path, kind: Kind, *, encoding: str = "", separator: str = "") -> Reading:
    """Find out how to read a file; what is given is not guessed. Raises `Refused` for what is no table."""
    file_format, head = sniff(path)
    confidence = 1.0
    if file_format == "csv":
        guess = detect_encoding(head)
        encoding, confidence = (encoding, 1.0) if encoding else (guess.name, guess.confidence)
        separator = separator or _separator(path, kind, encoding)
    with opened(path, file_format=file_format, encoding=encoding, separator=separator) as table:
        rows = table.rows()
        headings = next(rows, None)
        if headings is None or headings.fault:
            raise Refused(_("The first line cannot be read as column names."))
        columns = match_columns(kind, headings.cells)
        _refuse_strange(kind, headings.cells, columns)
        if next(rows, None) is None:
            raise Refused(_("The file has a header and no rows."))
    return Reading(
        file_format, encoding, confidence, separator,
        columns.places, columns.unknown, columns.absent, columns.missing, columns.width,
    )  # fmt: skip


def _separator(path: Path, kind: Kind, encoding: str) -> str:
    """The separator under which most columns are recognised, or that parts the header most."""
    with path.open("rb") as binary, text_reader(binary, encoding) as text:
        line = text.readline(LONGEST_LINE)
        while line and not line.strip():
            line = text.readline(LONGEST_LINE)
    found = {mark: next(csv.reader([line], delimiter=mark), []) for mark in SEPARATORS}
    return max(found, key=lambda mark: (match_columns(kind, found[mark]).recognised, len(found[mark])))


def _refuse_strange(kind: Kind, headings: list[str], columns: Columns) -> None:
    if len(headings) > MOST_COLUMNS:
        raise Refused(_("The file has %(count)d columns; that is no register.") % {"count": len(headings)})
    if not columns.missing:
        return
    other = fitting_kind(headings, other_than=kind)
    if other is not None:
        words = _("This looks like a file of the kind “%(other)s”, not “%(kind)s”. Choose that kind.")
        raise Refused(words % {"other": other.label, "kind": kind_label(kind.name)})


def missing_words(reading: Reading, kind: Kind) -> str:
    """What a file without its mandatory columns is told."""
    names = ", ".join(_named(kind, name) for name in reading.missing)
    return _("Mandatory columns are missing: %(names)s. Nothing was loaded.") % {"names": names}


def _named(kind: Kind, name: str) -> str:
    aliases = kind.column(name).aliases
    return f"{name} ({aliases[0]})" if aliases else name


@contextmanager
def opened(path: Path, *, file_format: str, encoding: str, separator: str) -> Iterator[Table]:
    of_text = file_format == "csv"
    table: Table = CsvFile(path, encoding=encoding, separator=separator) if of_text else XlsxFile(path)
    try:
        yield table
    finally:
        table.close()
