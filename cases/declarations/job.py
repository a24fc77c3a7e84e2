"""The reconciliation of declarations as a job: find the entries, reconcile them, let cases be answered."""

from collections import Counter
from collections.abc import Callable, Iterable
from typing import Any, ClassVar

from django.db import connection
from django.utils.translation import gettext_lazy as _

from cases.declarations.answers import answer_cases
from cases.declarations.entries import COLUMN, find_entries, work_sql
from cases.declarations.reconcile import reconcile_entries
from cases.models.subject import Register
from vehreg.accounts.models import User
from vehreg.jobs.kinds import ChunkPlan, JobKind, Progress, register
from vehreg.jobs.models import Job, JobChunk
from vehreg.jobs.services import start_job

NAME = "declarations.reconcile"
_AFTER = ("after_undo", "after_violations")
_CHUNK_DECLARATIONS = 20_000
_CHUNK_ENTRIES = 10_000
_CHUNK_CASES = 20_000

_RANGES = """
SELECT min(id), max(id), count(*) FROM (
    SELECT id, (row_number() OVER (ORDER BY id) - 1) / %(size)s AS part FROM ({ids}) AS ids
) AS parts GROUP BY part ORDER BY part"""
_WAITING = "SELECT id FROM cases_declaration WHERE state IN ('received', 'unknown')"
_OPEN_CASES = """
SELECT subject_id AS id FROM cases_verificationcase
WHERE register = '{register}' AND state NOT IN ('approved', 'closed', 'withdrawn')"""


def start_reconciliation(
    *, user: User | None = None, after_undo: bool = False, after_violations: bool = False
) -> Job:
    """Reconcile, as a job, whatever waits for it.

    `after_undo`: declarations may have been taken away; `after_violations`: missing vehicles may have been
    seen.
    """
    after = {"after_undo": after_undo, "after_violations": after_violations}
    params = {name: True for name, happened in after.items() if happened}
    return start_job(kind=NAME, params=params, subject="declarations", user=user)


@register
class Reconciliation(JobKind):
    """Chunks are ranges of entries, so that everything said of one entry is judged together."""

    name = NAME
    label = _("Reconciliation of declarations")
    stages = ("find", "reconcile", "answer")
    stage_labels: ClassVar = {
        "find": _("Finding the entries"),
        "reconcile": _("Comparing with the registers"),
        "answer": _("Answering open cases"),
    }
    units: ClassVar = {"find": "rows", "reconcile": "entries", "answer": "cases"}

    def lane(self, params: dict[str, Any]) -> str:
        return "declarations"

    def plan(self, job: Job, stage: str) -> Iterable[ChunkPlan]:
        return _PLANS[stage]({name: bool(job.params.get(name)) for name in _AFTER})

    def run(self, job: Job, chunk: JobChunk, progress: Progress) -> None:
        progress.check_cancelled()
        _STEPS[self.stages[chunk.stage]](chunk.params, progress)

    def finished(self, job: Job) -> dict[str, Any]:
        """Declarations by what they became, and cases opened and withdrawn."""
        counts: Counter[str] = Counter()
        for position in JobChunk.objects.filter(job=job).values_list("position", flat=True):
            counts.update(position)
        return dict(counts)


def _plan_find(after: dict[str, bool]) -> list[ChunkPlan]:
    return _ranges(_WAITING, _CHUNK_DECLARATIONS)


def _plan_reconcile(after: dict[str, bool]) -> list[ChunkPlan]:
    return [
        ChunkPlan(plan.params | after | {"register": name}, plan.weight)
        for name in COLUMN
        for plan in _ranges(f"SELECT entry_id AS id FROM ({work_sql(name, **after)}) AS work", _CHUNK_ENTRIES)
    ]


def _plan_answer(after: dict[str, bool]) -> list[ChunkPlan]:
    return [
        ChunkPlan(plan.params | {"register": name}, plan.weight)
        for name in (Register.OWNER.value, Register.LICENCE.value)
        for plan in _ranges(_OPEN_CASES.format(register=name), _CHUNK_CASES)
    ]


def _ranges(ids: str, size: int) -> list[ChunkPlan]:
    with connection.cursor() as cursor:
        cursor.execute(_RANGES.format(ids=ids), {"size": size})
        return [ChunkPlan({"first": first, "last": last}, count) for first, last, count in cursor.fetchall()]


def _find(params: dict[str, Any], progress: Progress) -> None:
    find_entries(first=params["first"], last=params["last"])


def _reconcile(params: dict[str, Any], progress: Progress) -> None:
    done = reconcile_entries(
        params["register"],
        first=params["first"],
        last=params["last"],
        **{name: params.get(name, False) for name in _AFTER},
    )
    progress.remember(**done.states, opened=done.opened, withdrawn=done.withdrawn)


def _answer(params: dict[str, Any], progress: Progress) -> None:
    done = answer_cases(params["register"], first=params["first"], last=params["last"])
    progress.remember(withdrawn=done.withdrawn)


_PLANS: dict[str, Callable[[dict[str, bool]], list[ChunkPlan]]] = {
    "find": _plan_find,
    "reconcile": _plan_reconcile,
    "answer": _plan_answer,
}
_STEPS: dict[str, Callable[[dict[str, Any], Progress], None]] = {
    "find": _find,
    "reconcile": _reconcile,
    "answer": _answer,
}
