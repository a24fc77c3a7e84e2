"""Workers, broker or database lost in the middle: the work ends with what an undisturbed process comes to."""

from pathlib import Path
from typing import Any

import pytest

from cases.runs.job import MatchingRun
from cases.runs.services import start_run
from registry.deliveries import services as deliveries
from registry.deliveries.jobs import ApplyDelivery
from registry.models import Vehicle
from registry.models.delivery import DeliveryState
from tests.hosts.scene import Scene, fleet, found, registers
from vehreg.jobs.models import Job, JobState
from vehreg.jobs.shared_files import shared_folder

# Long beside others that use all cores.
pytestmark = [pytest.mark.worker, pytest.mark.timeout(600)]

SNAPSHOT, MATCH, RETIRE, CASES = range(1, len(MatchingRun.stages))


def check_run(scene: Scene, job: Job, expected: dict[str, Any]) -> None:
    ended = scene.finish(job)
    assert (ended.state, ended.error) == (JobState.SUCCEEDED, "")
    assert found() == expected["match"]
    assert not shared_folder(job.pk).exists()


def test_a_run_that_is_killed_in_every_stage(scene: Scene, expected: dict[str, Any]) -> None:
    worker = scene.worker()
    job = start_run(user=None).job
    for _ in (SNAPSHOT, MATCH, RETIRE, CASES):
        with scene.held(SNAPSHOT, MATCH, RETIRE, CASES):
            worker.kill_pool()
    check_run(scene, job, expected)
    first = job.chunks.filter(number=0, stage__gte=SNAPSHOT).order_by("stage")
    assert list(first.values_list("stage", "attempts")) == [
        (stage, 2) for stage in range(SNAPSHOT, CASES + 1)
    ]


def test_a_run_whose_broker_comes_back_empty(scene: Scene, expected: dict[str, Any]) -> None:
    scene.worker()
    job = start_run(user=None).job
    with scene.held(MATCH):
        scene.services.lose_broker()
    check_run(scene, job, expected)


@pytest.mark.parametrize("stage", [MATCH, CASES])
def test_a_run_whose_database_breaks_down(scene: Scene, expected: dict[str, Any], stage: int) -> None:
    scene.worker()
    job = start_run(user=None).job
    with scene.held(stage):
        scene.services.break_database()
    check_run(scene, job, expected)
    assert job.chunks.get(stage=stage, number=0).attempts == 2


def checked(scene: Scene, folder: Path) -> Any:
    delivery = fleet(folder)
    assert scene.finish(deliveries.start_check(delivery=delivery, user=None)).state == JobState.SUCCEEDED
    delivery.refresh_from_db()
    return delivery


ROWS = ApplyDelivery.stages.index("rows")


def test_a_delivery_whose_broker_comes_back_empty(
    scene: Scene, expected: dict[str, Any], tmp_path: Path
) -> None:
    scene.worker()
    job = deliveries.start_apply(delivery=checked(scene, tmp_path), user=None)
    with scene.held(ROWS):
        scene.services.lose_broker()
    assert scene.finish(job).state == JobState.SUCCEEDED
    assert registers() == expected["delivery"]


def test_a_delivery_whose_database_breaks_down_is_checked_and_applied_again(
    scene: Scene, expected: dict[str, Any], tmp_path: Path
) -> None:
    """Staging is not written to the log: it says so, and what it had written is not written twice."""
    scene.worker()
    delivery = checked(scene, tmp_path)
    job = deliveries.start_apply(delivery=delivery, user=None)
    with scene.held(ROWS):
        scene.services.break_database()
    failed = scene.finish(job)
    assert failed.state == JobState.FAILED
    assert failed.error
    delivery.refresh_from_db()
    assert (delivery.state, delivery.message) == (DeliveryState.RECEIVED, failed.error)
    for start in (deliveries.start_check, deliveries.start_apply):
        assert scene.finish(start(delivery=delivery, user=None)).state == JobState.SUCCEEDED
        delivery.refresh_from_db()
    assert Vehicle.objects.count() == 400
    assert registers() == expected["delivery"]
