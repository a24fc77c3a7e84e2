"""Commands that run a job over the registers in the foreground: all of it, or what changed since the last."""

import json
import sys
from abc import abstractmethod
from argparse import ArgumentParser
from typing import Any, ClassVar

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from vehreg.jobs.kinds import Refused
from vehreg.jobs.models import Job, JobState
from vehreg.jobs.services import run_in_foreground
from vehreg.jobs.terminal import ProgressBar


class RunCommand(BaseCommand):
    """`run` is a row with its job. Of the result, `counts` are printed line by line, `figures` at the end."""

    since_last_help: ClassVar[str]
    counts: ClassVar[str]
    figures: ClassVar[tuple[str, ...]]

    @abstractmethod
    def start(self, *, since_last: bool) -> Any:
        """A run whose `job` has been made. Raises `Refused`."""

    @abstractmethod
    def result(self, run: Any) -> dict[str, Any]:
        """The figures of a run that has ended, as `--json` prints them."""

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--since-last", action="store_true", help=self.since_last_help)
        parser.add_argument("--json", action="store_true", help="print the figures as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            run = self.start(since_last=options["since_last"])
        except Refused as refused:
            raise CommandError(str(refused)) from refused
        self._run(run.job)
        run.refresh_from_db()
        self._print(self.result(run), as_json=options["json"])

    def _run(self, job: Job) -> None:
        bar = ProgressBar(sys.stderr)
        ended = run_in_foreground(job, on_progress=bar, processes=settings.FOREGROUND_PROCESSES)
        if ended.state != JobState.SUCCEEDED:
            raise CommandError(ended.error or ended.get_state_display())

    def _print(self, result: dict[str, Any], *, as_json: bool) -> None:
        if as_json:
            self.stdout.write(json.dumps(result))
            return
        for name, count in result[self.counts].items():
            self.stdout.write(f"{count:>12,}  {name}")
        self.stdout.write(", ".join(f"{name} {result[name]:,}" for name in self.figures))
