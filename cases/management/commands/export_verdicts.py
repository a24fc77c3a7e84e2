"""`manage.py export_verdicts FILE.csv`: what matching says of every vehicle and licence."""

import os
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from cases.runs.export import export_verdicts
from vehreg.audit.trail import record


class Command(BaseCommand):
    help = "Write the verdict on every vehicle and licence as CSV."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", help="the CSV file to write")

    def handle(self, *args: Any, **options: Any) -> None:
        path = Path(options["file"])
        unfinished = path.with_name(f".{path.name}.{os.getpid()}")
        try:
            with unfinished.open("wb") as out:
                export_verdicts(out)
            unfinished.replace(path)
        except OSError as error:
            unfinished.unlink(missing_ok=True)
            raise CommandError(f"{path}: {error.strerror}") from error
        record("export", subject_type="verdicts", detail={"command": "export_verdicts"})
