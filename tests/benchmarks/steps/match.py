"""Matching the whole city, and how its time and that of delivering grow with the city."""

from __future__ import annotations

import shutil
from collections.abc import Sequence

from tests.benchmarks import city, databases
from tests.benchmarks.bench import Bench
from tests.benchmarks.loading import deliver, match, wait_for_jobs
from tests.benchmarks.processes import Watch, workers
from tests.benchmarks.size import Size

_GROWING = ("persons", "vehicles")
# Of a smaller city an eighth takes as long as the starting of the processes.
_GROWS_FROM = 200_000


def whole_city(bench: Bench) -> None:
    """Verdicts and cases of every owner and licence holder; memory of all our processes together."""
    with workers(bench.environment, bench.folder) as pid, Watch(pid) as watch:
        told = match(bench.environment, watch=watch)
        wait_for_jobs(bench.environment)
    remark = f"{told['parties']:,} parties, {told['cases_opened']:,} cases"
    bench.note("match.seconds", told["seconds"], remark)
    bench.note("match.memory", watch.together_mb / 1000)


def growth(bench: Bench) -> None:
    """A city of an eighth, delivered and matched alone, beside what the whole took."""
    if bench.size.vehicles < _GROWS_FROM:
        return
    size, folder = bench.size.eighth, bench.room("eighth")
    files, _seconds = city.build(size, folder)
    databases.remake(databases.EIGHTH)
    environment = bench.on(databases.EIGHTH)
    with workers(environment, bench.folder):
        seconds = [deliver(kind, getattr(files, kind), environment).seconds for kind in _GROWING]
        wait_for_jobs(environment)
        seconds.append(match(environment)["seconds"])
    bench.note("growth.eighth", sum(seconds), _remark(size, seconds))
    keys = [*(f"deliver.{kind}.seconds" for kind in _GROWING), "match.seconds"]
    whole = [seconds for key in keys if (seconds := bench.record.value(key)) is not None]
    if len(whole) == len(keys):
        bench.note("growth.whole", sum(whole), _remark(bench.size, whole))
    databases.drop(databases.EIGHTH)
    shutil.rmtree(folder)


def _remark(size: Size, seconds: Sequence[float]) -> str:
    named = zip((*_GROWING, "match"), seconds, strict=True)
    return f"{size.vehicles:,} vehicles; " + ", ".join(f"{name} {one:,.0f} s" for name, one in named)
