"""Further processes that do chunks of a foreground job, one for each processor that would be idle."""

import os
import subprocess
import sys
from contextlib import suppress
from types import TracebackType
from typing import Self
from urllib.parse import urlsplit

from django.conf import settings
from django.db import connection

from vehreg.jobs.claims import claimable
from vehreg.jobs.models import Job, JobChunk

_STOP_SECONDS = 30


class Helpers:
    """Called between two chunks: starts the processes once a stage has parts for more than one."""

    def __init__(self, job: Job, count: int) -> None:
        self._job, self._count = job, count
        self._processes: list[subprocess.Popen[bytes]] = []

    def __enter__(self) -> Self:
        return self

    def __call__(self) -> None:
        if self._count and JobChunk.objects.filter(claimable(), job=self._job)[1:2].exists():
            self._processes = [self._start() for _ in range(self._count)]
            self._count = 0

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """They end with the job; one that does not, because nobody drives it any more, is told to."""
        for process in self._processes:
            if kind is not None:
                process.terminate()
            with suppress(subprocess.TimeoutExpired):
                process.wait(_STOP_SECONDS)
            process.kill()
            process.wait()

    def _start(self) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", "vehreg.jobs.helping", str(self._job.pk), str(os.getpid())]
        environment = os.environ | {"DATABASE_URL": _database_url(), "REDIS_URL": settings.REDIS_URL}
        return subprocess.Popen(  # noqa: S603 - a list of arguments of our own
            command, cwd=settings.BASE_DIR, env=environment, stdin=subprocess.DEVNULL, start_new_session=True
        )


def _database_url() -> str:
    """The database Django works on, which need not be the one of the settings."""
    return urlsplit(settings.DATABASE_URL)._replace(path=f"/{connection.settings_dict['NAME']}").geturl()
