"""An organisation's template: its vehicles as rows of a delivery of declarations, to be filled in.

The first sheet is the delivery itself; what it says is locked but for the answers. A row whose usage status
was left open declares nothing: the reader rejects it and says so (`cases.deliveries`).
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path
from typing import Any, Final

import xlsxwriter
from django.db.models import QuerySet
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from cases.deliveries import CHANNEL, DECLARATIONS, SUBJECT, USAGE_STATUS
from cases.models.declaration import Channel, DeclaredSubject, UsageStatus
from cases.progress.campaign import current_campaign
from registry.deliveries.choices import PLATE_COLOUR, VEHICLE_KIND
from registry.models import Owner, Vehicle
from registry.models.vehicle import ENDED_STATUSES

Advance = Callable[[int], None]

_LANGUAGE: Final = "vi"
_LOOKUP: Final = "Danh mục"
# What an organisation can say: it has no family and does not die.
STATUSES: Final = tuple(
    USAGE_STATUS[status][0]
    for status in UsageStatus.values
    if status not in (UsageStatus.IN_USE_FAMILY, UsageStatus.OWNER_DECEASED)
)
_BATCH: Final = 1000


@dataclass(frozen=True)
class _Column:
    """A column of the delivery by name, and what it is prefilled with; None: the organisation answers."""

    name: str
    width: int
    given: Callable[["_Row"], str] | None = None
    is_day: bool = False
    is_hidden: bool = False

    @property
    def heading(self) -> str:
        """As the reader knows it, in Vietnamese."""
        return DECLARATIONS.column(self.name).aliases[0]


@dataclass(frozen=True)
class _Row:
    """A vehicle, its owner, and the day of the template."""

    vehicle: Vehicle
    owner: Owner
    day: date

    @property
    def external_id(self) -> str:
        """The same for a vehicle as often as the template is made on a day, so that it is declared once."""
        return f"TC-{self.owner.pk}-{self.vehicle.pk}-{self.day:%Y%m%d}"


COLUMNS: Final = (
    _Column("plate", 14, lambda row: row.vehicle.plate),
    _Column("vehicle_kind", 12, lambda row: VEHICLE_KIND[row.vehicle.vehicle_kind][0]),
    _Column("plate_colour", 10, lambda row: PLATE_COLOUR[row.vehicle.plate_colour][0]),
    _Column("chassis_no", 22, lambda row: row.vehicle.chassis_no or ""),
    _Column("engine_no", 18, lambda row: row.vehicle.engine_no or ""),
    _Column("usage_status", 26),
    _Column("since", 13, is_day=True),
    _Column("counterparty_name", 28),
    _Column("counterparty_id", 20),
    _Column("note", 30),
    _Column("declared_at", 18, is_day=True),
    _Column("declarant_name", 34, lambda row: row.owner.name),
    _Column("declarant_id", 20, lambda row: row.owner.id_number or ""),
    _Column("declarant_phone", 16),
    _Column("external_id", 26, lambda row: row.external_id),
    _Column("channel", 10, lambda row: CHANNEL[Channel.ORGANISATION][0], is_hidden=True),
    _Column("subject", 10, lambda row: SUBJECT[DeclaredSubject.VEHICLE][0], is_hidden=True),
)
_PLACES: Final = {column.name: place for place, column in enumerate(COLUMNS)}


def registered_vehicles(owner: Owner) -> QuerySet[Vehicle]:
    """What is registered in this name and has not ended."""
    return Vehicle.objects.filter(owner=owner).exclude(status__in=ENDED_STATUSES).order_by("pk")


def write_template(path: Path, owner: Owner, *, advance: Advance) -> int:
    """Write the template of an organisation; returns how many vehicles stand in it."""
    options = {"constant_memory": True, "tmpdir": str(path.parent), "strings_to_formulas": False}
    with translation.override(_LANGUAGE), xlsxwriter.Workbook(str(path), options) as book:
        sheet, guide, lookup = (
            book.add_worksheet(name) for name in (_("Declarations"), _("How to fill it in")[:31], _LOOKUP)
        )
        rows = _write_rows(sheet, _Formats(book), owner, advance)
        _offer_answers(sheet, rows)
        _write_guide(guide, book, owner, rows)
        lookup.write_column(0, 0, STATUSES)
        lookup.hide()
    return rows


class _Formats:
    """Text stays text, so that 0123 keeps its zero; what is given is grey and locked."""

    def __init__(self, book: Any) -> None:
        grey = {"bg_color": "#f1f5f9", "font_color": "#475569", "num_format": "@"}
        self.heading = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
        self.given = book.add_format(grey)
        self.open = book.add_format(
            {"num_format": "@", "locked": False, "border": 1, "border_color": "#cbd5e1"}
        )
        self.day = book.add_format(
            {"num_format": "dd/mm/yyyy", "locked": False, "border": 1, "border_color": "#cbd5e1"}
        )

    def of(self, column: _Column) -> Format:
        shown = self.day if column.is_day else self.given if column.given else self.open
        assert isinstance(shown, Format)
        return shown


def _write_rows(sheet: Worksheet, formats: _Formats, owner: Owner, advance: Advance) -> int:
    today, count = timezone.localdate(), 0
    for place, column in enumerate(COLUMNS):
        sheet.set_column(place, place, column.width, formats.of(column), {"hidden": column.is_hidden})
        sheet.write_string(0, place, column.heading, formats.heading)
    sheet.freeze_panes(1, 1)
    vehicles = registered_vehicles(owner).iterator(chunk_size=_BATCH)
    for count, vehicle in enumerate(vehicles, start=1):
        row = _Row(vehicle, owner, today)
        for place, column in enumerate(COLUMNS):
            _write_cell(sheet, (count, place), column, formats, row)
        advance(1)
    sheet.protect(
        "", {"format_columns": True, "format_rows": True, "autofilter": True, "select_locked_cells": True}
    )
    return count


def _write_cell(sheet: Worksheet, at: tuple[int, int], column: _Column, formats: _Formats, row: _Row) -> None:
    if column.name == "declared_at":
        sheet.write_datetime(*at, datetime.combine(row.day, time.min), formats.day)
    elif column.given and (text := column.given(row)):
        sheet.write_string(*at, text, formats.given)
    else:
        sheet.write_blank(*at, None, formats.of(column))


def _offer_answers(sheet: Worksheet, rows: int) -> None:
    """Drop-downs and dates, over all rows at once."""
    last = max(rows, 1)
    status = _PLACES["usage_status"]
    sheet.data_validation(
        1, status, last, status,
        {
            "validate": "list",
            "source": f"='{_LOOKUP}'!$A$1:$A${len(STATUSES)}",
            "input_title": _("Usage status"),
            "input_message": _("Choose one. A row without it declares nothing."),
            "error_title": _("Choose from the list"),
            "error_message": _("Choose one of the words in the list."),
        },
    )  # fmt: skip
    for name in ("since", "declared_at"):
        sheet.data_validation(
            1, _PLACES[name], last, _PLACES[name],
            {
                "validate": "date",
                "criteria": ">=",
                "value": date(1900, 1, 1),
                "error_title": _("A date"),
                "error_message": _("Write a date: day/month/year."),
            },
        )  # fmt: skip


def _write_guide(guide: Worksheet, book: Any, owner: Owner, rows: int) -> None:
    bold, text = book.add_format({"bold": True, "font_size": 13}), book.add_format({"text_wrap": True})
    guide.set_column(0, 0, 110)
    guide.write_string(0, 0, _("Declaring the vehicles of an organisation"), bold)
    about = _("%(name)s · %(count)d vehicles · made on %(day)s")
    lines = (
        about
        % {"name": owner.name, "count": rows, "day": date_format(timezone.localdate(), "SHORT_DATE_FORMAT")},
        "",
        *_guide_lines(),
    )
    for number, line in enumerate(lines, start=1):
        guide.write_string(number, 0, line, text)


def _guide_lines() -> tuple[str, ...]:
    until = date_format(current_campaign().end, "SHORT_DATE_FORMAT")
    return (
        _("1. Fill in the first sheet. Each row is a vehicle in your name; grey cells are locked."),
        _("2. Choose the usage status of each vehicle from the list. A row without it declares nothing."),
        _("3. Sold, given away or bought: write since when, and name and number of the other side."),
        _("4. The day of the declaration is filled in; change it where you declare on another day."),
        _("5. A vehicle that is not yours: choose “%(words)s”.")
        % {"words": USAGE_STATUS[UsageStatus.NOT_MINE][0]},
        _("6. Leave the headings, the order of the sheets and the declaration ids as they are."),
        _("7. Save as Excel (XLSX) and return it to the police unit that gave it to you, until %(day)s.")
        % {"day": until},
        _("Returned twice, a row counts once; what you changed in it counts."),
    )
