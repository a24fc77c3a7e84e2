"""A matching run as a job: what changed, the inputs as files, the parties in chunks, then the cases."""

from collections.abc import Callable, Iterable
from typing import Any, ClassVar

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.matching.engine import match
from cases.matching.rules import Ruleset
from cases.models import Declaration, MatchRun, RunSubject
from cases.runs import snapshot
from cases.runs.counts import add_counts, as_result
from cases.runs.merging import merge
from cases.runs.opening import Followed, follow_verdicts, lock_cases
from cases.runs.parties import REGISTERS, TABLE
from cases.runs.populace import set_population_size
from cases.runs.reading import read_refusals
from cases.runs.retiring import refresh_figures, retire_subjects, take_gone
from cases.runs.scope import gather, last_run
from cases.runs.temporary import take_subjects
from cases.runs.versions import model_of
from vehreg.jobs.kinds import ChunkPlan, JobKind, Progress, Refused, register
from vehreg.jobs.models import Job, JobChunk
from vehreg.jobs.services import start_job

_ROWS = (
    "SELECT coalesce(sum(greatest(reltuples, 1)), 1)::bigint FROM pg_class WHERE oid = ANY(%s::regclass[])"
)


def run_of(job: Job) -> MatchRun:
    return MatchRun.objects.get(pk=job.params["run"])


@register
class MatchingRun(JobKind):
    """`params`: the id of the run. Runs follow one another: each begins from what the last left."""

    name = "matching.run"
    label = gettext_lazy("Matching run")
    stages = ("scope", "snapshot", "match", "retire", "cases")
    stage_labels: ClassVar = {
        "scope": gettext_lazy("Looking for what changed"),
        "snapshot": gettext_lazy("Reading the registers"),
        "match": gettext_lazy("Matching"),
        "retire": gettext_lazy("Looking for entries that have gone"),
        "cases": gettext_lazy("Opening and withdrawing cases"),
    }
    units: ClassVar = {
        "scope": "steps",
        "snapshot": "rows",
        "match": "parties",
        "retire": "steps",
        "cases": "parties",
    }

    shares: ClassVar = {"snapshot": 5, "match": 33, "retire": 1, "cases": 26}

    def lane(self, params: dict[str, Any]) -> str:
        return "matching"

    def plan(self, job: Job, stage: str) -> Iterable[ChunkPlan]:
        return _PLANS[stage](run_of(job))

    def run(self, job: Job, chunk: JobChunk, progress: Progress) -> None:
        _STEPS[self.stages[chunk.stage]](run_of(job), chunk.params, progress)

    def finished(self, job: Job) -> dict[str, Any]:
        _end(job, MatchRun.State.DONE)
        if Declaration.objects.exists():  # those that agree may answer a case that has just been opened
            start_job(kind="declarations.reconcile", params={}, subject="declarations", user=job.created_by)
        return as_result(run_of(job))

    def failed(self, job: Job, error: str) -> None:
        _end(job, MatchRun.State.FAILED)

    def cancelled(self, job: Job) -> None:
        _end(job, MatchRun.State.CANCELLED)

    def retried(self, job: Job) -> None:
        """What the run had read is old once another one has begun."""
        if MatchRun.objects.filter(pk__gt=job.params["run"]).exclude(scope=MatchRun.Scope.SINGLE).exists():
            raise Refused(_("A later matching run has begun since: start a new one."))
        MatchRun.objects.filter(pk=job.params["run"]).update(state=MatchRun.State.RUNNING, finished_at=None)


def _end(job: Job, state: MatchRun.State) -> None:
    run = run_of(job)
    MatchRun.objects.filter(pk=run.pk).update(state=state, finished_at=timezone.now())
    if state == MatchRun.State.DONE:
        RunSubject.objects.filter(run=run).delete()
    clear = snapshot.remove if state == MatchRun.State.DONE else snapshot.remove_copies
    transaction.on_commit(lambda: clear(run))


def _plan_scope(run: MatchRun) -> list[ChunkPlan]:
    return [ChunkPlan()] if run.scope == MatchRun.Scope.SINCE_LAST else []


def _plan_snapshot(run: MatchRun) -> list[ChunkPlan]:
    return [
        ChunkPlan({"file": snapshot.PERSONS}, _estimate("registry_person")),
        ChunkPlan({"file": snapshot.NAMES}, 1),
        ChunkPlan({"file": snapshot.PARTIES}, _estimate(*TABLE.values())),
    ]


def _plan_parties(run: MatchRun) -> list[ChunkPlan]:
    return [
        ChunkPlan({"register": register, "first": first, "last": last}, count)
        for register, first, last, count in snapshot.ranges(run, settings.MATCH_CHUNK_PARTIES)
    ]


def _plan_once(run: MatchRun) -> list[ChunkPlan]:
    return [ChunkPlan()]


def _gather(run: MatchRun, params: dict[str, Any], progress: Progress) -> None:
    last = last_run(run.rules_version, run.model_version)
    if last is None:
        raise Refused(_("There is no earlier run to begin from."))
    gather(run, last.watermark)


def _write_file(run: MatchRun, params: dict[str, Any], progress: Progress) -> None:
    rows = 0

    def told(more: int) -> None:
        nonlocal rows
        rows += more
        progress.advance(more)
        progress.check_cancelled()

    snapshot.remove_left_over(before=run)
    stamp = snapshot.write(run, params["file"], told)
    progress.expect(rows)
    progress.remember(**stamp.as_json())
    if params["file"] == snapshot.PERSONS:
        whole = run.scope == MatchRun.Scope.ALL
        set_population_size(run, rows if whole else None)


def _match_chunk(run: MatchRun, params: dict[str, Any], progress: Progress) -> None:
    register, first, last = params["register"], params["first"], params["last"]
    parties = snapshot.parties(run, register, first, last)
    read_at = timezone.now()
    result = match(
        parties,
        snapshot.ensure(run, snapshot.PERSONS),
        refusals=read_refusals(register, first, last),
        rules=Ruleset.load(run.rules_version),
        model=model_of(run.model_version),
        name_counts=snapshot.ensure(run, snapshot.NAMES),
        population_size=run.population_size,
        threads=settings.MATCH_THREADS,
        memory_limit_mb=settings.MATCH_MEMORY_MB,
    )
    progress.check_cancelled()
    counts = merge(run=run, register=register, parties=parties, result=result, read_at=read_at)
    add_counts(run, verdicts=counts, parties=parties.num_rows)


def _retire(run: MatchRun, params: dict[str, Any], progress: Progress) -> None:
    refresh_figures()
    for name in REGISTERS:
        take_gone(name)
        lock_cases(name)
        retire_subjects(run=run, register=name)
        _add_cases(run, follow_verdicts(run=run, register=name))


def _follow_chunk(run: MatchRun, params: dict[str, Any], progress: Progress) -> None:
    register = params["register"]
    take_subjects(snapshot.parties(run, register, params["first"], params["last"]).column("party_id"))
    _add_cases(run, follow_verdicts(run=run, register=register))


def _add_cases(run: MatchRun, followed: Followed) -> None:
    add_counts(run, opened=followed.opened, withdrawn=followed.withdrawn)


def _estimate(*tables: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(_ROWS, [list(tables)])
        return int(cursor.fetchone()[0])


_PLANS: dict[str, Callable[[MatchRun], list[ChunkPlan]]] = {
    "scope": _plan_scope,
    "snapshot": _plan_snapshot,
    "match": _plan_parties,
    "retire": _plan_once,
    "cases": _plan_parties,
}
_STEPS: dict[str, Callable[[MatchRun, dict[str, Any], Progress], None]] = {
    "scope": _gather,
    "snapshot": _write_file,
    "match": _match_chunk,
    "retire": _retire,
    "cases": _follow_chunk,
}
