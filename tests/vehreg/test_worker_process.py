"""The fixtures other tests stand on do what they say."""

import os
from pathlib import Path

import pytest

from vehreg.celery import app

pytestmark = pytest.mark.worker


def test_a_worker_works_on_the_tests_own_database_and_dies_at_once(celery_worker_process, slot):
    worker = celery_worker_process()

    environment = Path(f"/proc/{worker.pid}/environ").read_text()
    assert f"/{slot.database}\0" in environment
    assert app.control.ping(destination=[worker.name])

    worker.kill()

    assert not os.path.exists(f"/proc/{worker.pid}")
    assert not app.control.ping(destination=[worker.name], timeout=0.3)
