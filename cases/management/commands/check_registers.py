"""`manage.py check_registers`: the rules inside the registers, here and now."""

from typing import Any

from cases.checks.services import start_check
from cases.checks.switches import states
from cases.models import CheckRun
from vehreg.jobs.command import RunCommand


class Command(RunCommand):
    help = "Check vehicles, owners and licences by the rules inside the registers, and open the cases."
    since_last_help = "only what changed since the last check"
    counts = "found"
    figures = ("entries", "cases_opened", "cases_withdrawn", "seconds")

    def start(self, *, since_last: bool) -> CheckRun:
        scope = CheckRun.Scope.SINCE_LAST if since_last else CheckRun.Scope.ALL
        return start_check(user=None, scope=scope)

    def result(self, run: CheckRun) -> dict[str, Any]:
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
