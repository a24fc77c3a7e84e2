"""Two worker hosts, each with its own network, name and disk; PostgreSQL, broker and files are shared."""

from pathlib import Path
from typing import Any

import pytest

from cases.models import Candidate, Verdict
from cases.runs.services import start_run
from registry.deliveries import services as deliveries
from registry.deliveries.jobs import ApplyDelivery
from tests.hosts.scene import Scene, fleet, found, hosts_of, registers
from tests.hosts.test_faults import MATCH, check_run
from tests.support.hosts import Host
from tests.support.worker import WorkerProcess
from vehreg.jobs.models import ChunkState, JobState

# Long beside others that use all cores.
pytestmark = [pytest.mark.worker, pytest.mark.timeout(600)]


def worker_on(scene: Scene, host: Host, threads: int) -> WorkerProcess:
    disk = {"VEHREG_LOCAL_DIR": f"{host.disk}/local", "VEHREG_VAR_DIR": str(host.disk)}
    return scene.worker(
        host.our_address, host.inside, TMPDIR=f"{host.disk}/tmp", VEHREG_MATCH_THREADS=str(threads), **disk
    )


def disk_of(host: Host, worker: WorkerProcess) -> Path:
    """The host's own disk, as its worker sees it."""
    return Path(f"/proc/{worker.pid}/root{host.disk}")


def test_work_is_spread_over_two_hosts_and_comes_to_the_same(
    scene: Scene, hosts: list[Host], expected: dict[str, Any], tmp_path: Path
) -> None:
    workers = [worker_on(scene, host, threads=number) for number, host in enumerate(hosts, start=1)]
    both = {host.name for host in hosts}

    run = start_run(user=None)
    check_run(scene, run.job, expected)
    assert hosts_of(run.job, MATCH) == both
    disks = [disk_of(host, worker) for host, worker in zip(hosts, workers, strict=True)]
    assert all((disk / "local" / "jobs").is_dir() for disk in disks)
    scene.until(lambda: not any(list(disk.glob("local/jobs/*")) for disk in disks), "disks without copies")
    assert not list(hosts[0].disk.iterdir())  # here, it is nobody's disk

    scene.begin()
    delivery = fleet(tmp_path)
    for start in (deliveries.start_check, deliveries.start_apply):
        job = start(delivery=delivery, user=None)
        assert scene.finish(job).state == JobState.SUCCEEDED
        delivery.refresh_from_db()
    assert hosts_of(job, ApplyDelivery.stages.index("rows")) == both
    assert registers() == expected["delivery"]


def test_a_host_cut_off_in_the_middle_changes_nothing_and_its_return_neither(
    scene: Scene, hosts: list[Host], expected: dict[str, Any]
) -> None:
    cut, other = hosts
    worker_on(scene, cut, threads=1)
    run = start_run(user=None)
    with scene.held(MATCH):
        left = worker_on(scene, other, threads=2)
        cut.cut_off()
    check_run(scene, run.job, expected)
    chunk = run.job.chunks.get(stage=MATCH, number=0)
    assert (chunk.state, chunk.attempts, chunk.claimed_by.split(":")[0]) == (ChunkState.DONE, 2, other.name)

    cut.join()
    left.kill()
    again = start_run(user=None)  # nobody else is there to do it
    assert scene.finish(again.job).state == JobState.SUCCEEDED
    assert hosts_of(again.job, MATCH) == {cut.name}
    assert found() == expected["match"]
    assert not Verdict.objects.filter(run=again).exists()
    assert Candidate.objects.count() == sum(len(said[-1]) for said in found()[0].values())
