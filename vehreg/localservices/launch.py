"""Starts a server that outlives its starter, and waits until it answers."""

from __future__ import annotations

import subprocess
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import BinaryIO

from .errors import ServiceError
from .place import CLEAN_ENVIRONMENT, ServiceUser, own_like_parent
from .process import ProcessId

_PATIENCE = 120.0  # seconds; recovery after a kill -9 in the middle of a load takes a while
_LOG_LIMIT = 20 * 1024 * 1024

# A Popen that is forgotten while its program runs warns; these run on on purpose.
_started: list[subprocess.Popen[bytes]] = []


def launch(
    command: Sequence[str],
    *,
    user: ServiceUser,
    log: Path,
    is_ready: Callable[[ProcessId], bool],
    standard_input: bytes = b"",
) -> ProcessId | None:
    """The process once it is ready; None if it ended before."""
    started = _popen(command, user=user, log=log)
    _started.append(started)
    _feed(started, standard_input)
    process = ProcessId.of(started.pid)
    deadline = time.monotonic() + _PATIENCE
    while process is not None and time.monotonic() < deadline:
        if is_ready(process):
            return process
        if started.poll() is not None:
            return None
        time.sleep(0.02)
    started.terminate()
    return None


def log_tail(log: Path) -> str:
    """The last lines a server wrote."""
    try:
        return "\n".join(log.read_text(errors="replace").splitlines()[-12:])
    except FileNotFoundError:
        return ""


def _popen(command: Sequence[str], *, user: ServiceUser, log: Path) -> subprocess.Popen[bytes]:
    with open_log(log) as output:
        try:
            return subprocess.Popen(
                command,
                stdin=subprocess.PIPE,
                stdout=output,
                stderr=output,
                cwd="/",
                env=CLEAN_ENVIRONMENT,
                start_new_session=True,  # Ctrl-C at the terminal is not meant for it
                **user.becoming(),
            )
        except OSError as error:
            raise ServiceError(f"{command[0]} could not be started: {error}") from error


def open_log(log: Path) -> BinaryIO:
    """For appending; begun anew when it has grown large."""
    grown = log.exists() and log.stat().st_size > _LOG_LIMIT
    output = log.open("wb" if grown else "ab")
    own_like_parent(log)
    return output


def _feed(started: subprocess.Popen[bytes], standard_input: bytes) -> None:
    pipe = started.stdin
    if pipe is None:
        return
    try:
        with pipe:
            pipe.write(standard_input)
    except BrokenPipeError:
        return  # it ended at once; its log says why
