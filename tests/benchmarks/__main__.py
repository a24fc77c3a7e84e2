"""`make bench`: every step that is not done yet, then the table.

SIZE=full, small or a number of vehicles; ONLY=step,step; RESET=1 begins anew; KEEP=1 keeps the databases.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import signal
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import django
import redis

from tests.benchmarks import databases, machine
from tests.benchmarks.bench import Bench, environment_for
from tests.benchmarks.document import document
from tests.benchmarks.record import Record
from tests.benchmarks.size import Size, SizeRefused
from tests.benchmarks.table import table
from tests.support.slot import take_slot
from vehreg.localservices import ensure_urls
from vehreg.localservices.place import Place

_DOCUMENT = Path("docs/benchmarks.md")


def main() -> int:
    try:
        size = Size.of(os.environ.get("SIZE") or "full")
    except SizeRefused as refused:
        return _refuse(str(refused))
    only = tuple(filter(None, os.environ.get("ONLY", "").split(",")))
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda *_: sys.exit(1))
    var = Place.of_project().var
    with _alone(var / "bench"), _broker(var) as redis_url:
        folder = var / "bench" / size.name
        environment = environment_for(size, folder, redis_url)
        os.environ |= environment
        bench = Bench(size, folder, Record.load(folder / "run.json"), environment)
        return _run(bench, only)


def _run(bench: Bench, only: Sequence[str]) -> int:
    if os.environ.get("RESET"):
        _begin_anew(bench)
    _tell(f"{bench.size.vehicles:,} vehicles, {bench.size.persons:,} persons; record in {bench.record.path}")
    databases.make_template(bench.environment)
    is_gone = not databases.exists(databases.CITY)
    if is_gone:
        databases.remake(databases.CITY)  # the processes of the bench connect to it from their start
    django.setup()
    # Needs Django, which needs the environment of the bench.
    from tests.benchmarks.runner import UnknownStep, is_complete, run  # noqa: PLC0415

    if not only and is_complete(bench.record):
        _begin_anew(bench)
        databases.remake(databases.CITY)
    bench.record.tell(machine.facts())
    try:
        run(bench, only, city_is_gone=is_gone, tell=_tell)
    except UnknownStep as unknown:
        return _refuse(str(unknown))
    _show(bench)
    if not only and is_complete(bench.record) and not os.environ.get("KEEP"):
        _clear(bench)
    return 1 if bench.record.failed else 0


def _show(bench: Bench) -> None:
    print(f"\n{table(bench.record)}")
    for step, words in bench.record.failed.items():
        print(f"{step} did not come to its end: {words}")
    page = document(bench.record, bench.size)
    (bench.folder / "benchmarks.md").write_text(page, "utf-8")
    if bench.size.is_full:
        _DOCUMENT.write_text(page, "utf-8")


def _begin_anew(bench: Bench) -> None:
    """Everything but the files of the simulated city, which would be the same again."""
    bench.record.clear()
    _clear(bench)


def _clear(bench: Bench) -> None:
    """What takes room and is made again when it is needed."""
    for name in databases.OF_A_RUN:
        databases.drop(name)
    shutil.rmtree(bench.files, ignore_errors=True)


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """One bench at a time in a clone: its databases have fixed names."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            sys.exit(_refuse("Another bench runs in this clone."))
        yield


@contextmanager
def _broker(var: Path) -> Iterator[str]:
    """A database of the broker that no test uses meanwhile, emptied."""
    slot = take_slot(var)
    try:
        url = slot.redis_url(ensure_urls({})[1])
        with redis.Redis.from_url(url) as client:
            client.flushdb()
        yield url
    finally:
        slot.release()


def _tell(words: str) -> None:
    # UTC throughout: Django sets the time zone of the process when it starts.
    print(f"{time.strftime('%H:%M:%S', time.gmtime())}  {words}", flush=True)


def _refuse(words: str) -> int:
    print(words, file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
