"""How a file is read, and its first rows as understood."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from registry.deliveries.errors import Refused
from registry.deliveries.kinds import Kind, kind_of
from registry.deliveries.preview import PreviewCell, PreviewRow, preview
from registry.deliveries.tables import Reading
from registry.identity.encodings import ENCODINGS
from registry.models import Delivery
from registry.privacy import mask_text
from vehreg.accounts.privacy import stated_purpose

ENCODING_NAMES: dict[str, str | Promise] = {
    "utf-8": "UTF-8",
    "utf-8-sig": "UTF-8 (BOM)",
    "utf-16": "UTF-16",
    "utf-16-le": "UTF-16 LE",
    "utf-16-be": "UTF-16 BE",
    "tcvn3": "TCVN3 (ABC)",
    "vni": "VNI Windows",
    "viscii": "VISCII",
    "cp1258": "Windows-1258",
}
SEPARATOR_NAMES: dict[str, Promise] = {
    ",": gettext_lazy("comma"),
    ";": gettext_lazy("semicolon"),
    "\t": gettext_lazy("tab"),
    "|": gettext_lazy("vertical bar"),
}


@dataclass(frozen=True)
class Heading:
    """A column of the kind: its name, its Vietnamese heading, and whether the file has it."""

    name: str
    alias: str
    state: str


def reading_context(request: HttpRequest, delivery: Delivery) -> dict[str, Any]:
    kind, reading = kind_of(delivery.kind), Reading.from_json(delivery.reading)
    rows, refused = _rows(request, delivery)
    return {
        "reading": reading,
        "encoding_label": ENCODING_NAMES.get(reading.encoding, reading.encoding),
        "separator_label": SEPARATOR_NAMES.get(reading.separator, reading.separator),
        "confidence": round(100 * reading.confidence),
        "encodings": [(name, ENCODING_NAMES[name]) for name in ENCODINGS],
        "separators": list(SEPARATOR_NAMES.items()),
        "headings": _headings(kind, reading),
        "unknown": list(reading.unknown),
        "preview_columns": [_heading(kind, name, "found") for name in reading.columns],
        "preview_rows": rows,
        "preview_refused": refused,
    }


def _headings(kind: Kind, reading: Reading) -> list[Heading]:
    def state(name: str) -> str:
        return "found" if name in reading.columns else "missing" if name in reading.missing else "absent"

    return [_heading(kind, name, state(name)) for name in kind.column_names]


def _heading(kind: Kind, name: str, state: str) -> Heading:
    aliases = kind.column(name).aliases
    return Heading(name, aliases[0] if aliases else "", state)


def _rows(request: HttpRequest, delivery: Delivery) -> tuple[list[PreviewRow], str]:
    try:
        rows = preview(delivery)
    except Refused as refusal:
        return [], str(refusal)
    except FileNotFoundError:
        return [], _("The delivered file is no longer there.")
    if stated_purpose(request) is not None:
        return rows, ""
    return [PreviewRow(row.number, [_masked(cell) for cell in row.cells], row.fault) for row in rows], ""


def _masked(cell: PreviewCell) -> PreviewCell:
    if not cell.column.type.is_number:
        return cell
    return PreviewCell(cell.column, mask_text(cell.text), mask_text(cell.raw), cell.notice, cell.rejects)
