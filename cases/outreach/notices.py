"""Notices: one A5 page a person, in Vietnamese whoever prints it, with the way to declare as a QR code.

The code holds the address of the declaration page and nothing else: a page that is lost tells a passer-by
what is printed on it, and no more.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Final

from django.conf import settings
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from reportlab.lib.pagesizes import A5

from cases.models.subject import Register
from cases.outreach.paper import BOLD, Paper, mm, shortened, wrapped
from cases.outreach.people import Undeclared
from cases.progress.campaign import current_campaign

_LANGUAGE: Final = "vi"
_MARGIN: Final = 12 * mm
_WIDTH: Final = float(A5[0]) - 2 * _MARGIN
_QR: Final = 30 * mm
# What the upper part may take, so that the code always has its place.
_MOST_LINES: Final = {"name": 2, "address": 3, "holds": 4}


def write_notices(path: Path, people: Sequence[Undeclared], *, advance: Callable[[int], None]) -> int:
    """Write a page for each; returns how many. Without anybody, one page says so."""
    with translation.override(_LANGUAGE):
        paper = Paper(path, A5, title=_("Notice: please declare"))
        paper.keep_qr(settings.DECLARATION_URL, _QR)
        page = _Page(paper)
        for person in people:
            page.draw(person)
            advance(1)
        if not people:
            page.draw_nobody()
        paper.save()
    return len(people)


class _Page:
    """One notice after the other. What all have in common is found out once."""

    def __init__(self, paper: Paper) -> None:
        self._paper = paper
        self._wards: dict[int, str] = {}

    @cached_property
    def _until(self) -> str:
        return date_format(current_campaign().end, "SHORT_DATE_FORMAT")

    @cached_property
    def _today(self) -> str:
        return date_format(timezone.localdate(), "SHORT_DATE_FORMAT")

    def draw(self, person: Undeclared) -> None:
        ward = self._ward(person)
        y = self._head(ward)
        y = self._addressee(person, y)
        y = self._request(person, y)
        self._way(person, y)
        self._paper.end_page()

    def draw_nobody(self) -> None:
        self._paper.paragraph(_MARGIN, 30 * mm, _WIDTH, _("Everybody here has declared."), size=11)
        self._paper.end_page()

    def _ward(self, person: Undeclared) -> str:
        unit_id = person.door.unit_id
        if unit_id not in self._wards:
            self._wards[unit_id] = person.door.unit.name
        return self._wards[unit_id]

    def _head(self, ward: str) -> float:
        paper = self._paper
        paper.text(_MARGIN, 12 * mm, _("HÀ NỘI CITY POLICE"), size=8)
        paper.text(_MARGIN, 16.5 * mm, _("POLICE OF %(ward)s") % {"ward": ward.upper()}, font=BOLD, size=8.5)
        paper.right(paper.width - _MARGIN, 12 * mm, self._today, size=8)
        paper.line(_MARGIN, 19 * mm, paper.width - _MARGIN)
        paper.centre(paper.width / 2, 28 * mm, _("NOTICE"), font=BOLD, size=15)
        return 36 * mm

    def _addressee(self, person: Undeclared, y: float) -> float:
        paper = self._paper
        name = _("To: %(name)s") % {"name": person.name}
        lines = wrapped(name, _WIDTH, font=BOLD, size=11, most=_MOST_LINES["name"])
        y = paper.block(_MARGIN, y, _WIDTH, lines, font=BOLD, size=11)
        if person.address:
            address = _("Address: %(address)s") % {"address": person.address}
            y = paper.block(_MARGIN, y, _WIDTH, wrapped(address, _WIDTH, most=_MOST_LINES["address"]))
        return y + 2 * mm

    def _request(self, person: Undeclared, y: float) -> float:
        paper = self._paper
        words = _WORDS[person.door.register]
        y = paper.paragraph(_MARGIN, y, _WIDTH, words.known())
        holds = " · ".join(person.holds)
        if person.more:
            holds += " · " + _("and %(count)d more") % {"count": person.more}
        lines = wrapped(holds, _WIDTH - 5 * mm, font=BOLD, size=11, most=_MOST_LINES["holds"])
        y = paper.block(_MARGIN + 5 * mm, y + 1.5 * mm, _WIDTH, lines, font=BOLD, size=11) + 1 * mm
        until = words.until() % {"day": self._until}
        return paper.paragraph(_MARGIN, y, _WIDTH, until, font=BOLD, size=10) + 2 * mm

    def _way(self, person: Undeclared, y: float) -> None:
        paper = self._paper
        text_width = _WIDTH - _QR - 5 * mm
        paper.qr(paper.width - _MARGIN - _QR, y - 3 * mm)
        below = paper.height - _MARGIN
        address = shortened(settings.DECLARATION_URL, _QR + 2 * mm, size=6)
        paper.right(paper.width - _MARGIN, y - 3 * mm + _QR + 3 * mm, address, size=6)
        for number, step in enumerate(self._steps(person), start=1):
            y = paper.paragraph(_MARGIN, y, text_width, f"{number}. {step}") + 1 * mm
        last = _(
            "If you have declared meanwhile, nothing is left to do. "
            "The police never ask for money or for a one-time code by way of this page."
        )
        lines = wrapped(last, _WIDTH, size=8)
        paper.line(_MARGIN, below - len(lines) * 11 - 3 * mm, paper.width - _MARGIN)
        paper.block(_MARGIN, below - (len(lines) - 1) * 11, _WIDTH, lines, size=8)

    def _steps(self, person: Undeclared) -> tuple[str, ...]:
        visit = _("Without a telephone: come to the police of %(ward)s, or tell the officer who visits you.")
        return (
            _("Have your identity card and your registration or licence at hand."),
            _("Scan the code, or open iHanoi and choose “Cleaning of data”."),
            _WORDS[person.door.register].step(),
            visit % {"ward": self._ward(person)},
        )


@dataclass(frozen=True)
class _Words:
    """What is said otherwise of a vehicle than of a licence; said in the language of the page."""

    known: Callable[[], str]
    until: Callable[[], str]
    step: Callable[[], str]


_WORDS: Final[dict[str, _Words]] = {
    Register.OWNER.value: _Words(
        known=lambda: _("These vehicles are registered in your name and not yet declared:"),
        until=lambda: _("Please declare until %(day)s, also if you have sold it, given it away or lost it."),
        step=lambda: _("Say how the vehicle is used now: by you, by family, sold, lost, scrapped…"),
    ),
    Register.LICENCE.value: _Words(
        known=lambda: _("This driving licence is issued to you and not yet declared:"),
        until=lambda: _("Please declare until %(day)s, also if you do not drive any more."),
        step=lambda: _("Take a picture of the licence and compare what is filled in."),
    ),
}
