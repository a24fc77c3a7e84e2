"""The processes of a bench: started, watched for memory, and ended by their ids."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import psutil

Environment = dict[str, str]

_LOOK_EVERY = 0.2  # seconds between two looks at memory
_READY_SECONDS, _STOP_SECONDS = 60, 20
_MB = 1_000_000
# How Python names an error at the end of a traceback: `psycopg.errors.DataError: …`.
_ERROR = re.compile(r"[\w.]+(Error|Exception|Failed|Exit|Violation)\w*: ")


class ProgramFailed(Exception):
    """A program ended with an error; the message is the last line it said."""


class Watch:
    """Looks at the memory of processes and their children: the largest of one, and of all together."""

    def __init__(self, *roots: int) -> None:
        self.roots = list(roots)
        self.largest_mb = self.together_mb = 0.0
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)

    def __enter__(self) -> Watch:
        self._thread.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._over.set()
        self._thread.join()

    def _look(self) -> None:
        while not self._over.wait(_LOOK_EVERY):
            sizes = [size for root in tuple(self.roots) for size in _memory(root)]
            if sizes:
                self.largest_mb = max(self.largest_mb, *sizes)
                self.together_mb = max(self.together_mb, sum(sizes))


def _memory(root: int) -> list[float]:
    """Resident memory of a process and its children, MB; nothing of one that is gone."""
    sizes = []
    with suppress(psutil.NoSuchProcess):
        process = psutil.Process(root)
        for one in (process, *process.children(recursive=True)):
            with suppress(psutil.NoSuchProcess):
                sizes.append(one.memory_info().rss / _MB)
    return sizes


def run_program(
    module: Sequence[str], *, environment: Environment, watch: Watch | None = None, given: object = None
) -> dict[str, Any]:
    """Run a program of Python that prints one line of JSON at the end; `given` goes to it as JSON."""
    with _started([sys.executable, *module], environment) as process:
        if watch:
            watch.roots.append(process.pid)
        said, complaint = process.communicate("" if given is None else json.dumps(given))
    if process.returncode:
        raise ProgramFailed(_last_words(complaint) or f"exit status {process.returncode}")
    result: dict[str, Any] = json.loads(said.strip().splitlines()[-1])
    return result


def _last_words(complaint: str) -> str:
    """The line that names the error, with what follows; without one, the last line."""
    lines = [line.strip() for line in complaint.splitlines() if line.strip(" ^")]
    errors = [at for at, line in enumerate(lines) if _ERROR.match(line)]
    return " ".join(lines[errors[-1] :] if errors else lines[-1:])[:400]


def manage(*arguments: str, environment: Environment, watch: Watch | None = None) -> dict[str, Any]:
    """A command of `manage.py` with `--json`."""
    return run_program(["manage.py", *arguments], environment=environment, watch=watch)


@contextmanager
def _started(command: Sequence[str], environment: Environment) -> Iterator[subprocess.Popen[str]]:
    process = subprocess.Popen(
        command,
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    try:
        yield process
    finally:
        _end(process)


@contextmanager
def serving(
    command: Sequence[str], *, environment: Environment, log: Path, is_ready: Callable[[], bool]
) -> Iterator[int]:
    """A server that runs for the block, with its children in a group of their own; gives its id."""
    with log.open("ab") as output:
        process = subprocess.Popen(
            [sys.executable, *command],
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            start_new_session=True,
        )
    try:
        _wait_until(is_ready, process, log)
        yield process.pid
    finally:
        _end(process)


@contextmanager
def workers(environment: Environment, folder: Path, *arguments: str) -> Iterator[int]:
    """One Celery worker with a process for each core; with `--beat` the scheduler, too."""
    name = f"bench{os.getpid()}@localhost"
    log = folder / "worker.log"
    before = log.stat().st_size if log.exists() else 0
    command = ["-m", "celery", "-A", "vehreg", "worker", "-n", name, "--loglevel", "INFO"]
    command += ["--concurrency", str(os.cpu_count() or 1), *arguments]

    def is_ready() -> bool:
        with log.open("rb") as lines:
            lines.seek(before)
            return b" ready." in lines.read()

    with serving(command, environment=environment, log=log, is_ready=is_ready) as pid:
        yield pid


def _wait_until(is_ready: Callable[[], bool], process: subprocess.Popen[bytes], log: Path) -> None:
    over = threading.Event()
    for _look in range(int(_READY_SECONDS / _LOOK_EVERY)):
        if is_ready():
            return
        if process.poll() is not None:
            break
        over.wait(_LOOK_EVERY)
    raise ProgramFailed(f"it does not start; see {log}")


def _end(process: subprocess.Popen[Any]) -> None:
    """Ask it to end, then end it with all its children."""
    with suppress(ProcessLookupError):
        if process.poll() is None:
            process.send_signal(signal.SIGTERM)
            with suppress(subprocess.TimeoutExpired):
                process.wait(_STOP_SECONDS)
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
