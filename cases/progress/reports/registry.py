"""The reports there are. A new one is a function from figures to sheets, and a line here."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.progress.reading import Figures
from cases.progress.reports.daily import daily
from cases.progress.reports.pdf import write_pdf
from cases.progress.reports.sheets import Sheet
from cases.progress.reports.xlsx import write_xlsx
from cases.progress.standings import Standing, standings
from vehreg.accounts.models import Unit


@dataclass(frozen=True)
class Report:
    """One report: its name on the command line, its title, and what stands in it."""

    name: str
    title: str | Promise
    sheets: Callable[[Figures, list[Standing]], list[Sheet]]


REPORTS: tuple[Report, ...] = (Report("daily", gettext_lazy("Daily report"), daily),)
WRITERS: dict[str, tuple[str, Callable[[str, str, list[Sheet]], bytes]]] = {
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", write_xlsx),
    "pdf": ("application/pdf", write_pdf),
}


def report_named(name: str) -> Report | None:
    return next((report for report in REPORTS if report.name == name), None)


def make_report(report: Report, figures: Figures, *, form: str, unit: Unit | None = None) -> bytes:
    """The file. `form` is a name of `WRITERS`; `unit` is whose figures these are, if not the city's."""
    _type, write = WRITERS[form]
    whose = unit.name if unit else _("whole city")
    return write(f"{report.title} · {whose}", _stamp(figures), report.sheets(figures, standings(figures)))


def file_name(report: Report, figures: Figures, *, form: str, unit: Unit | None = None) -> str:
    parts = [report.name, *([unit.code] if unit else []), figures.day.isoformat()]
    return f"{'-'.join(parts)}.{form}"


def _stamp(figures: Figures) -> str:
    """Which day it is about, and when it was counted."""
    campaign = figures.campaign
    words = _("%(day)s · day %(number)d of %(length)d") % {
        "day": date_format(figures.day, "SHORT_DATE_FORMAT"),
        "number": campaign.day_number(figures.day),
        "length": campaign.length,
    }
    if figures.counted_at is None:
        return words
    counted = date_format(localtime(figures.counted_at), "SHORT_DATETIME_FORMAT")
    return words + " · " + _("figures of %(at)s") % {"at": counted}
