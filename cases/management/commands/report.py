"""`manage.py report NAME [--date D] [--unit CODE] --out DIR`: a report as XLSX and PDF."""

from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.progress.reading import figures_for
from cases.progress.reports import REPORTS, make_report, report_named
from cases.progress.reports.registry import WRITERS, file_name
from vehreg.accounts.models import Unit, User
from vehreg.accounts.roles import Role


class Command(BaseCommand):
    help = str(gettext_lazy("Write a report of a day as XLSX and PDF."))

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("name", help=", ".join(report.name for report in REPORTS))
        parser.add_argument("--date", help="YYYY-MM-DD")
        parser.add_argument("--unit", help=_("code of a ward or commune"))
        parser.add_argument("--out", required=True, type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        report = report_named(options["name"])
        if report is None:
            raise CommandError(_("There is no report of this name: %(name)s") % {"name": options["name"]})
        unit = _unit(options["unit"])
        figures = figures_for(_reader(unit), _day(options["date"]))
        if figures.counted_at is None:
            raise CommandError(_("No figures have been counted for this day."))
        options["out"].mkdir(parents=True, exist_ok=True)
        for form in WRITERS:
            path = options["out"] / file_name(report, figures, form=form, unit=unit)
            path.write_bytes(make_report(report, figures, form=form, unit=unit))
            self.stdout.write(str(path))


def _reader(unit: Unit | None) -> User:
    """Whoever may see what the report is about; the figures are taken like everybody's."""
    return User(role=Role.WARD_SUPERVISOR, unit=unit) if unit else User(role=Role.AUDITOR)


def _unit(code: str | None) -> Unit | None:
    if not code:
        return None
    unit = Unit.objects.filter(code=code).first()
    if unit is None:
        raise CommandError(_("There is no unit with this code: %(code)s") % {"code": code})
    return unit


def _day(text: str | None) -> date | None:
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise CommandError(_("Not a date (YYYY-MM-DD): %(text)s") % {"text": text}) from error
