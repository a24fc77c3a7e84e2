"""Registers that work is done on, again and again from the same beginning, and what it has left."""

import os
import time
from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import psycopg
from django.conf import settings
from django.db import connection

from cases.models import CaseEvent, VerificationCase
from registry.deliveries import services as deliveries
from registry.models import Delivery, Owner, Vehicle
from tests.cases.runs import standing
from tests.registry.deliveries.files import csv_text, vehicle, write
from tests.support.services import MIGRATED, OwnServices
from tests.support.worker import WorkerProcess
from vehreg.jobs.models import Job, JobChunk

SCENE = "scene"
_HELD = 4171
_PATIENCE = 120.0
_SMALL = {
    "VEHREG_MATCH_CHUNK_PARTIES": "30",
    "VEHREG_DELIVERY_CHUNK_ROWS": "80",
    "VEHREG_LOST_HOST_SECONDS": "3",
    "VEHREG_MATCH_MEMORY_MB": "512",
}
# The first try of the first chunk of a stage waits at its very end, before it is marked as done.
_HOLD = """
CREATE OR REPLACE FUNCTION hold_chunk() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN PERFORM pg_advisory_xact_lock_shared(4171); RETURN NEW; END $$;
CREATE OR REPLACE TRIGGER hold_chunk BEFORE UPDATE ON jobs_jobchunk FOR EACH ROW
WHEN (NEW.state = 'done' AND NEW.attempts = 1 AND NEW.number = 0 AND NEW.stage = ANY('{%s}'::int[]))
EXECUTE FUNCTION hold_chunk()"""
_HELD_CHUNKS = """
SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted AND objid = 4171
AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"""


@dataclass
class Scene:
    services: OwnServices
    folder: Path
    workers: list[WorkerProcess] = field(default_factory=list)

    def begin(self, like: str = SCENE) -> None:
        connection.close()
        self.services.make_database(like=like)
        self.services.empty_broker()

    def worker(
        self, address: str = "127.0.0.1", inside: tuple[str, ...] = (), **environment: str
    ) -> WorkerProcess:
        """A worker on this database and broker, by the address it reaches them at."""
        name = f"scene{len(self.workers)}-{time.monotonic_ns()}@localhost"
        env = {
            **os.environ,
            **_SMALL,
            "VEHREG_FILES_DIR": str(settings.MEDIA_ROOT),
            "DATABASE_URL": self.services.database_url(address),
            "REDIS_URL": self.services.redis_url(address),
            **environment,
        }
        worker = WorkerProcess(name, env, self.folder / f"{name}.log", inside=inside, bell=self.services.bell)
        self.workers.append(worker)
        return worker.start()

    def until(self, done: Callable[[], object], what: str) -> None:
        """Ring the sweeper, as the scheduler does, until it is so."""
        deadline, rung = time.monotonic() + _PATIENCE, 0.0
        while not done():
            assert time.monotonic() < deadline, f"waited in vain: {what}\n{self._logs()}"
            if time.monotonic() - rung > 0.5:
                self.services.ring()
                rung = time.monotonic()
            time.sleep(0.05)

    def finish(self, job: Job) -> Job:
        self.until(lambda: not Job.objects.get(pk=job.pk).is_live, f"the end of {job}")
        return Job.objects.get(pk=job.pk)

    @contextmanager
    def held(self, *stages: int) -> Iterable[AbstractContextManager[None]]:
        """The first chunk of each of these stages, when it has done everything but say so."""
        with self.services.holding(_HELD) as session:
            session.execute(_HOLD % ",".join(map(str, stages)))
            self.until(lambda: _count(session), "a chunk that is held")
            yield

    def end(self) -> None:
        for worker in self.workers:
            worker.kill()

    def _logs(self) -> str:
        return "\n".join(worker.log.read_text(errors="replace")[-1500:] for worker in self.workers)


def _count(session: psycopg.Connection[tuple[object, ...]]) -> int:
    row = session.execute(_HELD_CHUNKS).fetchone()
    assert row is not None
    return int(str(row[0]))


def found() -> tuple[object, ...]:
    """What a matching run has left: verdicts, candidates, links, cases; no ids of its own and no times."""
    counts = VerificationCase.objects.count(), CaseEvent.objects.count()
    return standing.verdicts(), standing.open_cases(), standing.links(), counts


def registers() -> tuple[object, ...]:
    """What a delivery has left."""
    vehicles = Vehicle.objects.order_by("source_id").values_list(
        "source_id", "plate", "vehicle_kind", "brand", "owner__name", "owner__id_number", "unit__code"
    )
    owners = Owner.objects.order_by("name", "id_number", "vehicle_count", "address").values_list(
        "name", "id_number", "birth_date", "vehicle_count", "unit__code"
    )
    return list(vehicles), list(owners)


def fleet(folder: Path, rows: int = 400) -> Delivery:
    """A file of vehicles as it arrives: every third owner has two, every fifth no number."""
    lines = [
        vehicle(n, owner_id_number="" if n % 5 == 0 else f"001070{n - n % 3:06d}", owner_name="Trần Thị Bình")
        for n in range(rows)
    ]
    with write(folder, csv_text(lines)).open("rb") as file:
        return deliveries.receive_delivery(kind="vehicles", file=file, filename="xe.csv", user=None)


def hosts_of(job: Job, stage: int) -> set[str]:
    """Names of the hosts that did chunks of a stage."""
    claims = JobChunk.objects.filter(job=job, stage=stage).values_list("claimed_by", flat=True)
    return {claim.split(":")[0] for claim in claims}


__all__ = ["MIGRATED", "SCENE", "Scene", "fleet", "found", "hosts_of", "registers"]
