"""A worker killed with -9 in the middle of a check: each case is opened once all the same."""

from collections.abc import Callable

import pytest
from django.db import connection, transaction

from cases.checks.services import start_check
from cases.models import CaseEvent, CheckFinding, CheckRule, Discrepancy, VerificationCase
from tests.cases.checks.rows import bike
from tests.support.waiting import somebody_waits, until
from tests.support.worker import WorkerProcess
from vehreg.accounts.models import Unit
from vehreg.jobs.models import ChunkState, Job, JobChunk, JobState

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.worker]

_ENTRIES = 1


def test_a_killed_worker_leaves_each_case_opened_once(
    celery_worker_process: Callable[..., WorkerProcess], team: Unit
) -> None:
    for _turn in range(5):
        bike(engine_no=None)
    bike(chassis_no="RLH1234567"), bike(chassis_no="RLH1234567")
    job = start_check(user=None).job_id
    # A case is the city team's here: opening one waits for whoever holds that row.
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT FROM accounts_unit WHERE id = %s FOR UPDATE", [team.pk])
        worker = celery_worker_process()
        until(somebody_waits, "no chunk came to open cases")
        worker.kill()
    opened = VerificationCase.objects.all()
    chunk = JobChunk.objects.filter(job=job, stage=_ENTRIES, state=ChunkState.DONE)
    until(lambda: opened.exists() <= chunk.exists(), "cases without the done mark of their chunk")

    celery_worker_process()
    until(lambda: not Job.objects.get(pk=job).is_live, "the job did not end")
    assert Job.objects.get(pk=job).state == JobState.SUCCEEDED
    assert (opened.count(), Discrepancy.objects.count(), CheckFinding.objects.count()) == (7, 7, 7)
    assert CaseEvent.objects.filter(move="opened").count() == 7
    assert CheckRule.objects.get(code="engine_missing").found == 5
