"""The databases of a bench, beside the demo's in the private cluster: remade at will, removed at the end."""

from __future__ import annotations

import hashlib
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
from psycopg import sql

from vehreg.localservices import ensure_urls

TEMPLATE, CITY, RIVAL, EIGHTH = "bench_template", "bench_city", "bench_rival", "bench_eighth"
# The template stays: it is small, and making it takes longer than a small bench may.
OF_A_RUN = (CITY, RIVAL, EIGHTH)

_MADE_FROM = (
    "requirements.txt", "*/migrations/*.py", "*/*/migrations/*.py", "registry/identity/*.py",
    "registry/identity/data/*.tsv",
)  # fmt: skip


def url_of(name: str) -> str:
    """The address of a database of the private cluster. Never of a server the environment names."""
    return with_path(ensure_urls({})[0], name)


def with_path(url: str, path: str) -> str:
    return urlunsplit(urlsplit(url)._replace(path=f"/{path}"))


def make_template(environment: dict[str, str]) -> None:
    """Tables and units, and no row of a register: every other database begins as a copy of it.

    It is made again when what makes it has changed; the comment on it says from what it was made.
    """
    wanted = _fingerprint()
    if exists(TEMPLATE) and _comment(TEMPLATE) == wanted:
        return
    drop(TEMPLATE)
    _administer(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(TEMPLATE)))
    for command in ("migrate", "load_units"):
        subprocess.run(
            [sys.executable, "manage.py", command, "--verbosity", "0"],
            env=environment | {"DATABASE_URL": url_of(TEMPLATE)},
            stdout=subprocess.DEVNULL,
            check=True,
        )
    comment = sql.SQL("COMMENT ON DATABASE {} IS {}")
    _administer(comment.format(sql.Identifier(TEMPLATE), sql.Literal(wanted)))


def _fingerprint() -> str:
    digest = hashlib.sha256()
    for pattern in _MADE_FROM:
        for path in sorted(Path().glob(pattern)):
            digest.update(path.read_bytes())
    return digest.hexdigest()


def _comment(name: str) -> str | None:
    with _maintenance() as connection:
        found = connection.execute(
            "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = %s", [name]
        ).fetchone()
    return found and found[0]


def remake(name: str) -> str:
    """The database, empty; returns its address."""
    drop(name)
    _administer(
        sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(sql.Identifier(name), sql.Identifier(TEMPLATE))
    )
    return url_of(name)


def drop(name: str) -> None:
    _administer(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


def exists(name: str) -> bool:
    with _maintenance() as connection:
        found = connection.execute("SELECT true FROM pg_database WHERE datname = %s", [name])
        return found.fetchone() is not None


def _administer(statement: sql.Composed) -> None:
    with _maintenance() as connection:
        connection.execute(statement)


def _maintenance() -> psycopg.Connection:
    return psycopg.connect(url_of("postgres"), autocommit=True)
