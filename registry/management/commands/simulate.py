"""`manage.py simulate`: a synthetic city in the delivery formats, and the truth about it."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from registry.simulation import errors
from registry.simulation.city import CityFiles, simulate
from registry.simulation.refusals import CityRefused

# What the campaign in Hà Nội had to clean, beside the vehicles.
LICENCES_PER_50, DECLARATIONS_PER_50 = 3, 15

REFUSALS: dict[str, str | Promise] = {
    "negative_size": _("Sizes cannot be negative: %(names)s."),
    "too_many_persons": _("There are numbers for at most %(most)s persons."),
    "not_writable": _("Cannot write to %(path)s: %(reason)s."),
    "errors_unreadable": _("Cannot read %(path)s: %(reason)s."),
    "errors_not_json": _("%(path)s is not JSON: %(reason)s."),
    "errors_not_a_table": _("%(path)s must hold one object of error codes and rates."),
    "errors_unknown": _("Unknown error codes: %(codes)s."),
    "errors_out_of_range": _("Rates of errors are numbers from 0 to 1: %(codes)s."),
    "errors_exceed_one": _("Errors of one field come to more than 1 together: %(codes)s."),
}


class Command(BaseCommand):
    help = (
        "Write a synthetic city in the delivery formats, and truth.csv, into a folder. Nobody in it is real."
    )
    # A bench builds its city before there is a database.
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--vehicles", type=int, required=True, help="rows of vehicles.csv")
        parser.add_argument("--persons", type=int, required=True, help="rows of persons.csv")
        parser.add_argument("--licences", type=int, help="rows of licences.csv (3 for 50 vehicles)")
        parser.add_argument("--declarations", type=int, help="rows of declarations.csv (15 for 50 vehicles)")
        parser.add_argument("--seed", type=int, default=1, help="same seed, same city")
        parser.add_argument("--out", type=Path, required=True, help="the folder to write to")
        parser.add_argument("--errors", type=Path, help="another table of errors (JSON: code to rate)")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            files = _simulated(**options)
        except CityRefused as refusal:
            raise CommandError(REFUSALS[refusal.code] % refusal.details) from refusal
        for path in vars(files).values():
            self.stdout.write(str(path))


def _simulated(
    *,
    vehicles: int,
    persons: int,
    licences: int | None,
    declarations: int | None,
    seed: int,
    out: Path,
    errors: Path | None,
    **_options: object,
) -> CityFiles:
    return simulate(
        out,
        vehicles=vehicles,
        persons=persons,
        licences=_share(vehicles, LICENCES_PER_50) if licences is None else licences,
        declarations=_share(vehicles, DECLARATIONS_PER_50) if declarations is None else declarations,
        seed=seed,
        errors=_rates(errors),
    )


def _rates(path: Path | None) -> dict[str, float]:
    return errors.known() if path is None else errors.read(path)


def _share(vehicles: int, per_50: int) -> int:
    return vehicles * per_50 // 50
