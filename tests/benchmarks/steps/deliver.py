"""The whole city through `manage.py deliver`, workers helping, into empty registers."""

from __future__ import annotations

from registry.simulation.city import CityFiles
from tests.benchmarks import city, databases
from tests.benchmarks.bench import Bench
from tests.benchmarks.loading import deliver, match, scalar, wait_for_jobs
from tests.benchmarks.processes import Watch, workers

_KINDS = ("persons", "licences", "vehicles")


def simulate(bench: Bench) -> None:
    _files, seconds = city.build(bench.size, bench.city)
    remark = f"{bench.size.vehicles:,} vehicles, {bench.size.persons:,} persons"
    bench.note("city.seconds", seconds, remark)


def registers(bench: Bench) -> None:
    """Persons, licences and vehicles; the largest memory of a process meanwhile; disk at the end."""
    databases.remake(databases.CITY)
    files = CityFiles.below(bench.city)
    with workers(bench.environment, bench.folder) as pid, Watch(pid) as watch:
        for kind in _KINDS:
            done = deliver(kind, getattr(files, kind), bench.environment, watch)
            bench.note(f"deliver.{kind}", done.rate, f"{done.rows:,} rows in {done.seconds:,.0f} s")
            bench.note(f"deliver.{kind}.seconds", done.seconds)
            wait_for_jobs(bench.environment)
    bench.note("deliver.memory", watch.largest_mb, f"all of them together {watch.together_mb:,.0f} MB")
    disk = scalar(bench.environment, "SELECT pg_database_size(current_database())")
    bench.note("deliver.disk", disk / 1e9)


def declarations(bench: Bench) -> None:
    """Declarations, and the comparing with the registers that they start."""
    path = CityFiles.below(bench.city).declarations
    with workers(bench.environment, bench.folder):
        done = deliver("declarations", path, bench.environment)
        comparing = wait_for_jobs(bench.environment)
    remark = f"{done.rows:,} rows loaded in {done.seconds:,.0f} s, compared in {comparing:,.0f} s more"
    bench.note("declarations", done.rows / (done.seconds + comparing), remark)


def difference(bench: Bench) -> None:
    """One day's file, then matching what it changed."""
    path = city.difference(
        CityFiles.below(bench.city), bench.room("days") / "day-0.csv", day=0, size=bench.size
    )
    with workers(bench.environment, bench.folder):
        done = deliver("vehicles", path, bench.environment)
        bench.note("difference.seconds", done.seconds, f"{done.rows:,} rows")
        wait_for_jobs(bench.environment)
        told = match(bench.environment, "--since-last")
    bench.note("since_last.seconds", told["seconds"], f"{told['parties']:,} parties")


def update(bench: Bench) -> None:
    """The same vehicles once more, or a part of them, half of them changed."""
    path = city.half_changed(CityFiles.below(bench.city), bench.room("days") / "half-changed.csv", bench.size)
    with workers(bench.environment, bench.folder):
        done = deliver("vehicles", path, bench.environment)
    bench.note("update.vehicles", done.rate, f"{done.rows:,} rows in {done.seconds:,.0f} s")
    path.unlink()
