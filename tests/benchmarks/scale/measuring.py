"""Delivers and matches a simulated city with real workers, on a PostgreSQL of its own."""

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.db import connection

from cases.models import MatchRun, VerificationCase
from cases.runs.services import start_run
from registry.deliveries.services import receive_delivery, start_apply, start_check
from registry.simulation.city import CityFiles, simulate
from registry.simulation.errors import known
from tests.benchmarks.scale.meter import read, serial_seconds
from tests.benchmarks.scale.model import Cost
from tests.support.services import MIGRATED, OwnServices
from tests.support.worker import WorkerProcess
from vehreg.jobs.models import Job, JobState

_FORGET = (
    "TRUNCATE cases_verdict, cases_verificationcase, cases_matchrun CASCADE",
    "UPDATE registry_owner SET person_id = NULL WHERE person_id IS NOT NULL",
    "VACUUM ANALYZE registry_owner",
)


@dataclass
class Bench:
    """A city of `vehicles`, and workers of one process each."""

    services: OwnServices
    folder: Path
    vehicles: int

    def city(self) -> CityFiles:
        self.services.make_database(like=MIGRATED)
        persons = self.vehicles * 11 // 10
        return simulate(
            self.folder / "city", vehicles=self.vehicles, persons=persons, licences=0, declarations=0,
            seed=1, errors=known(),
        )  # fmt: skip

    @contextmanager
    def workers(self, count: int, **environment: str) -> Iterator[list[WorkerProcess]]:
        env = {
            **os.environ,
            "DATABASE_URL": self.services.database_url(),
            "REDIS_URL": self.services.redis_url(),
            "VEHREG_FILES_DIR": str(settings.MEDIA_ROOT),
            "VEHREG_MATCH_THREADS": "1",
            **environment,
        }
        self.services.empty_broker()
        names = [f"bench{number}-{time.monotonic_ns()}@localhost" for number in range(count)]
        started = [
            WorkerProcess(name, env, self.folder / f"{name}.log", bell=self.services.bell) for name in names
        ]
        try:
            yield [worker.start() for worker in started]
        finally:
            for worker in started:
                worker.kill()

    def deliver(self, kind: str, path: Path, workers: list[WorkerProcess]) -> Cost:
        before = self._read(workers)
        with path.open("rb") as file:
            delivery = receive_delivery(kind=kind, file=file, filename=path.name, user=None)
        jobs = []
        for start in (start_check, start_apply):
            jobs.append(self._finish(start(delivery=delivery, user=None)))
            delivery.refresh_from_db()
        return self._cost(f"deliver {kind}", int(delivery.rows or 0), workers, before, jobs)

    def match(self, workers: list[WorkerProcess]) -> Cost:
        """The whole registers, as if for the first time."""
        with connection.cursor() as cursor:
            for statement in _FORGET:
                cursor.execute(statement)
        before = self._read(workers)
        run = start_run(user=None)
        assert run.job is not None
        job = self._finish(run.job)
        parties = MatchRun.objects.values_list("parties", flat=True).get(pk=run.pk)
        return self._cost("match", parties, workers, before, [job])

    @staticmethod
    def cases() -> int:
        return VerificationCase.objects.count()

    def _finish(self, job: Job) -> Job:
        while job.is_live:
            self.services.ring()
            for _ in range(20):
                time.sleep(0.05)
                job.refresh_from_db()
                if not job.is_live:
                    break
        assert job.state == JobState.SUCCEEDED, job.error_detail or job.error
        return job

    def _read(self, workers: list[WorkerProcess]) -> Any:
        return read(workers, self.services.database_process)

    def _cost(self, name: str, rows: int, workers: list[WorkerProcess], before: Any, jobs: list[Job]) -> Cost:
        used = self._read(workers).since(before)
        return Cost(
            name,
            rows,
            used.clock,
            used.workers,
            used.database,
            serial_seconds(jobs),
            used.wal_mb,
            used.disk_mb,
        )


def warm_up() -> None:
    call_command("load_units", verbosity=0)
