import os
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.db import connection

from tests.support.worker import WorkerProcess
from tests.vehreg.jobs.kinds import TABLE
from vehreg.jobs.models import Job
from vehreg.jobs.services import start_job

WAIT_SECONDS = 60


@pytest.fixture
def wait_until() -> Callable[..., None]:
    def wait(condition: Callable[[], object], what: str = "") -> None:
        deadline = time.monotonic() + WAIT_SECONDS
        while not condition():
            assert time.monotonic() < deadline, f"waited in vain: {what}"
            time.sleep(0.05)

    return wait


@pytest.fixture
def tally_table(transactional_db: None, broker: object) -> Iterator[None]:
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TABLE IF EXISTS {TABLE}")
        cursor.execute(f"CREATE TABLE {TABLE} (job bigint, stage text, number int)")
    yield
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TABLE {TABLE}")


@pytest.fixture
def stage_door(tmp_path: Path, wait_until: Callable[..., None]) -> SimpleNamespace:
    """Chunks that pause wait at a gate; a test knows when one is inside, and opens it."""
    folder = tmp_path / "door"
    folder.mkdir()

    def inside() -> list[Path]:
        return list(folder.glob("inside-*"))

    return SimpleNamespace(
        folder=str(folder),
        inside=inside,
        wait=lambda count=1: wait_until(lambda: len(inside()) >= count, "a chunk inside"),
        open=(folder / "gate").touch,
    )


@pytest.fixture
def tally(tally_table: None, stage_door: SimpleNamespace) -> Callable[..., Job]:
    """Queue a tally: `tally(behave={"first/0": "pause"}, lane="a")`."""

    def start(kind: str = "tally", user: object = None, **params: object) -> Job:
        return start_job(kind=kind, params={"folder": stage_door.folder, **params}, user=user)

    return start


KINDS = {"VEHREG_JOB_KINDS": "tests.vehreg.jobs.kinds"}


@pytest.fixture
def worker(celery_worker_process: Callable[..., WorkerProcess]) -> Callable[..., WorkerProcess]:
    """Start a real worker that knows the tests' kinds; it ends with the test."""

    def start(*arguments: str, **environment: str) -> WorkerProcess:
        return celery_worker_process(*arguments, **KINDS, **environment)

    return start


@pytest.fixture(scope="module")
def _lasting_worker(
    django_db_setup: None, worker_environment: dict[str, str], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[WorkerProcess]:
    log = tmp_path_factory.mktemp("worker") / "worker.log"
    name = f"lasting{os.getpid()}@localhost"
    worker = WorkerProcess(name, worker_environment | KINDS, log, ("--concurrency", "2"))
    yield worker.start()
    worker.kill()


@pytest.fixture
def workers(tally_table: None, _lasting_worker: WorkerProcess) -> None:
    """Two processes of one worker, for the tests that leave it alive."""


@pytest.fixture
def ended(wait_until: Callable[..., None]) -> Callable[[Job], Job]:
    """Wait until a job is over."""

    def wait(job: Job) -> Job:
        def over() -> bool:
            job.refresh_from_db()
            return not job.is_live

        wait_until(over, f"the end of job {job.pk}")
        return job

    return wait
