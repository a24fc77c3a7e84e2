"""A slot is what one test process has for itself: a test database, a broker database and a folder.

Two runs at once in one clone, or the processes of pytest-xdist, never meet.
"""

import fcntl
import os
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import IO
from urllib.parse import urlsplit, urlunsplit

# A broker of the user's own has 16 databases unless told otherwise; 0 is the demo's.
SLOTS = range(1, 16)


@dataclass(frozen=True)
class Slot:
    number: int
    folder: Path
    lock: IO[str]

    @property
    def database(self) -> str:
        return f"test_vehreg_{self.number}"

    @property
    def files(self) -> Path:
        return self.folder / "files"

    def redis_url(self, url: str) -> str:
        return _with_path(url, str(self.number))

    def database_url(self, url: str) -> str:
        return _with_path(url, self.database)

    def release(self) -> None:
        shutil.rmtree(self.folder, ignore_errors=True)
        self.lock.close()


def take_slot(var: Path) -> Slot:
    """The first slot that no living process holds."""
    folder = var / "testing"
    folder.mkdir(parents=True, exist_ok=True)
    for number in SLOTS:
        lock = (folder / f"{number}.lock").open("w")
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            lock.close()
            continue
        lock.write(str(os.getpid()))
        return Slot(number, folder / str(number), lock)
    raise RuntimeError(f"All {len(SLOTS)} slots are taken by other test runs.")


def _with_path(url: str, path: str) -> str:
    return urlunsplit(urlsplit(url)._replace(path=f"/{path}"))
