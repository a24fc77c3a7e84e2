"""A process named so that it cannot be mistaken for a later one with the same number."""

from __future__ import annotations

import os
import signal
import time
from dataclasses import asdict, dataclass
from pathlib import Path

from .errors import ServiceError

# Fields of /proc/PID/stat counted from the one after the command's closing bracket.
_STATE, _START_TICKS = 0, 19


@dataclass(frozen=True)
class ProcessId:
    """A process number with the clock tick (since boot) and the boot at which it started.

    A number alone is used again, after a reboot at the latest; the three together are not.
    """

    pid: int
    ticks: int
    boot: str

    @classmethod
    def of(cls, pid: int) -> ProcessId | None:
        """The process that has this number now, None when there is none or it has ended."""
        ticks = _start_ticks(pid)
        return None if ticks is None else cls(pid, ticks, _boot())

    @classmethod
    def read(cls, value: object) -> ProcessId | None:
        """From the form `as_json` gives; None for anything else."""
        if not isinstance(value, dict):
            return None
        try:
            return cls(int(value["pid"]), int(value["ticks"]), str(value["boot"]))
        except (KeyError, TypeError, ValueError):
            return None

    def as_json(self) -> dict[str, object]:
        return asdict(self)

    def is_alive(self) -> bool:
        return _start_ticks(self.pid) == self.ticks and _boot() == self.boot

    def stop(self, *signals: int, patience: float = 10.0, group: bool = False) -> bool:
        """Send the signals one after another until it ends; `patience` in seconds for each."""
        for signum in signals:
            self._send(signum, group=group)
            if self._ended_within(patience):
                return True
        return not self.is_alive()

    def _send(self, signum: int, *, group: bool) -> None:
        if not self.is_alive():
            return
        try:
            (os.killpg if group else os.kill)(self.pid, signal.Signals(signum))
        except ProcessLookupError:
            return
        except PermissionError as error:
            raise ServiceError(f"Process {self.pid} was started by another user; stop it as them.") from error

    def _ended_within(self, seconds: float) -> bool:
        deadline = time.monotonic() + seconds
        while self.is_alive():
            if time.monotonic() > deadline:
                return False
            time.sleep(0.02)
        return True


def process_working_in(directory: Path, pid_file: Path) -> ProcessId | None:
    """The process a pid file names, if it really works in `directory`; else the file is stale."""
    try:
        pid = int(pid_file.read_text().split()[0])
        at_home = os.path.samefile(f"/proc/{pid}/cwd", directory)
    except (OSError, ValueError, IndexError):
        return None
    return ProcessId.of(pid) if at_home else None


def _start_ticks(pid: int) -> int | None:
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return None
    return None if fields[_STATE] in "ZX" else int(fields[_START_TICKS])


def _boot() -> str:
    try:
        return Path("/proc/sys/kernel/random/boot_id").read_text().strip()
    except OSError:
        return ""
