"""What the figures were measured on and with."""

from __future__ import annotations

import os
import platform
import subprocess
from datetime import date
from importlib.metadata import version
from pathlib import Path

import psycopg

from tests.benchmarks.databases import url_of
from vehreg.localservices.sizing import cores, memory_bytes

_PACKAGES = ("django", "celery", "duckdb", "splink", "django-import-export", "locust")


def facts() -> dict[str, str]:
    with psycopg.connect(url_of("postgres")) as connection:
        server = f"{connection.info.server_version // 10_000}"
    return {
        "date": date.today().isoformat(),
        "machine": f"{_processor()}, {cores()} cores, {memory_bytes() / 2**30:.0f} GiB",
        "software": ", ".join(
            [
                f"Python {platform.python_version()}",
                f"PostgreSQL {server}",
                *(f"{name} {version(name)}" for name in _PACKAGES),
            ]
        ),
        "commit": _commit(),
    }


def _processor() -> str:
    names = [
        line.partition(":")[2].strip()
        for line in Path("/proc/cpuinfo").read_text().splitlines()
        if line.startswith("model name")
    ] if os.path.exists("/proc/cpuinfo") else []  # fmt: skip
    return names[0] if names else platform.machine()


def _commit() -> str:
    told = subprocess.run(
        ["git", "describe", "--always", "--dirty"], capture_output=True, text=True, check=False
    )
    return told.stdout.strip() or "unknown"
