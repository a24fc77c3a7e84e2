"""Runs the web server, the worker and the scheduler together until Ctrl-C."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType
from urllib.error import HTTPError
from urllib.request import urlopen

from .errors import ServiceError
from .launch import log_tail, open_log
from .place import Place, make_like_parent
from .process import ProcessId
from .roster import SUPERVISOR, Roster

_POLL = 0.2  # seconds between two looks at the processes
_GRACE = 8.0  # seconds they have to finish what they are doing
_SHORT_LIFE = 5.0  # seconds; one that ends sooner probably cannot run at all
_SHORT_LIVES_ALLOWED = 3
_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


def run_together(
    commands: Mapping[str, Sequence[str]],
    *,
    env: Mapping[str, str],
    is_ready: Callable[[], bool] | None = None,
    on_ready: Callable[[], None] | None = None,
    place: Place | None = None,
) -> int:
    """Start the commands and keep them running; returns when a signal has stopped them all.

    `commands` are argument lists by name; what a command prints goes to `var/log/NAME.log`.
    `on_ready` is called once, as soon as `is_ready` says so. One that dies is started again.
    Returns 0 after Ctrl-C or SIGTERM; raises ServiceError when a command cannot be kept running.
    """
    place = place or Place.of_project()
    make_like_parent(place.log)
    roster = _claimed_roster(place)
    family = _Family(
        {name: _Member(name, list(line), place.log) for name, line in commands.items()}, dict(env)
    )
    with _signals_noted() as received:
        try:
            return family.run(roster, received, is_ready or (lambda: True), on_ready or (lambda: None))
        finally:
            family.stop(received)
            roster.path.unlink(missing_ok=True)


def web_answers(url: str) -> bool:
    """Whether a web server answers there, be it with an error page."""
    try:
        with urlopen(url, timeout=2):  # noqa: S310 - an address of our own
            return True
    except HTTPError:
        return True
    except OSError:
        return False


def stop_processes(place: Place | None = None) -> list[str]:
    """Stop what `run_together` runs in another terminal, or has left behind; their names."""
    return Roster((place or Place.of_project()).var / "processes.json").stop_all()


def _claimed_roster(place: Place) -> Roster:
    roster = Roster(place.var / "processes.json")
    if SUPERVISOR in roster.read():
        raise ServiceError("Already running in another terminal; `make stop` stops it.")
    roster.stop_all()
    return roster


@dataclass
class _Member:
    """One command, its process while it runs, and how often it ended soon after its start."""

    name: str
    command: list[str]
    log_folder: Path
    process: subprocess.Popen[bytes] | None = None
    started_at: float = 0.0
    short_lives: int = field(default=0)

    @property
    def log(self) -> Path:
        return self.log_folder / f"{self.name}.log"

    def start(self, env: dict[str, str]) -> None:
        self.started_at = time.monotonic()
        try:
            with open_log(self.log) as output:
                self.process = subprocess.Popen(
                    self.command,
                    env=env,
                    stdin=subprocess.DEVNULL,
                    stdout=output,
                    stderr=output,
                    start_new_session=True,  # Ctrl-C reaches the supervisor only, which stops them in order
                )
        except OSError as error:
            raise ServiceError(f"{self.name} cannot be started: {error}") from error

    def has_ended(self) -> bool:
        return self.process is None or self.process.poll() is not None

    def note_death(self) -> None:
        """Sweep up its children and count the death if it came early."""
        self.kill_group()
        lived = time.monotonic() - self.started_at
        self.short_lives = self.short_lives + 1 if lived < _SHORT_LIFE else 0
        if self.short_lives >= _SHORT_LIVES_ALLOWED:
            raise ServiceError(f"{self.name} does not stay up; its last lines:\n{log_tail(self.log)}")

    def ask_to_stop(self) -> None:
        if self.process is not None and not self.has_ended():
            self.process.terminate()

    def kill_group(self) -> None:
        """End whatever it started that is still there."""
        if self.process is None:
            return
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()


@dataclass
class _Family:
    members: dict[str, _Member]
    env: dict[str, str]

    def run(
        self, roster: Roster, received: list[int], is_ready: Callable[[], bool], on_ready: Callable[[], None]
    ) -> int:
        """Start all; then look after them until a signal is received."""
        ready = False
        while not received:
            if dead := [member for member in self.members.values() if member.has_ended()]:
                self._start_again(dead)
                self._write(roster)
            if not ready and is_ready():
                ready = True
                on_ready()
            time.sleep(_POLL)
        return 0

    def _start_again(self, dead: list[_Member]) -> None:
        for member in dead:
            if member.process is not None:
                member.note_death()
            member.start(self.env)

    def _write(self, roster: Roster) -> None:
        numbers = {SUPERVISOR: os.getpid()}
        numbers |= {name: member.process.pid for name, member in self.members.items() if member.process}
        found = {name: ProcessId.of(pid) for name, pid in numbers.items()}
        roster.write({name: process for name, process in found.items() if process})

    def stop(self, received: list[int]) -> None:
        """Ask all at once, wait for all together, then end what is left; a second Ctrl-C waits no longer."""
        for member in self.members.values():
            member.ask_to_stop()
        deadline, asked = time.monotonic() + _GRACE, len(received)
        while not all(member.has_ended() for member in self.members.values()):
            if time.monotonic() > deadline or len(received) > asked:
                break
            time.sleep(0.05)
        for member in self.members.values():
            member.kill_group()


@contextmanager
def _signals_noted() -> Iterator[list[int]]:
    """Signals that ask to stop are collected in a list instead of ending us; as before afterwards."""
    received: list[int] = []

    def note(signum: int, frame: FrameType | None) -> None:
        received.append(signum)

    before = {signum: signal.signal(signum, note) for signum in _SIGNALS}
    try:
        yield received
    finally:
        for signum, handler in before.items():
            signal.signal(signum, handler)
