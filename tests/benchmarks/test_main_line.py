"""How fast the main line is on this machine: simulated city → registers → verdicts → cases."""

import os
import time
from pathlib import Path

import pytest
from django.core.management import call_command

from cases.models import MatchRun
from cases.runs.services import start_run
from registry.deliveries.services import receive_delivery, start_apply, start_check
from registry.simulation.city import simulate
from registry.simulation.errors import known
from vehreg.jobs.foreground import run_in_foreground

# Vehicles of the city; persons are a fifth more.
VEHICLES = int(os.environ.get("BENCH_VEHICLES", "20000"))


@pytest.mark.timeout(1800)
@pytest.mark.django_db(transaction=True)
def test_the_main_line(tmp_path: Path) -> None:
    call_command("load_units", verbosity=0)
    lines = []
    began = time.monotonic()
    files = simulate(
        tmp_path, vehicles=VEHICLES, persons=VEHICLES * 6 // 5, licences=VEHICLES * 3 // 50,
        declarations=0, seed=1, errors=known(),
    )  # fmt: skip
    lines.append(("simulate, vehicles", VEHICLES, time.monotonic() - began))
    for kind in ("persons", "vehicles", "licences"):
        began = time.monotonic()
        rows = _deliver(kind, Path(getattr(files, kind)))
        lines.append((f"deliver {kind}, rows", rows, time.monotonic() - began))
    for label in ("match, first run, parties", "match again, parties"):
        began = time.monotonic()
        run = start_run(user=None, scope=MatchRun.Scope.ALL)
        assert run.job is not None
        run_in_foreground(run.job)
        run.refresh_from_db()
        lines.append((label, run.parties, time.monotonic() - began))
    print("\n| figure | count | seconds | per second |\n|---|---|---|---|")
    for label, count, seconds in lines:
        print(f"| {label} | {count:,} | {seconds:.1f} | {count / seconds:,.0f} |")


def _deliver(kind: str, path: Path) -> int:
    with path.open("rb") as file:
        delivery = receive_delivery(kind=kind, file=file, filename=path.name, user=None)
    run_in_foreground(start_check(delivery=delivery, user=None))
    delivery.refresh_from_db()
    run_in_foreground(start_apply(delivery=delivery, user=None))
    delivery.refresh_from_db()
    assert delivery.state == "applied", delivery.message
    return int(delivery.rows or 0)
