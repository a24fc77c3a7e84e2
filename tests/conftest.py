"""What every test stands on: real PostgreSQL, a real broker, real workers, a real browser."""

import itertools
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import redis
from django.conf import settings
from django.core.files.storage import default_storage
from django.db import connection, connections

from tests.support.browser import ARGUMENTS, find_chromium, is_required
from tests.support.slot import Slot, take_slot
from tests.support.worker import WorkerProcess
from vehreg.celery import app

_slot_key = pytest.StashKey[Slot]()
_numbers = itertools.count(1)


def pytest_configure(config: pytest.Config) -> None:
    """Give this test process its own database names and folder before anything connects."""
    slot = config.stash[_slot_key] = take_slot(Path(settings.VAR_DIR))
    connections["default"].settings_dict["TEST"]["NAME"] = slot.database
    _point_at_broker(slot.redis_url(settings.REDIS_URL))
    settings.MEDIA_ROOT = str(slot.files)
    settings.STORAGES["default"]["OPTIONS"]["location"] = str(slot.files)
    assert default_storage.base_location == str(slot.files)
    # What is one process here cannot be lost in another.
    settings.FOREGROUND_PROCESSES = 1
    # Signing in is not what most tests are about; Argon2 takes its time by design.
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher", *settings.PASSWORD_HASHERS]
    # Playwright keeps an event loop in the test's thread, which Django takes for async code.
    os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")


def pytest_unconfigure(config: pytest.Config) -> None:
    if slot := config.stash.get(_slot_key, None):
        slot.release()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Without a chromium the browser tests are skipped, except where they are required."""
    if find_chromium() or is_required():
        return
    skip = pytest.mark.skip(reason="no chromium found")
    for item in items:
        if item.get_closest_marker("browser"):
            item.add_marker(skip)


def _point_at_broker(url: str) -> None:
    settings.REDIS_URL = settings.CELERY_BROKER_URL = url
    settings.CACHES["default"]["LOCATION"] = url
    app.conf.broker_url = url
    redis.Redis.from_url(url).flushdb()


@pytest.fixture(scope="session")
def slot(pytestconfig: pytest.Config) -> Slot:
    """What this test process has for itself."""
    return pytestconfig.stash[_slot_key]


@pytest.fixture(scope="session")
def django_db_modify_db_settings() -> None:
    """pytest-django's suffix per xdist process is not needed: the slot names the database."""


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> None:
    """A test database needs no durable commits."""
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        name = connection.ops.quote_name(connection.settings_dict["NAME"])
        cursor.execute(f"ALTER DATABASE {name} SET synchronous_commit = off")
        cursor.execute("SET synchronous_commit = off")


@pytest.fixture(scope="session")
def worker_environment(slot: Slot) -> dict[str, str]:
    """The environment in which another process of ours works on this test's data."""
    return {
        **os.environ,
        "DATABASE_URL": slot.database_url(settings.DATABASE_URL),
        "REDIS_URL": settings.REDIS_URL,
        "VEHREG_FILES_DIR": str(slot.files),
    }


@pytest.fixture
def broker(slot: Slot) -> Iterator[redis.Redis]:
    """This test process's own broker database, empty."""
    client = redis.Redis.from_url(settings.REDIS_URL)
    client.flushdb()
    yield client
    client.close()


@pytest.fixture
def celery_worker_process(
    transactional_db: None, broker: redis.Redis, worker_environment: dict[str, str], tmp_path: Path
) -> Iterator[Callable[..., WorkerProcess]]:
    """Starts real workers on the test's data: `worker = celery_worker_process(VEHREG_X="1")`.

    Keywords are added to the worker's environment, positional arguments to its command line. The
    worker is ready when the call returns; `worker.kill()` is a kill -9. All are ended with the test.
    """
    workers: list[WorkerProcess] = []

    def start(*arguments: str, **environment: str) -> WorkerProcess:
        name = f"test{os.getpid()}-{next(_numbers)}@localhost"
        worker = WorkerProcess(name, worker_environment | environment, tmp_path / f"{name}.log", arguments)
        workers.append(worker)
        return worker.start()

    yield start
    for worker in workers:
        worker.kill()


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """The system's chromium: Playwright's own builds are not downloaded."""
    chromium = find_chromium()
    assert chromium is not None, "The browser tests need chromium."
    return {**browser_type_launch_args, "executable_path": str(chromium), "args": [*ARGUMENTS]}
