"""What others do with the same rows, each on an empty copy of our tables."""

from __future__ import annotations

import psycopg

from tests.benchmarks import databases
from tests.benchmarks.bench import Bench
from tests.benchmarks.processes import Watch, run_program
from tests.benchmarks.rivals.entries import ENTRIES

_ENTRIES = "entries.csv"


def loading(bench: Bench) -> None:
    """django-import-export inserting and updating, then plain COPY of all rows."""
    folder, environment = bench.room("rival"), bench.on(databases.RIVAL)
    databases.remake(databases.RIVAL)
    for action, rows in (("insert", bench.size.inserted_by_rival), ("update", bench.size.updated_by_rival)):
        _write_entries(bench, rows)
        with Watch() as watch:
            told = run_program(
                ["-m", "tests.benchmarks.rivals.import_export", action, str(folder / _ENTRIES)],
                environment=environment,
                watch=watch,
            )
        remark = f"{told['rows']:,} rows in {told['seconds']:,.0f} s, {watch.largest_mb:,.0f} MB"
        bench.note(f"import_export.{action}", told["rows"] / told["seconds"], remark)
    (folder / _ENTRIES).unlink()
    _copying(bench)


def _copying(bench: Bench) -> None:
    url = databases.remake(databases.RIVAL)
    told = run_program(
        [
            "-m",
            "tests.benchmarks.rivals.copying",
            databases.url_of(databases.CITY),
            url,
            str(bench.room("rival")),
        ],
        environment=bench.environment,
    )
    remark = f"{told['vehicles']:,} vehicles and {told['owners']:,} owners in {told['seconds']:,.0f} s"
    bench.note("copy.vehicles", told["vehicles"] / told["seconds"], remark)
    databases.drop(databases.RIVAL)


def _write_entries(bench: Bench, rows: int) -> None:
    path = bench.room("rival") / _ENTRIES
    statement = ENTRIES.format(rows=rows)
    with (
        psycopg.connect(databases.url_of(databases.CITY)) as city,
        path.open("wb") as file,
        city.cursor().copy(statement) as lines,
    ):
        for line in lines:
            file.write(line)


def splink(bench: Bench) -> None:
    with Watch() as watch:
        told = run_program(
            [
                "-m",
                "tests.benchmarks.rivals.splink_alone",
                databases.url_of(databases.CITY),
                str(bench.room("rival")),
            ],
            environment=bench.environment,
            watch=watch,
        )
    bench.note(
        "splink.seconds", told["seconds"], f"{told['parties']:,} parties; reading and writing not counted"
    )
    bench.note("splink.memory", watch.together_mb / 1000)


def bare_pipeline(bench: Bench) -> None:
    url = databases.remake(databases.RIVAL)
    told = run_program(
        ["-m", "tests.benchmarks.rivals.bare_pipeline", databases.url_of(databases.CITY), url],
        environment=bench.environment,
    )
    bench.note("bare.seconds", told["seconds"], f"{told['verdicts']:,} verdicts, {told['cases']:,} cases")
    databases.drop(databases.RIVAL)
