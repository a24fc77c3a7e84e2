"""Declarations over the API: one by one, a hundred at a time; every answer comes after its commit."""

from __future__ import annotations

from typing import Any

from registry.simulation.city import CityFiles
from tests.benchmarks.bench import Bench
from tests.benchmarks.loading import NotLoaded, wait_for_jobs
from tests.benchmarks.processes import run_program, workers
from tests.benchmarks.web import web
from vehreg.clients.services import create_client

_BATCH = 100


def by_api(bench: Bench) -> None:
    """As fast as they are taken, with the workers comparing them with the registers meanwhile."""
    with workers(bench.environment, bench.folder, "--beat"), web(bench) as address:
        for name, size, number in (("single", 1, bench.size.sent_singly), ("batch", _BATCH, bench.size.sent)):
            told = send(bench, address, number=number, size=size)
            comparing = wait_for_jobs(bench.environment)
            bench.note(f"sent.{name}", told["accepted"] / told["seconds"], words_of(told, comparing))


def words_of(told: dict[str, Any], comparing: float) -> str:
    return f"{told['accepted']:,} in {told['seconds']:,.0f} s, compared {comparing:.0f} s later"


def send(bench: Bench, address: str, *, number: int, size: int = _BATCH, a_second: int = 0) -> dict[str, Any]:
    """Have a system of its own send the first declarations of the city, under ids of its own."""
    client, secret = create_client(name="bench", channel="ihanoi")
    told = run_program(
        ["-m", "tests.benchmarks.sender", address, str(CityFiles.below(bench.city).declarations),
         str(number), str(size), str(a_second)],
        environment=bench.environment | {"SENDER_ID": client.client_id, "SENDER_SECRET": secret},
    )  # fmt: skip
    if told["failed"] > number / 10:
        raise NotLoaded(f"{told['failed']:,} of {number:,} declarations were not accepted")
    return told
