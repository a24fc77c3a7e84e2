"""Sixty officers over HTTP: alone, while deliveries load, while another system sends declarations."""

from __future__ import annotations

import json
import statistics
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.db import connection
from django.utils import timezone

from cases.progress.counting import count_figures
from cases.progress.reading import figures_for
from registry.deliveries.services import receive_delivery, start_apply, start_check
from registry.models import Delivery
from registry.simulation.city import CityFiles
from tests.benchmarks import city, people
from tests.benchmarks.bench import Bench
from tests.benchmarks.loading import NotLoaded, wait_for_jobs
from tests.benchmarks.processes import serving, workers
from tests.benchmarks.steps.sending import send, words_of
from tests.benchmarks.web import web
from vehreg.accounts.models import User

# So many files of a day each lie ready, delivered one after the other while the officers work.
_FILES = 3
_LOCUST = ("-m", "locust", "-f", "tests/benchmarks/officers/locustfile.py", "--headless", "--only-summary")
_SIGN_IN = "sign in"
# Declarations a second beside the officers: twice what is wanted.
_A_SECOND = 600


@dataclass
class Load:
    """Deliveries as the admin makes them: workers do all of it."""

    files: list[Path]
    rows: int = 0
    seconds: float = 0
    error: Exception | None = None
    enough: threading.Event = field(default_factory=threading.Event)

    def run(self) -> None:
        began = time.monotonic()
        try:
            for path in self.files:
                if not self.enough.is_set():
                    self.rows += _deliver(path)
                    self.seconds = time.monotonic() - began
        except Exception as error:
            self.error = error
        finally:
            connection.close()


@dataclass
class Age:
    """How old the figures of the front page are at most, looked at each second."""

    user: User
    most: float = 0
    over: threading.Event = field(default_factory=threading.Event)

    def run(self) -> None:
        while not self.over.wait(1):
            counted_at = figures_for(self.user).counted_at
            if counted_at is not None:
                self.most = max(self.most, (timezone.now() - counted_at).total_seconds())
        connection.close()


def at_work(bench: Bench) -> None:
    seconds, room = bench.size.officer_seconds, bench.room("officers")
    load = Load(_files(bench, room))
    officers = people.sixty_officers(room / "officers.json")
    requests = room / "requests.jsonl"
    requests.unlink(missing_ok=True)
    count_figures()
    age = Age(people.supervisor())
    with (
        workers(bench.environment, bench.folder, "--beat"),
        web(bench) as address,
        _thread(age.run, age.over),
        _officers(bench, address, len(officers), requests),
    ):
        idle = _period(seconds)
        with _thread(load.run, load.enough):
            loaded = _period(seconds)
        wait_for_jobs(bench.environment)
        begin = time.time()
        told = send(bench, address, number=bench.size.sent_beside, a_second=_A_SECOND)
        sending = begin, time.time()
        comparing = wait_for_jobs(bench.environment)
    if load.error is not None:
        raise NotLoaded(f"the deliveries beside the officers: {load.error}")
    periods = {"idle": idle, "loaded": loaded, "sending": sending}
    _note(bench, [json.loads(line) for line in requests.read_text().splitlines()], periods)
    bench.note("officers.sent", told["accepted"] / told["seconds"], words_of(told, comparing))
    bench.note("officers.rows", load.rows, f"delivered meanwhile, in {load.seconds:,.0f} s")
    bench.note("dashboard.age", age.most, "the oldest seen while the officers worked")
    for path in load.files:
        path.unlink()


def _note(bench: Bench, requests: list[dict[str, Any]], periods: dict[str, tuple[float, float]]) -> None:
    work = [one for one in requests if one["name"] != _SIGN_IN]
    errors = []
    for name, (begin, end) in periods.items():
        during = [one for one in work if begin <= one["at"] < end]
        if len(during) < 2:
            raise NotLoaded("the officers did nothing")
        p95 = statistics.quantiles([one["ms"] for one in during], n=20, method="inclusive")[-1]
        remark = f"{len(during):,} requests in {end - begin:.0f} s: {_counts(during)}"
        bench.note(f"officers.{name}", p95, remark)
        errors += [one["error"] for one in during if one["error"]]
    bench.note("officers.failures", len(errors), "; ".join(sorted(set(errors))[:3]))


def _counts(requests: list[dict[str, Any]]) -> str:
    names = [one["name"] for one in requests]
    return ", ".join(f"{names.count(name)} {name}" for name in dict.fromkeys(sorted(names)))


def _period(seconds: float) -> tuple[float, float]:
    begin = time.time()
    time.sleep(seconds)
    return begin, time.time()


def _files(bench: Bench, room: Path) -> list[Path]:
    files = CityFiles.below(bench.city)
    return [
        city.difference(files, room / f"load-{number}.csv", day=1 + number, size=bench.size)
        for number in range(_FILES)
    ]


def _deliver(path: Path) -> int:
    with path.open("rb") as file:
        delivery = receive_delivery(kind="vehicles", file=file, filename=path.name, user=None)
    for start in (start_check, start_apply):
        job = start(delivery=delivery, user=None)
        while job.is_live:
            time.sleep(0.3)
            job.refresh_from_db()
        if job.state != "succeeded":
            raise NotLoaded(job.error or job.state)
        delivery = Delivery.objects.get(pk=delivery.pk)
    return int(delivery.rows or 0)


@contextmanager
def _thread(run: Any, over: threading.Event) -> Iterator[None]:
    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()


@contextmanager
def _officers(bench: Bench, address: str, number: int, requests: Path) -> Iterator[None]:
    """Ready when each of them has signed in."""
    environment = bench.environment | {
        "BENCH_OFFICERS": str(requests.parent / "officers.json"),
        "BENCH_REQUESTS": str(requests),
    }

    def are_signed_in() -> bool:
        # Two requests each: the page, and the form sent.
        return requests.exists() and requests.read_text().count(f'"{_SIGN_IN}"') >= 2 * number

    command = [*_LOCUST, "--host", address, "--users", str(number), "--spawn-rate", "10"]
    log = bench.folder / "officers.log"
    with serving(command, environment=environment, log=log, is_ready=are_signed_in):
        yield
