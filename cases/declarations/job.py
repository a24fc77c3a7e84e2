"""The reconciliation of declarations as a job: find the entries, reconcile them, let cases be answered."""

from collections import Counter
from collections.abc import Callable, Iterable
from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _

from cases.declarations.answers import answer_cases
from cases.declarations.entries import COLUMN, find_entries, waiting_states, work_sql
from cases.declarations.reconcile import reconcile_entries
from cases.models.subject import Register
from vehreg.accounts.models import User
from vehreg.jobs.kinds import ChunkPlan, JobKind, Progress, register
from vehreg.jobs.models import Job, JobChunk
from vehreg.jobs.ranges import even_ranges
from vehreg.jobs.services import start_job

NAME = "declarations.reconcile"
_SAID = ("came", "after_undo", "after_violations")
_CHUNK_DECLARATIONS = 20_000
_CHUNK_ENTRIES = 10_000
_CHUNK_CASES = 20_000

_WAITING = "SELECT id FROM cases_declaration WHERE state IN ({states})"
_OPEN_CASES = """
SELECT subject_id AS id FROM cases_verificationcase
WHERE register = '{register}' AND state NOT IN ('approved', 'closed', 'withdrawn')"""


def start_reconciliation(
    *,
    user: User | None = None,
    came: bool = False,
    after_undo: bool = False,
    after_violations: bool = False,
) -> Job:
    """Reconcile, as a job, whatever waits for it.

    `came`: only declarations that came just now, while the registers stayed as they were, so that a stream
    of them costs what it brings. `after_undo`: declarations may have been taken away. `after_violations`:
    missing vehicles may have been seen.
    """
    said = {"came": came, "after_undo": after_undo, "after_violations": after_violations}
    params = {name: True for name, is_so in said.items() if is_so}
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
        return _PLANS[stage](_said(job))

    def run(self, job: Job, chunk: JobChunk, progress: Progress) -> None:
        progress.check_cancelled()
        _STEPS[self.stages[chunk.stage]](chunk.params, _said(job), progress)

    def finished(self, job: Job) -> dict[str, Any]:
        """Declarations by what they became, and cases opened and withdrawn."""
        counts: Counter[str] = Counter()
        for position in JobChunk.objects.filter(job=job).values_list("position", flat=True):
            counts.update(position)
        return dict(counts)


def _said(job: Job) -> dict[str, bool]:
    """What was said of the registers when the job was started."""
    return {name: bool(job.params.get(name)) for name in _SAID}


def _plan_find(said: dict[str, bool]) -> list[ChunkPlan]:
    waiting = _WAITING.format(states=waiting_states(came=said["came"]))
    return even_ranges(waiting, size=_CHUNK_DECLARATIONS)


def _plan_reconcile(said: dict[str, bool]) -> list[ChunkPlan]:
    return [
        ChunkPlan(plan.params | {"register": name}, plan.weight)
        for name in COLUMN
        for plan in even_ranges(
            f"SELECT DISTINCT entry_id AS id FROM ({work_sql(name, **said)}) AS work", size=_CHUNK_ENTRIES
        )
    ]


def _plan_answer(said: dict[str, bool]) -> list[ChunkPlan]:
    if said["came"]:
        return []  # answered already, with each chunk
    return [
        ChunkPlan(plan.params | {"register": name}, plan.weight)
        for name in (Register.OWNER.value, Register.LICENCE.value)
        for plan in even_ranges(_OPEN_CASES.format(register=name), size=_CHUNK_CASES)
    ]


def _find(params: dict[str, Any], said: dict[str, bool], progress: Progress) -> None:
    find_entries(first=params["first"], last=params["last"], came=said["came"])


def _reconcile(params: dict[str, Any], said: dict[str, bool], progress: Progress) -> None:
    done = reconcile_entries(params["register"], first=params["first"], last=params["last"], **said)
    progress.remember(**done.states, opened=done.opened, withdrawn=done.withdrawn)


def _answer(params: dict[str, Any], said: dict[str, bool], progress: Progress) -> None:
    cases = _OPEN_CASES.format(register=params["register"])
    done = answer_cases(params["register"], f"{cases} AND subject_id BETWEEN %(first)s AND %(last)s", params)
    progress.remember(withdrawn=done.withdrawn)


_PLANS: dict[str, Callable[[dict[str, bool]], list[ChunkPlan]]] = {
    "find": _plan_find,
    "reconcile": _plan_reconcile,
    "answer": _plan_answer,
}
_STEPS: dict[str, Callable[[dict[str, Any], dict[str, bool], Progress], None]] = {
    "find": _find,
    "reconcile": _reconcile,
    "answer": _answer,
}
