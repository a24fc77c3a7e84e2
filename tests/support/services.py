"""A PostgreSQL and a broker of one test's own: it may kill, empty and restart them."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
import redis
from celery import Celery
from django.db import connection

from vehreg.localservices.broker import BrokerService
from vehreg.localservices.place import PROJECT, Place
from vehreg.localservices.postgres import DATABASE, PostgresService
from vehreg.localservices.record import ServiceRecord

MIGRATED = "migrated"


@dataclass
class OwnServices:
    """Both services below `folder`, which every user may enter; they listen on `addresses` too."""

    folder: Path
    addresses: tuple[str, ...] = ()
    _database: ServiceRecord = field(default_factory=ServiceRecord, init=False)
    _broker: ServiceRecord = field(default_factory=ServiceRecord, init=False)

    def start(self) -> "OwnServices":
        place = Place(self.folder / "var")
        place.var.mkdir()
        home = place.prepare()
        self._postgres = PostgresService(place, home, self.addresses)
        self._valkey = BrokerService(place, home, self.addresses)
        self._database = self._postgres.start(self._database)
        self._broker = self._valkey.start(self._broker)
        self._ask(f"CREATE DATABASE {MIGRATED}")
        subprocess.run(
            [sys.executable, "manage.py", "migrate", "--verbosity", "0"],
            cwd=PROJECT,
            env={
                **os.environ,
                "DATABASE_URL": self.database_url(name=MIGRATED),
                "REDIS_URL": self.redis_url(),
            },
            check=True,
        )
        return self

    def stop(self) -> None:
        for service, record in ((self._postgres, self._database), (self._valkey, self._broker)):
            if record.process is not None:
                service.stop(record.process)

    def database_url(self, address: str = "127.0.0.1", name: str = DATABASE) -> str:
        return _at(PostgresService.url(self._database), address, f"/{name}")

    def redis_url(self, address: str = "127.0.0.1") -> str:
        return _at(BrokerService.url(self._broker), address, "/0")

    def make_database(self, *, like: str, name: str = DATABASE) -> None:
        """A copy of another; `MIGRATED` has all tables and nothing in them."""
        self._ask(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        self._ask(f"CREATE DATABASE {name} TEMPLATE {like}")

    def break_database(self) -> None:
        """As when the machine loses power: no checkpoint, sessions cut, then recovery from the log."""
        assert self._database.process is not None
        assert self._database.process.stop(signal.SIGQUIT)
        connection.close()  # ours was cut too
        self._database = self._postgres.start(self._database)

    def lose_broker(self) -> None:
        """It is killed, and comes back with nothing of what it held."""
        assert self._broker.process is not None
        assert self._broker.process.stop(signal.SIGKILL)
        for path in (self._valkey.data / "appendonlydir").glob("*"):
            path.unlink()
        self._broker = self._valkey.start(self._broker)

    @property
    def database_process(self) -> int:
        assert self._database.process is not None
        return self._database.process.pid

    @property
    def bell(self) -> Celery:
        """Rings the workers on this broker."""
        return Celery(broker=self.redis_url(), set_as_current=False)

    def ring(self) -> None:
        """What the scheduler does every few seconds. No pooled connection: the broker may have been lost."""
        with self.bell.connection_for_write() as line:
            self.bell.send_task("jobs.sweep", connection=line)

    def empty_broker(self) -> None:
        redis.Redis.from_url(self.redis_url()).flushall()

    @contextmanager
    def holding(self, key: int) -> Iterator[psycopg.Connection[tuple[object, ...]]]:
        """An advisory lock on the database, from a session of its own."""
        with psycopg.connect(self.database_url(), autocommit=True) as session:
            session.execute("SELECT pg_advisory_lock(%s)", [key])
            yield session

    @contextmanager
    def as_ours(self) -> Iterator[None]:
        """Django's connection leads to this database inside the block."""
        before, url = dict(connection.settings_dict), urlsplit(self.database_url())
        connection.close()
        connection.settings_dict.update(
            HOST=url.hostname, PORT=url.port, USER=url.username, PASSWORD=url.password, NAME=DATABASE
        )
        try:
            yield
        finally:
            connection.close()
            connection.settings_dict.update(before)

    def _ask(self, sql: str) -> None:
        with psycopg.connect(self.database_url(name="postgres"), autocommit=True) as session:
            session.execute(sql)


def _at(url: str, address: str, path: str) -> str:
    parts = urlsplit(url)
    return urlunsplit(parts._replace(netloc=parts.netloc.replace("127.0.0.1", address), path=path))
