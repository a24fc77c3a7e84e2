"""A walking list: group by group, street by street, with a box to tick and room for a note."""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Final

import xlsxwriter
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from reportlab.lib.pagesizes import A4, landscape

from cases.outreach.paper import BOLD, Paper, mm, shortened, wrapped
from cases.outreach.people import Undeclared
from vehreg.accounts.models import Unit
from vehreg.adminsite.words import NOTHING, words

Advance = Callable[[int], None]

_SIZE: Final = landscape(A4)
_MARGIN: Final = 10 * mm
_FOOT: Final = _SIZE[1] - 12 * mm
_LETTERS: Final = 8.0
_LEADING: Final = _LETTERS * 1.35
_MOST_LINES: Final = 3
# Left edge and width of each column, in millimetres from the margin.
_COLUMNS: Final = {
    "tick": (0, 7),
    "number": (7, 9),
    "address": (16, 72),
    "name": (89, 47),
    "born": (137, 17),
    "phone": (155, 25),
    "holds": (181, 44),
    "known": (226, 20),
    "note": (247, 30),
}


def born_words(person: Undeclared) -> str:
    """The year, or as much as an officer at the door needs: a list is no copy of the register."""
    return f"{person.born:%Y}" if person.born else NOTHING


def phone_words(person: Undeclared, *, whole: bool) -> str:
    return (person.phone if whole else person.masked_phone) or NOTHING


def holds_words(person: Undeclared) -> str:
    more = [_("and %(count)d more") % {"count": person.more}] if person.more else []
    return ", ".join([*person.holds, *more])


def known_words(person: Undeclared) -> str:
    """What matching found, and the case that is open."""
    return " ".join(part for part in (person.verdict_words, person.case_number) if part)


def group_words(name: str) -> str:
    return name or _("No group in the address")


def write_pdf(path: Path, people: Iterable[Undeclared], *, unit: Unit, whole: bool, advance: Advance) -> int:
    """Write the list as A4 across; returns how many people stand in it."""
    sheet = _Sheet(Paper(path, _SIZE, title=_title(unit)), unit, whole=whole)
    count = 0
    for count, person in enumerate(people, start=1):
        sheet.add(count, person)
        advance(1)
    sheet.close(count)
    return count


class _Sheet:
    """The pages as they fill: a heading on each, a line where group or street change."""

    def __init__(self, paper: Paper, unit: Unit, *, whole: bool) -> None:
        self._paper, self._unit, self._whole = paper, unit, whole
        self._page = 0
        self._place: tuple[str, str] | None = None
        self._begin_page()

    def add(self, number: int, person: Undeclared) -> None:
        columns = self._texts(number, person)
        height = max(2, *map(len, columns.values())) * _LEADING + 2 * mm
        place = (group_words(person.door.group_name), person.door.street)
        heading = place != self._place
        if self._y + height + (7 * mm if heading else 0) > _FOOT:
            self._end_page()
            self._begin_page()
            heading = True
        if heading:
            self._place = place
            self._y += 4.5 * mm
            self._paper.text(_MARGIN, self._y, " · ".join(filter(None, place)), font=BOLD, size=9)
            self._y += 1.5 * mm
        self._row(columns, height)

    def close(self, count: int) -> None:
        if not count:
            self._paper.text(_MARGIN, self._y + 8 * mm, _("Everybody here has declared."), size=11)
        self._end_page()
        self._paper.save()

    def _texts(self, number: int, person: Undeclared) -> dict[str, list[str]]:
        said = {
            "number": str(number),
            "address": person.address or NOTHING,
            "name": person.name,
            "born": born_words(person),
            "phone": phone_words(person, whole=self._whole),
            "holds": holds_words(person),
            "known": known_words(person),
        }
        return {
            name: wrapped(text, (_COLUMNS[name][1] - 1) * mm, size=_LETTERS, most=_MOST_LINES)
            for name, text in said.items()
        }

    def _row(self, columns: dict[str, list[str]], height: float) -> None:
        paper = self._paper
        paper.line(_MARGIN, self._y, paper.width - _MARGIN)
        paper.box(_MARGIN + 1 * mm, self._y + 5.2 * mm, 3.6 * mm)
        for name, lines in columns.items():
            left, width = _COLUMNS[name]
            font = BOLD if name == "name" else "DejaVuSansCondensed"
            paper.block(_MARGIN + left * mm, self._y + _LEADING, width * mm, lines, font=font, size=_LETTERS)
        self._y += height

    def _begin_page(self) -> None:
        self._page += 1
        paper, self._y = self._paper, 14 * mm
        paper.text(_MARGIN, self._y, _title(self._unit), font=BOLD, size=12)
        paper.right(paper.width - _MARGIN, self._y, date_format(timezone.localdate(), "SHORT_DATE_FORMAT"))
        self._y += 6 * mm
        for name, (left, width) in _COLUMNS.items():
            heading = shortened(_headings()[name], width * mm, font=BOLD, size=7.5)
            paper.text(_MARGIN + left * mm, self._y, heading, font=BOLD, size=7.5)
        self._y += 1.5 * mm
        self._place = None

    def _end_page(self) -> None:
        paper = self._paper
        paper.line(_MARGIN, self._y, paper.width - _MARGIN)
        secret = _("Personal data. For the visit only; destroy it afterwards.")
        paper.text(_MARGIN, paper.height - 7 * mm, secret, size=7)
        number = _("page %(number)d") % {"number": self._page}
        paper.right(paper.width - _MARGIN, paper.height - 7 * mm, number, size=7)
        paper.end_page()


def _title(unit: Unit) -> str:
    return _("Not declared yet: %(unit)s") % {"unit": unit.name}


def _headings() -> dict[str, str]:
    return {
        "tick": "",
        "number": "#",
        "address": _("Address"),
        "name": _("Name"),
        "born": _("Year of birth"),
        "phone": _("Telephone"),
        "holds": _("Plate / licence"),
        "known": _("Known"),
        "note": _("Note"),
    }


# --- Excel ------------------------------------------------------------------------------------------------

_WIDTHS: Final = (5, 24, 22, 44, 28, 9, 15, 30, 22, 14, 30)


def write_xlsx(path: Path, people: Iterable[Undeclared], *, unit: Unit, whole: bool, advance: Advance) -> int:
    """Write the same list as Excel, row by row; text can never be a formula."""
    options = {"constant_memory": True, "tmpdir": str(path.parent), "strings_to_formulas": False}
    count = 0
    with xlsxwriter.Workbook(str(path), options) as book:
        text, bold = book.add_format({"num_format": "@", "text_wrap": True}), book.add_format({"bold": True})
        page = book.add_worksheet(_("Not declared yet")[:31])
        page.set_landscape()
        page.repeat_rows(0)
        page.freeze_panes(1, 0)
        for column, (heading, width) in enumerate(zip(_xlsx_headings(), _WIDTHS, strict=True)):
            page.set_column(column, column, width)
            page.write_string(0, column, heading, bold)
        for count, person in enumerate(people, start=1):
            page.write_number(count, 0, count)
            for column, value in enumerate(_xlsx_row(person, whole=whole), start=1):
                page.write_string(count, column, value, text)
            advance(1)
    return count


def _xlsx_headings() -> tuple[str, ...]:
    return (
        "#", _("Residential group"), _("Street"), _("Address"), _("Name"), _("Year of birth"), _("Telephone"),
        _("Plate / licence"), _("Known"), _("Visited"), _("Note"),
    )  # fmt: skip


def _xlsx_row(person: Undeclared, *, whole: bool) -> tuple[str, ...]:
    return (
        group_words(person.door.group_name), person.door.street, words(person.address),
        person.name, born_words(person), phone_words(person, whole=whole), holds_words(person),
        known_words(person), "", "",
    )  # fmt: skip
