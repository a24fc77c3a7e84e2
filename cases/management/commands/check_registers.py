"""`manage.py check_registers`: the rules inside the registers, here and now."""

import json
import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from cases.checks.services import start_check
from cases.checks.switches import states
from cases.models import CheckRun
from vehreg.jobs.kinds import Refused
from vehreg.jobs.models import JobState
from vehreg.jobs.services import run_in_foreground
from vehreg.jobs.terminal import ProgressBar


class Command(BaseCommand):
    help = "Check vehicles, owners and licences by the rules inside the registers, and open the cases."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--since-last", action="store_true", help="only what changed since the last check"
        )
        parser.add_argument("--json", action="store_true", help="print the figures as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        scope = CheckRun.Scope.SINCE_LAST if options["since_last"] else CheckRun.Scope.ALL
        try:
            run = start_check(user=None, scope=scope)
        except Refused as refused:
            raise CommandError(str(refused)) from refused
        assert run.job is not None
        job = run_in_foreground(run.job, on_progress=ProgressBar(sys.stderr))
        if job.state != JobState.SUCCEEDED:
            raise CommandError(job.error or job.get_state_display())
        run.refresh_from_db()
        self._print(_result(run), as_json=options["json"])

    def _print(self, result: dict[str, Any], *, as_json: bool) -> None:
        if as_json:
            self.stdout.write(json.dumps(result))
            return
        for rule, count in result["found"].items():
            self.stdout.write(f"{count:>12,}  {rule}")
        figures = ("entries", "cases_opened", "cases_withdrawn", "seconds")
        self.stdout.write(", ".join(f"{name} {result[name]:,}" for name in figures))


def _result(run: CheckRun) -> dict[str, Any]:
    """The figures of a check that has ended."""
    assert run.finished_at is not None
    return {
        "run": run.pk,
        "scope": run.scope,
        "found": {code: state.found or 0 for code, state in states().items()},
        "entries": run.entries,
        "cases_opened": run.cases_opened,
        "cases_withdrawn": run.cases_withdrawn,
        "seconds": round((run.finished_at - run.started_at).total_seconds(), 1),
    }
