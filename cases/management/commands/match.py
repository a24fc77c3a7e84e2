"""`manage.py match`: one matching run, here and now."""

from typing import Any

from cases.models import MatchRun
from cases.runs.counts import as_result
from cases.runs.services import start_run
from vehreg.jobs.command import RunCommand


class Command(RunCommand):
    help = "Match owners and licence holders against the population register, and open the cases."
    since_last_help = "only what changed since the last run"
    counts = "verdicts"
    figures = ("parties", "cases_opened", "cases_withdrawn", "seconds")

    def start(self, *, since_last: bool) -> MatchRun:
        scope = MatchRun.Scope.SINCE_LAST if since_last else MatchRun.Scope.ALL
        return start_run(user=None, scope=scope)

    def result(self, run: MatchRun) -> dict[str, Any]:
        return as_result(run)
