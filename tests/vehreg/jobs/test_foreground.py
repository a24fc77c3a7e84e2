"""A job in the foreground of a command: the same stages and chunks, with or without workers."""

import os
import subprocess
import sys
import threading

import pytest
from django.db import connection, transaction

from tests import factories
from tests.vehreg.jobs.kinds import rows
from vehreg.accounts.models import User
from vehreg.accounts.roles import Role
from vehreg.jobs.engine import advance_job
from vehreg.jobs.helpers import Helpers
from vehreg.jobs.kinds import Refused
from vehreg.jobs.models import Job, JobState
from vehreg.jobs.services import cancel_job, retry_job, run_in_foreground

BOTH = [("finished", 0), ("first", 0), ("first", 1), ("second", 0), ("second", 1)]


def test_it_passes_through_all_stages_and_keeps_the_result(tally):
    job = run_in_foreground(tally())

    assert job.state == JobState.SUCCEEDED
    assert rows(job) == BOTH
    assert job.result == {"rows": 5}
    assert (job.done, job.total, job.unit_label) == (20, 20, "steps")
    assert job.finished_at >= job.started_at


IN_ANOTHER_PROCESS = """
import django; django.setup()
from vehreg.jobs.services import run_in_foreground, start_job
print(run_in_foreground(start_job(kind="tally", params={})).state)
"""


def test_it_works_while_the_broker_is_away(tally, worker_environment):
    away = {"REDIS_URL": "redis://127.0.0.1:1/0", "VEHREG_JOB_KINDS": "tests.vehreg.jobs.kinds"}
    command = [sys.executable, "-c", IN_ANOTHER_PROCESS]
    environment = worker_environment | away | {"DJANGO_SETTINGS_MODULE": "vehreg.settings"}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)

    assert done.stdout == "succeeded\n"
    assert "broker_away" in done.stderr


def test_a_stage_without_chunks_is_skipped(tally):
    job = run_in_foreground(tally(counts={"first": 0, "second": 1}))

    assert rows(job) == [("finished", 0), ("second", 0)]


def test_progress_is_told_and_counts_to_the_weight(tally):
    told = []
    job = tally(behave={"first/0": "report"})
    run_in_foreground(job, on_progress=lambda job: told.append((job.stage, job.done, job.message)))

    assert (0, 3, "three") in told
    assert told[-1] == (1, 20, "")


def test_rows_changed_in_bulk_name_user_and_job_in_their_history(tally):
    user = User.objects.create(username="registrar", role=Role.REGISTRAR)
    person = factories.person()

    job = run_in_foreground(tally(user=user, behave={"first/0": "change_register"}))

    metadata = person.events.get().pgh_context.metadata
    assert (metadata["user"], metadata["job"]) == (user.pk, job.pk)


def test_a_refusal_fails_the_job_at_once_in_its_own_words(tally):
    job = run_in_foreground(tally(behave={"first/0": "refuse"}))

    assert (job.state, job.error) == (JobState.FAILED, "Nothing here to count.")
    assert rows(job) == [("failed", 0)]
    assert job.chunks.get(number=0).attempts == 1


def test_a_refusal_while_planning_fails_the_job(tally):
    job = run_in_foreground(tally(behave={"plan second": "refuse"}))

    assert (job.state, job.error) == (JobState.FAILED, "Nothing here to count.")
    assert rows(job) == [("failed", 0), ("first", 0), ("first", 1)]


def test_a_full_disk_is_said_in_words(tally):
    job = run_in_foreground(tally(behave={"first/0": "fill_disk"}))

    assert job.state == JobState.FAILED
    assert "Disk full" in job.error or "Hết chỗ" in job.error
    assert job.params["folder"] not in job.error_detail


def test_an_unexpected_error_shows_a_number_and_keeps_data_out_of_the_detail(tally):
    job = run_in_foreground(tally(behave={"first/0": "break"}, name="NGUYỄN VĂN AN"))

    error_id = job.error_detail.splitlines()[0]
    assert job.state == JobState.FAILED
    assert error_id in job.error
    assert "ValueError" in job.error_detail
    assert "NGUY" not in job.error_detail


def test_an_error_while_finishing_is_not_lost(tally):
    job = run_in_foreground(tally(behave={"finished": "break"}, name="AN"))

    assert job.state == JobState.FAILED
    assert "ValueError" in job.error_detail


def test_a_connection_lost_in_mid_chunk_is_made_good_by_another_try(tally):
    job = run_in_foreground(tally(behave={"first/1": "lose_database"}))

    assert job.state == JobState.SUCCEEDED
    assert rows(job) == BOTH
    assert job.chunks.get(stage=0, number=1).attempts == 2


def test_ctrl_c_cancels_and_rolls_the_chunk_back(tally):
    job = run_in_foreground(tally(behave={"second/0": "interrupt"}))

    assert job.state == JobState.CANCELLED
    assert rows(job) == [("cancelled", 0), ("first", 0), ("first", 1)]


def test_a_retried_job_goes_on_where_it_stopped(tally):
    job = run_in_foreground(tally(behave={"second/1": "refuse"}))
    assert job.state == JobState.FAILED
    Job.objects.filter(pk=job.pk).update(params=job.params | {"behave": {}})

    job = run_in_foreground(retry_job(job=job, user=None))

    assert (job.state, job.error) == (JobState.SUCCEEDED, "")
    assert rows(job) == sorted([*BOTH, ("failed", 0)])


def test_a_kind_may_refuse_to_be_retried(tally):
    job = run_in_foreground(tally(behave={"first/0": "refuse"}, once=True))

    with pytest.raises(Refused):
        retry_job(job=job, user=None)
    job.refresh_from_db()
    assert job.state == JobState.FAILED


def test_only_a_job_that_is_over_can_be_retried(tally):
    with pytest.raises(Refused):
        retry_job(job=tally(), user=None)


def test_a_waiting_job_is_cancelled_at_once(tally):
    job = cancel_job(job=tally(), user=None)

    assert job.state == JobState.CANCELLED
    assert rows(job) == [("cancelled", 0)]
    assert run_in_foreground(job).state == JobState.CANCELLED


def test_it_refuses_to_run_inside_a_transaction(tally):
    job = tally()
    with pytest.raises(RuntimeError), transaction.atomic():
        run_in_foreground(job)


def test_small_transactions_are_remembered_and_done_once(tally):
    job = run_in_foreground(tally(kind="small_steps"))

    assert rows(job) == [("step", step) for step in range(20)]
    assert (job.done, job.total) == (20, 20)


def test_two_foregrounds_share_one_job(tally, stage_door):
    job = tally(behave={"first/0": "pause"}, counts={"first": 8, "second": 8})
    helper = in_thread(job)
    stage_door.wait()
    mine = in_thread(job)
    stage_door.open()
    helper.join()
    mine.join()

    job.refresh_from_db()
    assert job.state == JobState.SUCCEEDED
    assert [row for row in rows(job) if row[0] == "first"] == [("first", n) for n in range(8)]
    assert len(rows(job)) == 17


def test_two_foregrounds_in_one_lane_run_one_after_the_other(tally, stage_door, wait_until):
    first = tally(lane="vehicles", behave={"second/0": "pause"})
    second = tally(lane="vehicles")
    behind = in_thread(second)
    ahead = in_thread(first)
    stage_door.wait()

    assert states(first, second) == [JobState.RUNNING, JobState.QUEUED]
    stage_door.open()
    ahead.join()
    behind.join()
    assert states(first, second) == [JobState.SUCCEEDED, JobState.SUCCEEDED]
    assert second.started_at >= first.finished_at


def states(*jobs: Job) -> list[str]:
    for job in jobs:
        job.refresh_from_db()
    return [job.state for job in jobs]


def in_thread(job: Job) -> threading.Thread:
    def run() -> None:
        try:
            run_in_foreground(Job.objects.get(pk=job.pk))
        finally:
            connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    return thread


SEVERAL_PROCESSES = """
import sys
import django; django.setup()
from vehreg.jobs.models import Job
from vehreg.jobs.services import run_in_foreground
print(run_in_foreground(Job.objects.get(pk=int(sys.argv[1])), processes=2).state)
"""


def test_several_processes_do_chunks_side_by_side_and_end_with_the_job(
    tally, worker_environment, tmp_path, wait_until
):
    job = tally(behave={"first/0": "pause", "first/1": "pause"}, folder=str(tmp_path))
    environment = worker_environment | {
        "VEHREG_JOB_KINDS": "tests.vehreg.jobs.kinds",
        "DJANGO_SETTINGS_MODULE": "vehreg.settings",
    }
    command = [sys.executable, "-c", SEVERAL_PROCESSES, str(job.pk)]
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as main:
        wait_until(lambda: len(list(tmp_path.glob("inside-*"))) == 2, "two processes are inside")
        inside = {int(path.name.removeprefix("inside-")) for path in tmp_path.glob("inside-*")}
        (tmp_path / "gate").touch()
        assert main.communicate(timeout=60)[0] == "succeeded\n"

    assert main.pid in inside
    assert rows(job) == BOTH
    (helper,) = inside - {main.pid}
    with pytest.raises(ProcessLookupError):
        os.kill(helper, 0)


def test_one_part_alone_starts_no_further_process(tally):
    with Helpers(tally(counts={"first": 1, "second": 1}), 1) as helpers:
        job = helpers._job
        advance_job(job.pk)
        helpers()

        assert helpers._processes == []
