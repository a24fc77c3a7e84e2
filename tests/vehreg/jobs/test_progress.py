"""Progress is seen while the chunk's transaction is open, in few writes, and stops who lost the claim."""

import psycopg
import pytest
from django.db import connection, transaction

from vehreg.jobs import progress as progress_module
from vehreg.jobs.locks import open_session
from vehreg.jobs.models import Job, JobChunk, JobState
from vehreg.jobs.progress import ClaimLost, JobCancelled, Progress

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def session():
    with open_session() as session:
        yield session


@pytest.fixture
def chunk():
    job = Job.objects.create(kind="tally", state=JobState.RUNNING, stage=0, total=100)
    return JobChunk.objects.create(job=job, stage=0, number=0, weight=100, state="running", claimed_by="me")


@pytest.fixture
def progress(session, chunk):
    return Progress(session=session, chunk=chunk)


def seen_from_outside(session: psycopg.Connection) -> tuple[int, int, str]:
    return session.execute("SELECT done, total, message FROM jobs_job").fetchone()


def test_it_is_seen_while_the_transaction_is_open_and_outlives_it(progress, session):
    with transaction.atomic():
        progress.advance(7)
        progress.say("seven")
        assert seen_from_outside(session) == (7, 100, "seven")
        transaction.set_rollback(True)

    assert seen_from_outside(session) == (7, 100, "seven")


def test_many_small_steps_are_few_writes(progress, session):
    writes = []
    progress._on_seen = writes.append

    for _ in range(50):
        progress.advance(1)

    assert len(writes) < 50
    progress.write()
    assert seen_from_outside(session)[0] == 50


def test_a_size_learned_late_corrects_the_total(progress, session, chunk):
    progress.expect(40)
    progress.expect(250)
    progress.write()

    assert seen_from_outside(session)[1] == 250
    chunk.refresh_from_db()
    assert chunk.weight == 250


def test_a_request_to_cancel_is_seen(progress, chunk, monkeypatch):
    monkeypatch.setattr(progress_module, "LOOK_EVERY", 0)
    progress.check_cancelled()
    Job.objects.update(cancel_requested=True)

    with pytest.raises(JobCancelled):
        progress.check_cancelled()


def test_who_lost_the_claim_is_stopped_at_the_next_sign(progress, chunk):
    JobChunk.objects.update(claimed_by="another")

    with pytest.raises(ClaimLost):
        progress.write()
    with pytest.raises(ClaimLost), transaction.atomic():
        progress.remember(row=1)


def test_rows_that_are_busy_do_not_hold_the_work_up(progress, session, chunk):
    progress.advance(1)
    with transaction.atomic():
        Job.objects.select_for_update().get()
        progress.advance(5)
        assert progress.write() is None

    progress.write()
    assert seen_from_outside(session)[0] == 6


def test_the_next_transaction_after_one_that_was_remembered_is_seen_and_can_be_cancelled(
    progress, session, monkeypatch
):
    monkeypatch.setattr(progress_module, "LOOK_EVERY", 0)
    for row in range(3):
        with transaction.atomic():
            progress.advance(10)
            progress.write()
            assert seen_from_outside(session)[0] == 10 * (row + 1)
            progress.remember(row=row)
    Job.objects.update(cancel_requested=True)
    with pytest.raises(JobCancelled), transaction.atomic():
        progress.check_cancelled()


def test_remembering_belongs_into_a_transaction(progress):
    assert not connection.in_atomic_block
    with pytest.raises(RuntimeError):
        progress.remember(row=1)
