"""A worker killed with -9 in mid-release: each case counts once, and the numbers have no gap."""

import pytest
from django.db import transaction

from cases.models import ChangeRecord, Release, ReleaseCase
from cases.releases.services import release_begin, take_back_begin
from registry.models import Correction, Owner
from tests.cases.releases import rows
from tests.support.sessions import in_another_session
from tests.support.waiting import somebody_waits, until
from vehreg.jobs.models import ChunkState, Job, JobChunk, JobState

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.worker]

SMALL = {"VEHREG_RELEASE_CHUNK_CASES": "4"}


def ended(release):
    until(lambda: not Job.objects.get(pk=release.job_id).is_live, "the job did not end")
    assert Job.objects.get(pk=release.job_id).state == JobState.SUCCEEDED
    return Release.objects.get(pk=release.pk)


def test_a_killed_worker_releases_and_takes_back_each_case_once(ward, drawer, second, celery_worker_process):
    cases = rows.former_cases(ward, 10)
    before = list(Owner.objects.order_by("pk").values_list("name", "id_number", "person_id"))
    last = max(case.subject_id for case in cases)
    accepted = rows.settle(rows.draw(drawer))

    release = kill_and_go_on(
        celery_worker_process, lambda: release_begin(release=accepted, user=second), last
    )
    assert release.counts == {"released": 10}
    numbers = ChangeRecord.objects.order_by("sequence").values_list("sequence", flat=True)
    assert list(numbers) == list(range(1, 11))

    taken = kill_and_go_on(
        celery_worker_process, lambda: take_back_begin(release=release, user=drawer, reason="Thử"), last
    )
    assert taken.counts == {"restored": 10}
    assert list(Owner.objects.order_by("pk").values_list("name", "id_number", "person_id")) == before
    assert ChangeRecord.objects.count() == 20
    assert not Correction.objects.exists()


def kill_and_go_on(celery_worker_process, start, held):
    """Begin the work, kill the worker while it waits for the held entry, let another finish."""
    worker = celery_worker_process(**SMALL)
    with transaction.atomic():
        Owner.objects.select_for_update().get(pk=held)
        release = in_another_session(start)
        until(somebody_waits, "the worker never came to the entry")
        assert JobChunk.objects.filter(job=release.job_id, state=ChunkState.RUNNING).exists()
        worker.kill()
    chunks = JobChunk.objects.filter(job=release.job_id, state=ChunkState.DONE)
    moved = ReleaseCase.objects.filter(release=release, moved_at__gte=release.job.created_at)
    until(lambda: moved.count() == sum(chunk.weight for chunk in chunks.all()), "effects without done marks")
    celery_worker_process(**SMALL)
    return ended(release)
