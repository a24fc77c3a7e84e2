"""A check of the registers as a job: shared numbers, then every register in ranges, then what has gone."""

from collections import Counter
from collections.abc import Callable, Iterable
from typing import Any, ClassVar

from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cases.checks.checking import check_subjects
from cases.checks.entries import TABLE
from cases.checks.rules import BY_CODE, KINDS
from cases.checks.subjects import take_changed, take_gone, take_range
from cases.checks.tallies import count_findings
from cases.checks.twins import KEYS, find_shared
from cases.models import CheckRun, CheckTwin
from cases.models.subject import Register
from cases.runs.opening import Followed
from vehreg.jobs.kinds import ChunkPlan, JobKind, Progress, register
from vehreg.jobs.models import Job, JobChunk

NAME = "checks.run"
LANE = "checks"
_CHUNK_ENTRIES = 50_000
# What changed in a day is little: a chunk looks for it over a wider range.
_CHUNK_CHANGED = 500_000


def run_of(job: Job) -> CheckRun:
    return CheckRun.objects.get(pk=job.params["run"])


@register
class RegisterCheck(JobKind):
    """`params`: the id of the run. Checks follow one another in one lane."""

    name = NAME
    label = _("Check of the registers")
    stages = ("shared", "entries", "gone")
    stage_labels: ClassVar = {
        "shared": _("Looking for numbers on two registrations"),
        "entries": _("Checking the registers"),
        "gone": _("Looking for entries that have gone"),
    }
    units: ClassVar = {"shared": "steps", "entries": "entries", "gone": "steps"}

    def lane(self, params: dict[str, Any]) -> str:
        return LANE

    def plan(self, job: Job, stage: str) -> Iterable[ChunkPlan]:
        return _PLANS[stage](run_of(job))

    def run(self, job: Job, chunk: JobChunk, progress: Progress) -> None:
        progress.check_cancelled()
        _STEPS[self.stages[chunk.stage]](run_of(job), chunk.params, progress)

    def finished(self, job: Job) -> dict[str, Any]:
        """How many entries were checked, and cases opened and withdrawn."""
        run = run_of(job)
        counts: Counter[str] = Counter()
        for position in JobChunk.objects.filter(job=job).values_list("position", flat=True):
            counts.update(position)
        _end(job, CheckRun.State.DONE, **{_COLUMNS[name]: counts[name] for name in _COLUMNS})
        count_findings(rules_of_run(run))
        return {name: counts[name] for name in _COLUMNS}

    def failed(self, job: Job, error: str) -> None:
        _end(job, CheckRun.State.FAILED)

    def cancelled(self, job: Job) -> None:
        _end(job, CheckRun.State.CANCELLED)

    def retried(self, job: Job) -> None:
        run = CheckRun.objects.filter(pk=job.params["run"])
        run.update(state=CheckRun.State.RUNNING, finished_at=None)


_COLUMNS = {"entries": "entries", "opened": "cases_opened", "withdrawn": "cases_withdrawn"}


def rules_of_run(run: CheckRun) -> tuple[str, ...]:
    """The rules a run checks."""
    return (run.rule,) if run.scope == CheckRun.Scope.RULE else KINDS


def _registers(run: CheckRun) -> list[str]:
    return [name for name in TABLE if any(BY_CODE[code].register == name for code in rules_of_run(run))]


def _end(job: Job, state: CheckRun.State, **counts: int) -> None:
    run_id = job.params["run"]
    CheckRun.objects.filter(pk=run_id).update(state=state, finished_at=timezone.now(), **counts)
    if state == CheckRun.State.DONE:
        CheckTwin.objects.filter(run_id__lte=run_id).delete()


def _plan_shared(run: CheckRun) -> list[ChunkPlan]:
    """What changed is looked up by index; only whole registers are grouped."""
    whole = run.scope != CheckRun.Scope.SINCE_LAST and Register.VEHICLE.value in _registers(run)
    return [ChunkPlan({"key": key}) for key in KEYS] if whole else []


def _plan_entries(run: CheckRun) -> list[ChunkPlan]:
    size = _CHUNK_CHANGED if run.scope == CheckRun.Scope.SINCE_LAST else _CHUNK_ENTRIES
    return [
        ChunkPlan({"register": name, "first": first, "last": first + size - 1}, size)
        for name in _registers(run)
        for first in range(*_ids(name), size)
    ]


def _plan_gone(run: CheckRun) -> list[ChunkPlan]:
    return [ChunkPlan({"register": name}) for name in _registers(run)]


def _ids(register: str) -> tuple[int, int]:
    """The first id of a register, and the one behind its last."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT coalesce(min(id), 0), coalesce(max(id), -1) + 1 FROM {TABLE[register]}")
        first, end = cursor.fetchone()
        return int(first), int(end)


def _share(run: CheckRun, params: dict[str, Any], progress: Progress) -> None:
    find_shared(run, params["key"])


def _check(run: CheckRun, params: dict[str, Any], progress: Progress) -> None:
    name, span = params["register"], {"first": params["first"], "last": params["last"]}
    if run.scope == CheckRun.Scope.SINCE_LAST:
        taken = take_changed(name, since=_since(run), **span)
        done = check_subjects(name)
    else:
        taken = take_range(name, **span)
        done = check_subjects(name, run=run, only=rules_of_run(run))
    progress.expect(taken)
    progress.advance(taken)
    _remember(progress, taken, done)


def _clear_gone(run: CheckRun, params: dict[str, Any], progress: Progress) -> None:
    taken = take_gone(params["register"], list(rules_of_run(run)))
    _remember(progress, taken, check_subjects(params["register"], only=rules_of_run(run)))


def _remember(progress: Progress, taken: int, done: Followed) -> None:
    progress.remember(entries=taken, opened=done.opened, withdrawn=done.withdrawn)


def _since(run: CheckRun) -> Any:
    earlier = CheckRun.objects.filter(pk__lt=run.pk, state=CheckRun.State.DONE)
    return earlier.exclude(scope=CheckRun.Scope.RULE).order_by("-pk").values_list("watermark", flat=True)[0]


_PLANS: dict[str, Callable[[CheckRun], list[ChunkPlan]]] = {
    "shared": _plan_shared,
    "entries": _plan_entries,
    "gone": _plan_gone,
}
_STEPS: dict[str, Callable[[CheckRun, dict[str, Any], Progress], None]] = {
    "shared": _share,
    "entries": _check,
    "gone": _clear_gone,
}
