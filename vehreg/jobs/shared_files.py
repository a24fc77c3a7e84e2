"""Files that one worker writes and every worker reads: once in the shared storage, a copy on each host.

A file gets a name that no other attempt uses, and is known by the stamp that its chunk remembers in the
database: a worker that was given up may still write, but nobody reads what it wrote. Where hosts have a
disk of their own (`VEHREG_LOCAL_DIR`), each copies a file once, and uses no copy that differs from its stamp.
"""

import errno
import fcntl
import hashlib
import os
import secrets
import shutil
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from vehreg.jobs.kinds import Refused, Unavailable
from vehreg.jobs.models import JobChunk

FOLDER = "jobs"
_BLOCK = 1 << 20
_FULL = (errno.ENOSPC, errno.EDQUOT)


@dataclass(frozen=True)
class Stamp:
    """What a file must be: `path` below the shared storage, size in bytes, SHA-256. `name` within its job."""

    name: str
    path: str
    size: int
    sha256: str

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


def shared_folder(job_id: int) -> Path:
    return Path(settings.MEDIA_ROOT) / FOLDER / str(job_id)


def local_folder(job_id: int) -> Path:
    """Where this host's copies are; the shared folder itself where hosts keep none."""
    return Path(settings.LOCAL_DIR or settings.MEDIA_ROOT) / FOLDER / str(job_id)


def publish(job_id: int, name: str, write: Callable[[Path], None]) -> Stamp:
    """Write a file for all workers. It counts once its chunk has remembered the stamp."""
    path = shared_folder(job_id) / f"{name}-{secrets.token_hex(8)}"
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        with _full_disk_told(Refused, _shared_is_full):
            write(path)
            return _stamped(name, path)
    except BaseException:
        path.unlink(missing_ok=True)
        raise


def stamp_of(job_id: int, name: str) -> Stamp:
    """The stamp that a chunk of the job remembered."""
    written = JobChunk.objects.filter(job_id=job_id, position__name=name).values_list("position", flat=True)
    return Stamp(**written.get())


def fetch(job_id: int, name: str) -> Path:
    """The file as this host may read it. One process copies it, the others wait. Raises `Unavailable`."""
    stamp = stamp_of(job_id, name)
    shared = Path(settings.MEDIA_ROOT) / stamp.path
    if not settings.LOCAL_DIR:
        if not _has_size(shared, stamp):
            raise _lost(stamp)
        return shared
    copy = local_folder(job_id) / shared.name
    if not _has_size(copy, stamp):
        with _one_at_a_time(copy):
            if not _has_size(copy, stamp):
                _copy(shared, copy, stamp)
    return copy


def remove_copies(job_id: int) -> None:
    """This host's own; nothing where it reads the shared storage."""
    if settings.LOCAL_DIR:
        shutil.rmtree(local_folder(job_id), ignore_errors=True)


def remove(job_id: int) -> None:
    """The files of a job that will not go on. Other hosts remove their copies when they next look."""
    remove_copies(job_id)
    shutil.rmtree(shared_folder(job_id), ignore_errors=True)


def _stamped(name: str, path: Path) -> Stamp:
    with path.open("rb") as file:
        os.fsync(file.fileno())
        digest = hashlib.file_digest(file, "sha256")
    relative = path.relative_to(settings.MEDIA_ROOT)
    return Stamp(name, str(relative), path.stat().st_size, digest.hexdigest())


def _copy(shared: Path, copy: Path, stamp: Stamp) -> None:
    """A copy has its name once it is known to be whole."""
    unfinished = copy.with_name(f".{copy.name}")
    try:
        with _full_disk_told(Unavailable, _local_is_full), unfinished.open("wb") as target:
            if _copied(shared, target, stamp) != stamp.sha256:
                raise _lost(stamp)
            os.fsync(target.fileno())
        os.replace(unfinished, copy)
    finally:
        unfinished.unlink(missing_ok=True)


def _copied(shared: Path, target: Any, stamp: Stamp) -> str:
    """SHA-256 of the bytes written to `target`."""
    digest = hashlib.sha256()
    try:
        with shared.open("rb") as source:
            while block := source.read(_BLOCK):
                digest.update(block)
                target.write(block)
    except (FileNotFoundError, NotADirectoryError) as error:
        raise _lost(stamp) from error
    return digest.hexdigest()


def _has_size(path: Path, stamp: Stamp) -> bool:
    try:
        return path.stat().st_size == stamp.size
    except (FileNotFoundError, NotADirectoryError):
        return False


@contextmanager
def _one_at_a_time(copy: Path) -> Iterator[None]:
    """Personal data: nobody but the worker's own user may enter the folder."""
    with _full_disk_told(Unavailable, _local_is_full):
        copy.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        lock = copy.with_name(f"{copy.name}.lock").open("w")
    with lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


@contextmanager
def _full_disk_told(failure: type[Exception], words: Callable[[], str]) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        if error.errno not in _FULL:
            raise
        raise failure(words()) from error


def _shared_is_full() -> str:
    return _("The shared storage is full (VEHREG_FILES_DIR): free some space, then retry.")


def _local_is_full() -> str:
    words = _("The disk of the host %(host)s is full (%(folder)s): free some space, then retry.")
    return words % {"host": socket.gethostname(), "folder": settings.LOCAL_DIR}


def _lost(stamp: Stamp) -> Unavailable:
    words = _(
        "The host %(host)s does not find %(file)s in the shared storage, or finds another file. "
        "See that every host mounts the same VEHREG_FILES_DIR, then retry; if the file is gone, start anew."
    )
    return Unavailable(words % {"host": socket.gethostname(), "file": stamp.path})
