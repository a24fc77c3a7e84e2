"""Jobs done by a living worker of two processes."""

import pytest

from tests.vehreg.jobs.kinds import rows
from vehreg.celery import app
from vehreg.jobs.models import ChunkState, Job, JobState
from vehreg.jobs.services import cancel_job, retry_job
from vehreg.jobs.sweeper import sweep

pytestmark = [pytest.mark.worker, pytest.mark.usefixtures("workers")]

BOTH = [("finished", 0), ("first", 0), ("first", 1), ("second", 0), ("second", 1)]


def test_chunks_of_one_stage_run_at_the_same_time(tally, ended, stage_door):
    job = tally(behave={"first/0": "pause", "first/1": "pause"})
    stage_door.wait(count=2)

    assert states(job) == [ChunkState.RUNNING, ChunkState.RUNNING]
    stage_door.open()
    assert ended(job).state == JobState.SUCCEEDED
    assert rows(job) == BOTH


def test_the_sweeper_leaves_a_chunk_alone_whose_worker_lives(tally, ended, stage_door):
    job = tally(behave={"first/0": "pause"})
    stage_door.wait()

    sweep()

    chunk = job.chunks.get(stage=0, number=0)
    assert (chunk.state, chunk.attempts) == (ChunkState.RUNNING, 1)
    stage_door.open()
    assert ended(job).state == JobState.SUCCEEDED


def test_a_message_delivered_again_does_nothing(tally, ended, stage_door):
    job = tally(behave={"first/0": "pause"})
    stage_door.wait()
    chunk = job.chunks.get(stage=0, number=0)

    for _ in range(5):
        app.send_task("jobs.run_chunk", args=[chunk.pk])
        app.send_task("jobs.advance", args=[job.pk])
    assert ended(tally()).state == JobState.SUCCEEDED  # it came behind them in the queue
    assert len(stage_door.inside()) == 1

    stage_door.open()
    ended(job)
    app.send_task("jobs.run_chunk", args=[chunk.pk])
    app.send_task("jobs.advance", args=[job.pk])
    ended(tally())
    assert rows(job) == BOTH


def test_a_broker_emptied_in_the_middle_of_a_stage_only_delays(tally, ended, stage_door, broker):
    job = tally(behave={"first/0": "pause", "first/1": "pause"}, counts={"first": 10, "second": 3})
    stage_door.wait(count=2)
    broker.flushdb()
    stage_door.open()

    sweep()

    assert ended(job).state == JobState.SUCCEEDED
    assert len(rows(job)) == 14


def test_jobs_of_one_lane_run_in_order_and_never_together(tally, ended, stage_door):
    first = tally(lane="vehicles", behave={"first/0": "pause"})
    second, third, free = tally(lane="vehicles"), tally(lane="vehicles"), tally()
    stage_door.wait()

    assert ended(free).state == JobState.SUCCEEDED
    assert [fresh(job).state for job in (second, third)] == [JobState.QUEUED] * 2
    stage_door.open()
    ended(third)
    assert fresh(first).finished_at <= fresh(second).started_at
    assert second.finished_at <= third.started_at


def test_the_next_of_a_lane_starts_when_the_former_fails_or_is_cancelled(tally, ended, stage_door):
    failing = tally(lane="a", behave={"first/0": "refuse"})
    cancelled = tally(lane="a", behave={"first/0": "pause"})
    last = tally(lane="a")
    stage_door.wait()
    cancel_job(job=cancelled, user=None)

    assert ended(last).state == JobState.SUCCEEDED
    assert fresh(failing).state == JobState.FAILED
    assert fresh(cancelled).state == JobState.CANCELLED


def test_a_cancelled_chunk_is_rolled_back_and_the_job_can_go_on_later(tally, ended, stage_door, wait_until):
    job = tally(behave={"first/1": "pause"})
    stage_door.wait()
    wait_until(lambda: ChunkState.DONE in states(job), "the neighbour's end")

    cancel_job(job=job, user=None)

    assert ended(job).state == JobState.CANCELLED
    assert rows(job) == [("cancelled", 0), ("first", 0)]
    assert states(job) == [ChunkState.DONE, ChunkState.PENDING]
    stage_door.open()
    assert ended(retry_job(job=job, user=None)).state == JobState.SUCCEEDED
    assert rows(job) == sorted([*BOTH, ("cancelled", 0)])


def test_a_failing_chunk_waits_for_its_running_neighbour_before_cleaning_up(
    tally, ended, stage_door, wait_until
):
    job = tally(behave={"first/0": "stubborn", "first/1": "refuse"})
    stage_door.wait()
    wait_until(lambda: fresh(job).error, "the refusal")

    sweep()

    assert fresh(job).state == JobState.RUNNING
    stage_door.open()
    assert ended(job).state == JobState.FAILED
    assert rows(job) == [("failed", 0), ("first", 0)]


def fresh(job: Job) -> Job:
    job.refresh_from_db()
    return job


def states(job: Job) -> list[str]:
    return list(job.chunks.filter(stage=0).order_by("number").values_list("state", flat=True))
