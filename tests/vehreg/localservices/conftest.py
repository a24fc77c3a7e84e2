"""Private services in a folder of the test's own."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from vehreg.localservices.place import Place
from vehreg.localservices.services import ensure_urls, remove_services


@pytest.fixture(scope="module")
def open_folder() -> Iterator[Path]:
    """A folder any user may pass through; pytest's own are closed to others."""
    folder = Path(tempfile.mkdtemp(prefix="vehreg-test-"))
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder)


@pytest.fixture(scope="module")
def place(open_folder: Path) -> Iterator[Place]:
    """Where the module's services stand. Tests stop, kill and start them again."""
    place = Place(open_folder / "thư mục của tôi")
    yield place
    remove_services(place)


@pytest.fixture
def services(place: Place) -> Place:
    """The same, with both services running."""
    ensure_urls({}, place)
    return place


@pytest.fixture
def query():
    """Runs SQL at an address and returns the first column of the first row, None without rows."""

    def run(url: str, sql: str) -> object:
        with psycopg.connect(url, autocommit=True) as connection:
            cursor = connection.execute(sql)
            row = cursor.fetchone() if cursor.description else None
        return row[0] if row else None

    return run


@pytest.fixture
def as_root() -> None:
    if os.geteuid() != 0:
        pytest.skip("only root drops privileges")
