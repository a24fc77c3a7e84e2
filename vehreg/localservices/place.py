"""Where the private services keep their files, and as whom they run."""

from __future__ import annotations

import hashlib
import os
import pwd
import shutil
import stat
import subprocess
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .errors import ServiceError

PROJECT = Path(__file__).resolve().parents[2]
CLEAN_ENVIRONMENT = {"PATH": "/usr/bin:/bin", "LC_ALL": "C", "TZ": "UTC"}
_UNPRIVILEGED = ("postgres", "nobody")


@dataclass(frozen=True)
class ServiceUser:
    """The user the servers run as: PostgreSQL refuses to be root."""

    uid: int
    gid: int

    @classmethod
    def owning(cls, directory: Path) -> ServiceUser:
        """Oneself; for root whoever owns the cluster or else the clone, or an unprivileged user."""
        if os.geteuid() != 0:
            return cls(os.geteuid(), os.getegid())
        for owned in filter(Path.exists, (directory, directory.parent)):
            if (owner := owned.stat()).st_uid != 0 and _has_a_name(owner.st_uid):
                return cls(owner.st_uid, owner.st_gid)
        return cls._unprivileged()

    @classmethod
    def _unprivileged(cls) -> ServiceUser:
        for name in _UNPRIVILEGED:
            try:
                entry = pwd.getpwnam(name)
            except KeyError:
                continue
            return cls(entry.pw_uid, entry.pw_gid)
        raise ServiceError("PostgreSQL must not run as root and there is no user postgres or nobody.")

    def becoming(self) -> dict[str, Any]:
        """Arguments for `subprocess` that start a program as this user."""
        if self.uid == os.geteuid():
            return {}
        return {"user": self.uid, "group": self.gid, "extra_groups": []}

    def can(self, *command: str) -> bool:
        """Whether a command started as this user answers with success."""
        try:
            return self.run(command).returncode == 0
        except OSError:
            return False

    def run(self, command: Sequence[str], *, text: str = "") -> subprocess.CompletedProcess[str]:
        """A command run as this user to its end, with `text` on its standard input.

        It gets nothing of the caller's environment: PGDATA, PGPORT and the like would mislead it.
        """
        return subprocess.run(
            command,
            check=False,
            input=text,
            capture_output=True,
            text=True,
            cwd="/",
            env=CLEAN_ENVIRONMENT,
            **self.becoming(),
        )

    def make_directory(self, path: Path) -> None:
        """A directory only this user may enter."""
        path.mkdir(mode=0o700)
        os.chown(path, self.uid, self.gid)


@dataclass(frozen=True)
class Place:
    """`var` of a clone, and the home of its servers' files: inside `var`, or elsewhere if it must.

    A clone below a 0700 home cannot hold a cluster that root starts as another user. The home is
    then a folder of the system's temporary folder, and `var/services/elsewhere` names it.
    """

    var: Path

    @classmethod
    def of_project(cls) -> Place:
        return cls(Path(os.environ.get("VEHREG_VAR_DIR") or PROJECT / "var").resolve())

    @property
    def log(self) -> Path:
        return self.var / "log"

    @property
    def record(self) -> Path:
        return self.var / "services.json"

    @property
    def lock(self) -> Path:
        return self.var / "services.lock"

    @property
    def _inside(self) -> Path:
        return self.var / "services"

    @property
    def _elsewhere(self) -> Path:
        return self._inside / "elsewhere"

    def home(self) -> Path:
        """Where the servers' files are; inside `var` as long as nothing else is written down."""
        try:
            return Path(self._elsewhere.read_text().strip())
        except FileNotFoundError:
            return self._inside

    def prepare(self) -> Path:
        """Settle where the servers' files go and make that folder. One caller at a time."""
        for folder in (self.log, self._inside):
            make_like_parent(folder)
        home = self.home()
        if home != self._inside:
            home.mkdir(exist_ok=True)
            return _opened(home)
        if ServiceUser.owning(home / "postgres").can("test", "-x", str(home)):
            return home
        return self._move_out()

    def _move_out(self) -> Path:
        home = _temporary_home(self.var)
        self._elsewhere.write_text(f"{home}\n")
        own_like_parent(self._elsewhere)
        return home

    def remove(self) -> None:
        """Delete the servers' files. They must have been stopped."""
        home = self.home()
        for folder in {home, self._inside}:
            shutil.rmtree(folder, ignore_errors=True)
        self.record.unlink(missing_ok=True)


def _has_a_name(uid: int) -> bool:
    """PostgreSQL refuses a user the system does not list, as happens in containers."""
    try:
        pwd.getpwuid(uid)
    except KeyError:
        return False
    return True


def own_like_parent(path: Path) -> None:
    """What root writes into somebody's clone stays theirs."""
    if os.geteuid() == 0:
        owner = path.parent.stat()
        os.chown(path, owner.st_uid, owner.st_gid)


def make_like_parent(folder: Path) -> None:
    """The folder, if it is missing, owned by whoever owns the one above."""
    if folder.is_dir():
        return
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o755)
    except PermissionError as error:
        raise ServiceError(f"{folder} cannot be made: {folder.parent} belongs to another user.") from error
    own_like_parent(folder)


def _temporary_home(var: Path) -> Path:
    """A folder of our own, the same for the same clone; a new one when the name is another user's.

    What lies there although this clone does not know of it is left from a deleted clone.
    """
    label = hashlib.sha256(f"{os.geteuid()}:{var}".encode()).hexdigest()[:12]
    home = _lasting_temporary_folder() / f"vehreg-{label}"
    try:
        _clear_leftover(home)
        home.mkdir()
    except (ServiceError, FileExistsError):
        home = Path(tempfile.mkdtemp(prefix=f"vehreg-{label}-", dir=_lasting_temporary_folder()))
    return _opened(home)


def _clear_leftover(home: Path) -> None:
    if home.is_symlink() or home.exists():
        shutil.rmtree(_checked(home))


def _opened(home: Path) -> Path:
    """The folder, such that the servers' user can pass through it whatever the umask was."""
    _checked(home).chmod(0o755)
    return home


def _checked(home: Path) -> Path:
    """The folder, if nobody but us can have laid anything into it."""
    found = home.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != os.geteuid() or found.st_mode & 0o022:
        raise ServiceError(f"{home} belongs to somebody else or others may write into it; remove it first.")
    return home


def _lasting_temporary_folder() -> Path:
    """`/var/tmp` where there is one, because it outlives a reboot; else the usual one."""
    lasting = Path("/var/tmp")  # noqa: S108 - the folder made in it is checked for its owner
    usable = lasting.is_dir() and os.access(lasting, os.W_OK | os.X_OK)
    return lasting if usable else Path(tempfile.gettempdir())
