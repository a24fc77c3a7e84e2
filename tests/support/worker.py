"""A real Celery worker process for tests that start, kill and restart one."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from celery import Celery

from vehreg.celery import app

_READY_SECONDS = 60
_STOP_SECONDS = 10


@dataclass
class WorkerProcess:
    """`celery -A vehreg worker` in a process group of its own.

    `inside` is a command that runs another one, on a host of its own say; `bell` rings the worker's broker.
    """

    name: str
    env: Mapping[str, str]
    log: Path
    arguments: tuple[str, ...] = ()
    inside: tuple[str, ...] = ()
    bell: Celery = app
    process: subprocess.Popen[bytes] | None = field(default=None, init=False)

    def start(self) -> "WorkerProcess":
        """Returns when the worker takes tasks."""
        command = [*self.inside, sys.executable, "-m", "celery", "-A", "vehreg", "worker", "-n", self.name]
        with self.log.open("ab") as output:
            self.process = subprocess.Popen(
                [*command, "--concurrency", "1", "--loglevel", "INFO", *self.arguments],
                env=dict(self.env),
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                start_new_session=True,
            )
        self._wait_until_ready()
        return self

    @property
    def pid(self) -> int:
        assert self.process is not None
        return self.process.pid

    def kill(self) -> None:
        """`kill -9` of the worker and its children: no goodbye, no acknowledgement."""
        if self.process is None:
            return
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def kill_pool(self) -> None:
        """`kill -9` of the processes that do the work, as when memory runs out; new ones are started."""
        children = Path(f"/proc/{self.pid}/task/{self.pid}/children").read_text().split()
        for child in children:
            os.kill(int(child), signal.SIGKILL)

    def stop(self) -> None:
        """Let it finish its task, then end it."""
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()
            with suppress(subprocess.TimeoutExpired):
                self.process.wait(_STOP_SECONDS)
        self.kill()

    def _wait_until_ready(self) -> None:
        deadline = time.monotonic() + _READY_SECONDS
        while not self._answers():
            assert self.process is not None
            assert self.process.poll() is None, f"The worker ended:\n{self._log_tail()}"
            assert time.monotonic() < deadline, f"The worker is not ready:\n{self._log_tail()}"

    def _answers(self) -> bool:
        with self.bell.connection_for_write() as line:
            return bool(self.bell.control.ping(destination=[self.name], timeout=0.5, connection=line))

    def _log_tail(self) -> str:
        return self.log.read_text(errors="replace")[-3000:]
