"""What a file is, by its content; its name says nothing."""

from pathlib import Path
from typing import Final, Literal

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from registry.deliveries.errors import Refused
from registry.identity.encodings import detect_encoding

Format = Literal["csv", "xlsx"]

_NOT_A_TABLE = _("This is %(what)s, not a table. Deliver the table itself, as CSV or XLSX.")
# First bytes → what it is.
_SIGNATURES: Final[tuple[tuple[bytes, str | Promise], ...]] = (
    (b"%PDF", _("a PDF document")),
    (b"\x89PNG", _("a picture")),
    (b"\xff\xd8\xff", _("a picture")),
    (b"GIF8", _("a picture")),
    (b"II*\x00", _("a picture")),
    (b"MM\x00*", _("a picture")),
    (b"\x1f\x8b", _("a compressed file")),
    (b"Rar!", _("a compressed file")),
    (b"7z\xbc\xaf", _("a compressed file")),
    (b"{\\rtf", _("a text document")),
    (b"\x7fELF", _("a program")),
    (b"MZ\x90", _("a program")),
    (b"SQLite format 3", _("a database")),
)
_OLD_EXCEL: Final = b"\xd0\xcf\x11\xe0"
_ZIP: Final = (b"PK\x03\x04", b"PK\x05\x06")
_MARKUP: Final = (b"<!doctype", b"<html", b"<?xml", b'{"', b"[{")

HEAD_BYTES: Final = 1 << 18
# More control characters than this share of the head: not text in any encoding.
_MOST_CONTROL: Final = 0.02
_CONTROL: Final = bytes(code for code in range(32) if code not in b"\t\n\r\x0b\x0c\x1a\x1b\x00")


def sniff(path: Path) -> tuple[Format, bytes]:
    """The format of a file and its head. Raises `Refused` with what it is instead."""
    with path.open("rb") as file:
        head = file.read(HEAD_BYTES)
    if not head.strip(b"\x00 \t\r\n\xef\xbb\xbf\xff\xfe"):
        raise Refused(_("The file is empty."))
    if head.startswith(_OLD_EXCEL):
        raise Refused(
            _("This is an old Excel or Office file. Open it, save it as XLSX or CSV, and deliver that.")
        )
    if head.startswith(_ZIP):
        return "xlsx", head
    _refuse_others(head)
    return "csv", head


def _refuse_others(head: bytes) -> None:
    for signature, what in _SIGNATURES:
        if head.startswith(signature):
            raise Refused(_NOT_A_TABLE % {"what": what})
    if head.lstrip(b"\xef\xbb\xbf \t\r\n").lower().startswith(_MARKUP):
        raise Refused(_NOT_A_TABLE % {"what": _("a web page or a document with markup")})
    if _is_binary(head):
        raise Refused(_NOT_A_TABLE % {"what": _("a binary file")})


def _is_binary(head: bytes) -> bool:
    """A few NUL bytes are damage, many are no text; UTF-16 is full of them and is text."""
    if detect_encoding(head).name.startswith("utf-16"):
        return False
    control = len(head) - len(head.translate(None, _CONTROL + b"\x00"))
    return control > _MOST_CONTROL * len(head)
