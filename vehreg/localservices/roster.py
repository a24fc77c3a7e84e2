"""`var/processes.json`: the processes a supervisor has started, for whoever must end them later."""

from __future__ import annotations

import json
import os
import signal
from dataclasses import dataclass
from pathlib import Path

from .place import own_like_parent
from .process import ProcessId

SUPERVISOR = "supervisor"
_PATIENCE = 12.0  # seconds a supervisor has to stop what it started


@dataclass(frozen=True)
class Roster:
    path: Path

    def read(self) -> dict[str, ProcessId]:
        """The processes by name; those that have ended are left out."""
        try:
            value = json.loads(self.path.read_text())
        except (OSError, ValueError):
            return {}
        found = {name: ProcessId.read(entry) for name, entry in value.items()}
        return {name: process for name, process in found.items() if process and process.is_alive()}

    def write(self, processes: dict[str, ProcessId]) -> None:
        draft = self.path.with_suffix(".new")
        draft.write_text(json.dumps({name: process.as_json() for name, process in processes.items()}))
        own_like_parent(draft)
        draft.replace(self.path)

    def stop_all(self) -> list[str]:
        """Stop the supervisor, which stops the others; then those that lost theirs."""
        running = self.read()
        supervisor = running.pop(SUPERVISOR, None)
        if supervisor and supervisor.pid != os.getpid():
            supervisor.stop(signal.SIGTERM, signal.SIGKILL, patience=_PATIENCE)
        for process in running.values():
            process.stop(signal.SIGTERM, signal.SIGKILL, patience=5, group=True)
        self.path.unlink(missing_ok=True)
        return list(running)
