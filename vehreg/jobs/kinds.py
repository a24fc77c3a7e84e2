"""The kinds of long work. An application subclasses `JobKind` in its `job_kinds.py` and registers it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar, TypeVar

from django.utils.functional import Promise

from vehreg.jobs.models import Job, JobChunk
from vehreg.jobs.progress import JobCancelled, Progress

__all__ = [
    "ChunkPlan",
    "JobCancelled",
    "JobKind",
    "Progress",
    "Refused",
    "Unavailable",
    "UnknownKind",
    "kind_of",
    "register",
]


class Refused(Exception):
    """The request cannot be done, in clear words for the user; the job fails at once, without a retry."""


class Unavailable(Exception):
    """What a chunk needs is not to be had on this host now, in clear words for the user.

    It is tried again, on another host perhaps, before the job fails.
    """


class UnknownKind(LookupError):
    """A job names a kind that no application registers."""


@dataclass(frozen=True)
class ChunkPlan:
    """One part of a stage. `weight` is in the units that `Progress.advance` counts (rows, bytes, …)."""

    params: dict[str, Any] = field(default_factory=dict)
    weight: int = 1


class JobKind:
    """One kind of long work.

    A job passes through `stages` in order. When a stage begins, `plan` cuts it into chunks; `run` does one.
    Chunks of a stage run in any order and at the same time, on any worker; the next stage begins when all
    are done. Instances hold no state: everything is in `job.params`, `chunk.params` and the tables.
    """

    name: ClassVar[str]
    label: ClassVar[str | Promise]
    stages: ClassVar[tuple[str, ...]]
    stage_labels: ClassVar[Mapping[str, str | Promise]] = {}
    # What a stage counts: a code of `models.UNIT_LABELS`.
    units: ClassVar[Mapping[str, str]] = {}
    # How long each stage takes beside the others, as measured; without them the time left is the stage's.
    shares: ClassVar[Mapping[str, float]] = {}
    # Stages whose `run` is not wrapped in a transaction: it makes small ones of its own, and ends each with
    # `progress.remember(...)`, so that the next attempt finds in `chunk.position` where this one stopped.
    own_transactions: ClassVar[frozenset[str]] = frozenset()

    def lane(self, params: dict[str, Any]) -> str:
        """Jobs of one lane run one after the other, in order of id. '' = no lane."""
        return ""

    def plan(self, job: Job, stage: str) -> Iterable[ChunkPlan]:
        """Cut a stage. Runs in the transaction that stores the chunks. No chunks: the stage is skipped."""
        return [ChunkPlan()]

    def run(self, job: Job, chunk: JobChunk, progress: Progress) -> None:
        """Do one chunk, in the transaction that marks it done. It may be tried often, and counts once."""
        raise NotImplementedError

    def finished(self, job: Job) -> dict[str, Any]:
        """Close the work, in the transaction that ends the job; what it returns becomes `job.result`."""
        return {}

    def failed(self, job: Job, error: str) -> None:
        """Clean up, in the transaction that sets the state. A person may retry the job afterwards."""

    def cancelled(self, job: Job) -> None:
        """Clean up, in the transaction that sets the state."""

    def retried(self, job: Job) -> None:
        """A person sets a failed or cancelled job going again; raise `Refused` where that makes no sense."""


_KINDS: dict[str, JobKind] = {}
KindClass = TypeVar("KindClass", bound=type[JobKind])


def register(kind: KindClass) -> KindClass:
    """Class decorator: make a kind known under its name."""
    _KINDS[kind.name] = kind()
    return kind


def kind_of(name: str) -> JobKind:
    try:
        return _KINDS[name]
    except KeyError:
        raise UnknownKind(name) from None


def kind_labels() -> list[tuple[str, str | Promise]]:
    """(name, label) of every kind, for lists and filters."""
    return [(name, kind.label) for name, kind in sorted(_KINDS.items())]


def stage_count(job: Job) -> int:
    """Number of stages; 0 for a kind that this version does not know."""
    return len(_KINDS[job.kind].stages) if job.kind in _KINDS else 0


def stage_name(job: Job) -> str:
    """Code of the stage the job is in; '' before the first and after the last."""
    return kind_of(job.kind).stages[job.stage] if 0 <= job.stage < stage_count(job) else ""


def still_to_come(job: Job) -> float:
    """How many times as long as the present stage all later ones take; 0 where nobody has measured."""
    stage = stage_name(job)
    if not stage:
        return 0.0
    kind = kind_of(job.kind)
    present = kind.shares.get(stage, 0)
    later = sum(kind.shares.get(name, 0) for name in kind.stages[job.stage + 1 :])
    return later / present if present else 0.0


def stage_label(job: Job) -> str:
    """Words for the stage the job is in."""
    stage = stage_name(job)
    if not stage:
        return ""
    return str(kind_of(job.kind).stage_labels.get(stage, stage))
