"""Workers killed with -9, cut off or missing: the effect is exactly once."""

import pytest
from django.db import connection

from tests.vehreg.jobs.kinds import rows
from vehreg.jobs.bell import waiting_messages
from vehreg.jobs.models import ChunkState, Job, JobState
from vehreg.jobs.sweeper import sweep

pytestmark = pytest.mark.worker

BOTH = [("finished", 0), ("first", 0), ("first", 1), ("second", 0), ("second", 1)]


def test_a_killed_worker_leaves_nothing_behind_and_the_next_does_its_chunk_once(
    tally, worker, ended, stage_door
):
    job = tally(behave={"first/1": "pause"})
    small = tally(kind="small_steps", pause_at=7)
    first = worker("--concurrency", "2")
    stage_door.wait(count=2)
    first.kill()
    stage_door.open()
    assert ("first", 1) not in rows(job)
    assert rows(small) == [("step", step) for step in range(7)]

    worker()  # it sweeps as it starts

    assert ended(job).state == JobState.SUCCEEDED
    assert rows(job) == BOTH
    assert job.chunks.get(stage=0, number=1).attempts == 2
    assert ended(small).state == JobState.SUCCEEDED
    assert rows(small) == [("step", step) for step in range(20)]
    assert (small.done, small.total) == (20, 20)


def test_messages_lost_by_the_broker_are_rung_again(tally, worker, ended, broker):
    jobs = [tally(), tally(lane="a"), tally(lane="a")]
    broker.flushdb()

    worker()  # it sweeps as it starts

    assert [ended(job).state for job in jobs] == [JobState.SUCCEEDED] * 3


def test_the_sweeper_rings_no_more_than_what_waits(tally, broker):
    job = tally()
    job.chunks.model.objects.bulk_create(
        job.chunks.model(job=job, stage=0, number=number) for number in range(50)
    )
    Job.objects.filter(pk=job.pk).update(state=JobState.RUNNING, stage=0)
    broker.flushdb()

    for _ in range(5):
        sweep()

    assert waiting_messages() == 50


def test_work_that_kills_its_worker_is_given_up_after_some_tries(tally, worker, ended, wait_until, settings):
    settings.JOB_MAX_ATTEMPTS = 3
    job = tally(behave={"first/0": "die"}, counts={"first": 1})
    worker(VEHREG_JOB_MAX_ATTEMPTS="3")

    wait_until(lambda: swept(job).error, "the job giving up")

    assert ended(job).state == JobState.FAILED
    chunk = job.chunks.get(stage=0)
    assert (chunk.state, chunk.attempts) == (ChunkState.FAILED, 3)
    assert "3" in job.error
    assert rows(job) == [("failed", 0)]


def test_a_worker_that_lost_its_claim_cannot_commit(tally, worker, ended, stage_door):
    """Its lock is gone but it lives on, as behind a broken network; another does the chunk meanwhile."""
    job = tally(kind="small_steps", pause_at=3)
    first = worker()
    stage_door.wait()
    end_lock_sessions()
    sweep()
    assert job.chunks.get().state == ChunkState.PENDING
    worker()
    stage_door.wait(count=2)
    stage_door.open()

    assert ended(job).state == JobState.SUCCEEDED
    assert rows(job) == [("step", step) for step in range(20)]
    first.stop()


def test_a_database_that_ends_all_sessions_costs_one_more_try(tally, worker, ended, stage_door, wait_until):
    job = tally(behave={"first/1": "pause"})
    worker()
    stage_door.wait()
    end_all_sessions()
    stage_door.open()

    wait_until(lambda: not swept(job).is_live, "the end of the job")

    assert job.state == JobState.SUCCEEDED
    assert rows(job) == BOTH
    assert job.chunks.get(stage=0, number=1).attempts == 2


def swept(job: Job) -> Job:
    sweep()
    job.refresh_from_db()
    return job


def end_lock_sessions() -> None:
    end_sessions("pid IN (SELECT pid FROM pg_locks WHERE locktype = 'advisory')")


def end_all_sessions() -> None:
    end_sessions("backend_type = 'client backend'")


def end_sessions(condition: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            f" WHERE datname = current_database() AND pid <> pg_backend_pid() AND {condition}"
        )
