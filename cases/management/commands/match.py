"""`manage.py match`: one matching run, here and now."""

import json
import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from cases.models import MatchRun
from cases.runs.counts import as_result
from cases.runs.services import start_run
from vehreg.jobs.kinds import Refused
from vehreg.jobs.models import JobState
from vehreg.jobs.services import run_in_foreground
from vehreg.jobs.terminal import ProgressBar


class Command(BaseCommand):
    help = "Match owners and licence holders against the population register, and open the cases."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--since-last", action="store_true", help="only what changed since the last run")
        parser.add_argument("--json", action="store_true", help="print the figures as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        scope = MatchRun.Scope.SINCE_LAST if options["since_last"] else MatchRun.Scope.ALL
        try:
            run = start_run(user=None, scope=scope)
        except Refused as refused:
            raise CommandError(str(refused)) from refused
        assert run.job is not None
        job = run_in_foreground(run.job, on_progress=ProgressBar(sys.stderr))
        if job.state != JobState.SUCCEEDED:
            raise CommandError(job.error or job.get_state_display())
        run.refresh_from_db()
        self._print(as_result(run), as_json=options["json"])

    def _print(self, result: dict[str, Any], *, as_json: bool) -> None:
        if as_json:
            self.stdout.write(json.dumps(result))
            return
        for verdict, count in result["verdicts"].items():
            self.stdout.write(f"{count:>12,}  {verdict}")
        figures = ("parties", "cases_opened", "cases_withdrawn", "seconds")
        self.stdout.write(", ".join(f"{name} {result[name]:,}" for name in figures))
