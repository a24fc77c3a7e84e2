"""Loads and matches a city as the commands do, with workers helping."""

from __future__ import annotations

import time
from dataclasses import dataclass
from pathlib import Path

import psycopg

from tests.benchmarks.processes import Environment, Watch, manage

_LIVE = "SELECT count(*) FROM jobs_job WHERE state IN ('queued', 'running')"
_LONGEST_WAIT = 1800


@dataclass(frozen=True)
class Delivered:
    rows: int
    seconds: float

    @property
    def rate(self) -> float:
        return self.rows / self.seconds


class NotLoaded(Exception):
    """A delivery or run that did not do what the bench is about."""


def deliver(kind: str, path: Path, environment: Environment, watch: Watch | None = None) -> Delivered:
    """Received, staged, checked, merged and indexed; the seconds are the command's own."""
    told = manage("deliver", kind, str(path), "--json", environment=environment, watch=watch)
    if told["rows"] == 0 or told["rejected"] > told["rows"] / 10:
        raise NotLoaded(f"{kind}: {told['rejected']:,} of {told['rows']:,} rows were rejected")
    return Delivered(int(told["rows"]), float(told["seconds"]))


def match(environment: Environment, *arguments: str, watch: Watch | None = None) -> dict[str, float]:
    """What `manage.py match --json` tells, with the seconds from its call to its end."""
    began = time.monotonic()
    told = manage("match", *arguments, "--json", environment=environment, watch=watch)
    return told | {"seconds": time.monotonic() - began}


def wait_for_jobs(environment: Environment) -> float:
    """Until the workers have nothing left to do; returns the seconds."""
    began = time.monotonic()
    with psycopg.connect(environment["DATABASE_URL"], autocommit=True) as connection:
        while connection.execute(_LIVE).fetchone() != (0,):
            if time.monotonic() - began > _LONGEST_WAIT:
                raise NotLoaded("the workers do not come to an end")
            time.sleep(0.2)
    return time.monotonic() - began


def scalar(environment: Environment, query: str, *params: object) -> int:
    """One number out of a database of the bench."""
    with psycopg.connect(environment["DATABASE_URL"]) as connection:
        found = connection.execute(query, params).fetchone()
    assert found is not None
    return int(found[0])


def execute(environment: Environment, *statements: str) -> None:
    """Statements outside any transaction: VACUUM and the like."""
    with psycopg.connect(environment["DATABASE_URL"], autocommit=True) as connection:
        for statement in statements:
            connection.execute(statement)
