"""A worker killed with -9 while it confirms a lot: each declaration is confirmed once all the same."""

import pytest
from django.db import transaction

from cases.models import Confirmation, ConfirmationLot, Declaration, LotDeclaration
from tests.cases.confirmations.rows import easy_rule, judge_all, lot_of
from tests.support.sessions import in_another_session
from tests.support.waiting import somebody_waits, until
from vehreg.jobs.models import ChunkState, Job, JobChunk, JobState

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.worker]


def test_a_killed_worker_confirms_each_declaration_once(
    ward, officer, second, supervisor, celery_worker_process
):
    easy_rule(supervisor)
    lot = lot_of(ward, officer, 12)
    worker = celery_worker_process()
    last = LotDeclaration.objects.filter(lot=lot).order_by("-pk").first()
    with transaction.atomic():
        Declaration.objects.select_for_update().get(pk=last.declaration_id)
        accepted = in_another_session(lambda: judge_all(lot, second))
        until(somebody_waits, "the worker never came to the declaration")
        assert JobChunk.objects.filter(job=accepted.job_id, state=ChunkState.RUNNING).exists()
        worker.kill()
    chunk = JobChunk.objects.filter(job=accepted.job_id, state=ChunkState.DONE)
    until(
        lambda: Confirmation.objects.exists() <= chunk.exists(), "words without the done mark of their chunk"
    )

    celery_worker_process()
    until(lambda: not Job.objects.get(pk=accepted.job_id).is_live, "the job did not end")
    assert Job.objects.get(pk=accepted.job_id).state == JobState.SUCCEEDED
    assert ConfirmationLot.objects.get(pk=lot.pk).counts == {"confirmed": 12}
    assert Confirmation.objects.count() == 12
    assert Declaration.objects.filter(confirmed_at=None).count() == 0
