"""Services of our own, and registers on which one undisturbed process has shown what comes of them."""

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import redis
from django.conf import settings

from cases.runs.services import start_run
from registry.deliveries import services as deliveries
from tests import factories
from tests.cases.runs import town
from tests.hosts.scene import MIGRATED, SCENE, Scene, fleet, found, registers
from tests.registry.deliveries.conftest import make_units
from tests.support.hosts import Host, NoHosts
from tests.support.services import OwnServices
from vehreg.accounts.models import Unit
from vehreg.jobs.models import JobState
from vehreg.jobs.services import run_in_foreground


@pytest.fixture(scope="session")
def wires() -> Iterator[list[Host] | str]:
    """Two hosts, or why there are none."""
    hosts: list[Host] = []
    try:
        hosts += [Host.make(0)]
        hosts += [Host.make(1)]
    except NoHosts as reason:
        for host in hosts:
            host.remove()
        yield str(reason)
        return
    yield hosts
    for host in hosts:
        host.remove()


@pytest.fixture(scope="session")
def own_services(wires: list[Host] | str) -> Iterator[OwnServices]:
    folder = Path(tempfile.mkdtemp(prefix="vehreg-test-"))
    folder.chmod(0o755)
    addresses = () if isinstance(wires, str) else tuple(host.our_address for host in wires)
    services = OwnServices(folder, addresses).start()
    yield services
    services.stop()
    shutil.rmtree(folder)


@pytest.fixture(scope="session")
def expected(own_services: OwnServices, django_db_blocker: Any) -> Iterator[dict[str, Any]]:
    """What one process alone comes to: `match`, and `delivery`."""
    own_services.make_database(like=MIGRATED)
    with django_db_blocker.unblock():
        with own_services.as_ours():
            factories.unit(code="CITY", kind=Unit.Kind.CITY, name="Đội Đăng ký")
            make_units()
            town.build(persons=150)
        own_services.make_database(like="vehreg", name=SCENE)
        with own_services.as_ours():
            job = run_in_foreground(start_run(user=None).job)
            assert job.state == JobState.SUCCEEDED, job.error
            said = {"match": found()}
        own_services.make_database(like=SCENE)
        with own_services.as_ours(), tempfile.TemporaryDirectory() as folder:
            delivery = fleet(Path(folder))
            for start in (deliveries.start_check, deliveries.start_apply):
                assert run_in_foreground(start(delivery=delivery, user=None)).state == JobState.SUCCEEDED
                delivery.refresh_from_db()
            said["delivery"] = registers()
    yield said
    redis.Redis.from_url(settings.REDIS_URL).flushdb()


@pytest.fixture
def scene(
    own_services: OwnServices, expected: dict[str, Any], django_db_blocker: Any, tmp_path: Path
) -> Iterator[Scene]:
    """The registers as they were, on services that the test may break."""
    scene = Scene(own_services, tmp_path)
    with django_db_blocker.unblock():
        scene.begin()
        with own_services.as_ours():
            yield scene
            scene.end()


@pytest.fixture
def hosts(wires: list[Host] | str) -> Iterator[list[Host]]:
    """Two hosts, joined to this one."""
    if isinstance(wires, str):
        pytest.skip(f"no hosts can be made here: {wires}")
    yield wires
    for host in wires:
        host.join()
