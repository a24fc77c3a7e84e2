"""A run whose worker is killed with -9 in mid-chunk ends with the verdicts of an undisturbed one."""

from collections.abc import Callable

import pytest
from django.db import connection, transaction

from cases.models import Candidate, CaseEvent, MatchRun, Verdict
from cases.runs.services import start_run
from tests.cases.runs import standing, town
from tests.support.waiting import somebody_waits, until
from tests.support.worker import WorkerProcess
from vehreg.jobs.models import ChunkState, Job, JobChunk, JobState

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.worker]

_MATCH = 2


def test_a_killed_worker_changes_no_verdict(
    match: Callable[..., MatchRun], celery_worker_process: Callable[..., WorkerProcess]
) -> None:
    town.build(persons=60)
    match()
    verdicts, cases, links = standing.verdicts(), standing.open_cases(), standing.links()
    with connection.cursor() as cursor:
        cursor.execute(
            "TRUNCATE cases_verdict, cases_candidate, cases_verificationcase, cases_discrepancy,"
            " cases_caseevent, cases_matchrun CASCADE"
        )

    worker = celery_worker_process(VEHREG_MATCH_CHUNK_PARTIES="25")
    run = start_run(user=None)
    # In the middle of its verdicts the chunk meets one that is being written, and waits to see it through.
    held = next(key for key, said in verdicts.items() if (key[0], said[0]) == ("owner", "verified"))
    person_id = verdicts[held][3]
    with transaction.atomic():
        Verdict.objects.create(
            register=held[0], subject_id=held[1], run=run, verdict="verified", pass_name="number", score=1
        )
        until(somebody_waits, "no chunk came")
        assert JobChunk.objects.filter(job=run.job, stage=_MATCH, state=ChunkState.RUNNING).count() == 1
        worker.kill()
        transaction.set_rollback(True)
    # Its COMMIT may have been on the way: all of the chunk stands with its done mark, or nothing does.
    chunk = JobChunk.objects.filter(job=run.job, stage=_MATCH, state=ChunkState.DONE)
    linked = Verdict.objects.filter(register="owner", person=person_id)
    until(lambda: linked.exists() <= chunk.exists(), "verdicts without the done mark of their chunk")

    celery_worker_process(VEHREG_MATCH_CHUNK_PARTIES="25")
    until(lambda: not Job.objects.get(pk=run.job_id).is_live, "the run did not end")
    run.refresh_from_db()
    assert (run.job.state, run.state) == (JobState.SUCCEEDED, "done")
    assert run.parties == len(verdicts)
    assert (standing.verdicts(), standing.open_cases(), standing.links()) == (verdicts, cases, links)
    assert CaseEvent.objects.count() == run.cases_opened == len(cases)
    assert Candidate.objects.count() == sum(len(said[-1]) for said in verdicts.values())
