"""A worker killed with -9 in the middle: each declaration counts once all the same."""

from collections.abc import Callable

import pytest
from django.db import transaction

from cases.declarations.job import start_reconciliation
from cases.models import CaseEvent, Declaration, Discrepancy, VerificationCase
from registry.models import Person
from tests import factories
from tests.cases.declarations.rows import declaration, owner_of, registered
from tests.support.waiting import somebody_waits, until
from tests.support.worker import WorkerProcess
from vehreg.jobs.models import ChunkState, Job, JobChunk, JobState

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.worker]

_RECONCILE = 1


def test_a_killed_worker_leaves_each_declaration_counted_once(
    celery_worker_process: Callable[..., WorkerProcess],
) -> None:
    sold, mine = registered(), registered()
    declaration(owner_of(sold), sold, usage_status="sold_not_transferred")
    declaration(factories.person(full_name="Trần Thị Hoa"), sold, usage_status="bought_not_transferred")
    declaration(owner_of(mine), mine)

    job = start_reconciliation().pk
    # The last thing PostgreSQL does for a chunk is to look whether its persons exist: it waits for this one.
    with transaction.atomic():
        Person.objects.select_for_update().get(pk=owner_of(mine).pk)
        worker = celery_worker_process()
        until(somebody_waits, "no chunk came")
        worker.kill()
    # Its COMMIT may have been on the way: all of the chunk stands with its done mark, or nothing does.
    judged = Declaration.objects.exclude(state="received")
    chunk = JobChunk.objects.filter(job=job, stage=_RECONCILE, state=ChunkState.DONE)
    until(lambda: judged.exists() <= chunk.exists(), "judgements without the done mark of their chunk")

    celery_worker_process()
    until(lambda: not Job.objects.get(pk=job).is_live, "the job did not end")
    assert Job.objects.get(pk=job).state == JobState.SUCCEEDED
    states = Declaration.objects.order_by("pk").values_list("state", flat=True)
    assert list(states) == ["differs", "differs", "confirms"]
    assert (VerificationCase.objects.count(), Discrepancy.objects.count()) == (1, 1)
    assert CaseEvent.objects.filter(move="declared").count() == 1
