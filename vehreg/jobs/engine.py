"""Moves a job on. Every move is decided from the rows, by one worker at a time, and can be made again."""

from collections.abc import Callable
from enum import Enum, auto

import structlog
from django.db import IntegrityError, transaction
from django.db.models import F
from django.db.models.functions import Now
from django.utils import translation

from vehreg.jobs.bell import ring_chunks, ring_job
from vehreg.jobs.context import working_for
from vehreg.jobs.failures import explain
from vehreg.jobs.kinds import JobKind, kind_of, stage_count
from vehreg.jobs.locks import held, job_key
from vehreg.jobs.models import OPEN_CHUNKS, ChunkState, Job, JobChunk, JobState

logger = structlog.get_logger("vehreg.jobs")


class Move(Enum):
    WAIT = auto()
    START = auto()
    PLAN = auto()
    FINISH = auto()
    FAIL = auto()
    CANCEL = auto()


class MovedOn(Exception):
    """The job is no longer in the state this move starts from; what was prepared is rolled back."""


def advance_job(job_id: int) -> None:
    """Make every move that is due now. Calling it too often, or twice at once, changes nothing."""
    while (job := Job.objects.filter(pk=job_id).first()) and next_move(job) is not Move.WAIT:
        with held(job_key(job_id)) as ours:
            if not ours or not _make_move(job_id):
                return  # who holds the lock looks again after letting go


def next_move(job: Job) -> Move:
    """What the rows ask for."""
    if job.state == JobState.QUEUED:
        return Move.START if _lane_is_free(job) else Move.WAIT
    if job.state != JobState.RUNNING:
        return Move.WAIT
    chunks = JobChunk.objects.filter(job=job, stage=job.stage)
    if job.error or job.cancel_requested:
        return _ending(job, list(chunks.filter(state__in=OPEN_CHUNKS).values_list("state", flat=True)))
    if chunks.filter(state__in=OPEN_CHUNKS).exists():
        return Move.WAIT
    return Move.FINISH if _is_last_stage(job) else Move.PLAN


def _ending(job: Job, open_states: list[str]) -> Move:
    """A job that is to stop waits for its running chunks; one whose work is all done has succeeded."""
    if ChunkState.RUNNING in open_states:
        return Move.WAIT
    if job.error:
        return Move.FAIL
    return Move.FINISH if not open_states and _is_last_stage(job) else Move.CANCEL


def _is_last_stage(job: Job) -> bool:
    return job.stage >= stage_count(job) - 1


def _lane_is_free(job: Job) -> bool:
    """Nobody runs in the lane, and nobody waits in front."""
    if not job.lane:
        return True
    lane = Job.objects.filter(lane=job.lane)
    ahead = lane.filter(state=JobState.QUEUED, pk__lt=job.pk)
    return not lane.filter(state=JobState.RUNNING).exists() and not ahead.exists()


def _make_move(job_id: int) -> bool:
    """Decide again, now that nobody else does, and move. False when the job must be looked at later."""
    job = Job.objects.get(pk=job_id)
    try:
        move = next_move(job)
        if move is not Move.WAIT:
            with working_for(job):
                _MOVES[move](job)
    except MovedOn:
        return False
    except Exception as error:
        _stumble(job, error)
        return bool(Job.objects.get(pk=job_id).error)
    return True


def _start(job: Job) -> None:
    try:
        with transaction.atomic():
            _change(job, state=JobState.RUNNING, started_at=Now(), heartbeat=Now())
            left = JobChunk.objects.filter(job=job, stage=job.stage, state=ChunkState.PENDING)
            ring_chunks(left.values_list("pk", flat=True))  # a retried job has some already
    except IntegrityError as error:  # another job of the lane was quicker; its end rings this one
        raise MovedOn from error


def _plan(job: Job) -> None:
    """Cut the next stage. The guarded change of `stage` lets one planner through."""
    kind, stage = kind_of(job.kind), job.stage + 1
    with transaction.atomic(durable=True):
        chunks = [
            JobChunk(job=job, stage=stage, number=number, params=plan.params, weight=plan.weight)
            for number, plan in enumerate(kind.plan(job, kind.stages[stage]))
        ]
        JobChunk.objects.bulk_create(chunks, batch_size=1000)
        _change(
            job,
            stage=stage,
            stage_started_at=Now(),
            heartbeat=Now(),
            total=sum(chunk.weight for chunk in chunks),
            done=0,
            unit_label=kind.units.get(kind.stages[stage], ""),
            message="",
            attempts=0,
        )
        ring_chunks(chunk.pk for chunk in chunks)


def _finish(job: Job) -> None:
    with transaction.atomic(durable=True):
        result = kind_of(job.kind).finished(job)
        _end(job, JobState.SUCCEEDED, result=result or {}, done=F("total"), cancel_requested=False)


def _fail(job: Job) -> None:
    with transaction.atomic(durable=True):
        _clean_up(job, lambda kind: kind.failed(job, job.error))
        _end(job, JobState.FAILED)


def cancel(job: Job) -> None:
    """End a job as cancelled: one that waits, or one whose running chunks have stopped."""
    with transaction.atomic():
        _clean_up(job, lambda kind: kind.cancelled(job))
        _end(job, JobState.CANCELLED)


def _clean_up(job: Job, hook: Callable[[JobKind], None]) -> None:
    """A clean-up that fails does not keep the job from ending."""
    try:
        with transaction.atomic():
            hook(kind_of(job.kind))
    except Exception as error:
        explain(error, job=job.pk, during="clean_up")


def _end(job: Job, state: JobState, **values: object) -> None:
    _change(job, state=state, finished_at=Now(), **values)
    logger.info("job_ended", job=job.pk, kind=job.kind, state=state.value)
    following = (
        Job.objects.filter(lane=job.lane, state=JobState.QUEUED).exclude(lane="").order_by("pk").first()
    )
    if following is not None:
        ring_job(following.pk)


def _change(job: Job, **values: object) -> None:
    """The guarded update every move ends with; raises `MovedOn` when somebody else moved the job."""
    if Job.objects.filter(pk=job.pk, state=job.state, stage=job.stage).update(**values) != 1:
        raise MovedOn


def _stumble(job: Job, error: Exception) -> None:
    """Planning or finishing failed: it is tried again at the next ring, until the tries are used up."""
    with translation.override(job.language):
        failure = explain(error, job=job.pk, stage=job.stage)
    Job.objects.filter(pk=job.pk).update(attempts=F("attempts") + 1)
    if job.attempts + 1 >= failure.attempts:
        Job.objects.filter(pk=job.pk, error="").update(error=failure.words, error_detail=failure.detail)


_MOVES: dict[Move, Callable[[Job], None]] = {
    Move.START: _start,
    Move.PLAN: _plan,
    Move.FINISH: _finish,
    Move.FAIL: _fail,
    Move.CANCEL: cancel,
}
