"""The tables of docs/scale.md, and their place in it."""

import platform
from datetime import UTC, datetime
from pathlib import Path

from django.db import connection

from tests.benchmarks.scale.model import Cost, Country, Work
from vehreg.localservices.sizing import cores, memory_bytes

_BEGIN, _END = "<!-- measured: begin -->", "<!-- measured: end -->"
_DATABASE_CORES = 16
_CORES = (8, 16, 32, 64)
_COST_HEAD = (
    "| measured, per million | workers, CPU s | PostgreSQL, CPU s | share in PostgreSQL "
    "| no worker shortens, s | WAL, MB | disk, MB | grows with size to the power |",
    "|---|---|---|---|---|---|---|---|",
)
_COUNTRY_HEAD = ("| extrapolated: cores of workers | hours | what limits |", "|---|---|---|")


def tables(
    *,
    costs: dict[str, Cost],
    two_workers: Cost,
    grown: dict[str, float],
    cases: int,
    country: Country,
    work: Work,
) -> str:
    lines = [
        _conditions(costs),
        "",
        *_COST_HEAD,
        *(_cost_line(cost, grown[name]) for name, cost in costs.items()),
        "",
        _of_the_run(costs["match"], two_workers, cases),
        "",
        _assumed(country),
        "",
        *_COUNTRY_HEAD,
        *(_country_line(work, count) for count in _CORES),
        "",
        _limits(work),
    ]
    return "\n".join(lines)


def put_into(page: Path, text: str) -> None:
    before, _, rest = page.read_text().partition(_BEGIN)
    after = rest.partition(_END)[2]
    page.write_text(f"{before}{_BEGIN}\n{text}\n{_END}{after}")


def _conditions(costs: dict[str, Cost]) -> str:
    return (
        f"Measured {datetime.now(UTC):%Y-%m-%d}: {costs['deliver vehicles'].rows:,} vehicles, "
        f"{costs['deliver persons'].rows:,} persons, {cores()} cores, {memory_bytes() / 2**30:.0f} GiB, "
        f"Python {platform.python_version()}, PostgreSQL {connection.pg_version // 10000}; "
        "one worker process, one thread."
    )


def _of_the_run(one: Cost, two: Cost, cases: int) -> str:
    return (
        f"Measured: matching opened {cases / one.rows * 1e6:,.0f} cases per million parties; their cost is "
        f"in the line. The same run took {one.clock:.0f} s with one worker and {two.clock:.0f} s with two, "
        f"{one.clock / two.clock:.2f} times as fast, with PostgreSQL on the same cores."
    )


def _assumed(country: Country) -> str:
    return (
        f"Extrapolated: {country.vehicles / 1e6:.0f} million vehicles, {country.persons / 1e6:.0f} million "
        f"persons, {country.parties / 1e6:.0f} million parties, {country.cases / 1e6:.1f} million cases; "
        f"both files delivered, everybody matched, cases opened. PostgreSQL has {_DATABASE_CORES} cores."
    )


def _limits(work: Work) -> str:
    return (
        f"Extrapolated: {work.workers / 3600:.0f} CPU hours of workers, {work.database / 3600:.0f} of "
        f"PostgreSQL ({work.database / (work.database + work.workers):.0%}), {work.serial / 3600:.1f} hours "
        f"that no core shortens. More than {work.most_useful_cores(_DATABASE_CORES)} cores of workers wait "
        f"for PostgreSQL: it then takes {work.fastest(_DATABASE_CORES) / 3600:.1f} hours. "
        f"{work.disk_mb / 1024:,.0f} GB on disk, {work.wal_mb / 1024:,.0f} GB of WAL."
    )


def _cost_line(cost: Cost, power: float) -> str:
    figures = (cost.workers, cost.database)
    serial = (cost.serial, cost.wal_mb, cost.disk_mb)
    return (
        f"| {cost.name} | {' | '.join(f'{cost.per_million(value):,.0f}' for value in figures)} "
        f"| {cost.share_in_database:.0%} "
        f"| {' | '.join(f'{cost.per_million(value):,.0f}' for value in serial)} | {power:.2f} |"
    )


def _country_line(work: Work, count: int) -> str:
    limit = "PostgreSQL" if count >= work.most_useful_cores(_DATABASE_CORES) else "workers"
    return f"| {count} | {work.seconds(cores=count, database_cores=_DATABASE_CORES) / 3600:.1f} | {limit} |"
