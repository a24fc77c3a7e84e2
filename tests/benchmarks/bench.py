"""What every step gets: the size of the city, where things lie, and the record it notes its figures in."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from tests.benchmarks import databases
from tests.benchmarks.processes import Environment
from tests.benchmarks.record import Record
from tests.benchmarks.size import Size


@dataclass(frozen=True)
class Bench:
    """`environment` is that of every process that works on the city's database."""

    size: Size
    folder: Path
    record: Record
    environment: Environment

    @property
    def city(self) -> Path:
        """The files of the city."""
        return self.folder / "city"

    @property
    def files(self) -> Path:
        """Delivered files of the system under test."""
        return self.folder / "files"

    def room(self, name: str) -> Path:
        """A folder for what a step makes and may delete again."""
        room = self.folder / name
        room.mkdir(parents=True, exist_ok=True)
        return room

    def note(self, key: str, value: float, remark: str = "") -> None:
        self.record.note(key, value, remark)

    def on(self, database: str) -> Environment:
        """The environment of processes that work on another database of the bench."""
        return self.environment | {"DATABASE_URL": databases.url_of(database)}


def environment_for(size: Size, folder: Path, redis_url: str) -> Environment:
    """Only what belongs to the bench: the demo's database, broker and files are never touched."""
    return {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "vehreg.settings",
        "DATABASE_URL": databases.url_of(databases.CITY),
        "REDIS_URL": redis_url,
        "VEHREG_FILES_DIR": str(folder / "files"),
    }
