"""`var/services.json`: which servers run, where, and with which password."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from .errors import ServiceError
from .place import own_like_parent
from .process import ProcessId


@dataclass(frozen=True)
class ServiceRecord:
    """One server: its process (None when never started), TCP port on 127.0.0.1 and password."""

    process: ProcessId | None = None
    port: int = 0
    password: str = ""
    version: str = ""

    @classmethod
    def read(cls, value: object) -> ServiceRecord:
        if not isinstance(value, dict):
            return cls()
        return cls(
            ProcessId.read(value.get("process")),
            int(value.get("port") or 0),
            str(value.get("password") or ""),
            str(value.get("version") or ""),
        )

    def as_json(self) -> dict[str, Any]:
        process = self.process and self.process.as_json()
        return {"process": process, "port": self.port, "password": self.password, "version": self.version}

    def is_running(self) -> bool:
        return self.process is not None and self.process.is_alive()

    def stopped(self) -> ServiceRecord:
        return replace(self, process=None)


@dataclass(frozen=True)
class ServicesRecord:
    """What `services.json` says. A copied clone does not take the servers of its original."""

    path: Path
    services: dict[str, ServiceRecord]

    @classmethod
    def load(cls, path: Path) -> ServicesRecord:
        """The record, empty when there is none or it is not readable as one."""
        try:
            value = json.loads(path.read_text())
        except (FileNotFoundError, NotADirectoryError, ValueError):
            return cls(path, {})
        except PermissionError as error:
            raise ServiceError(
                f"{path} belongs to another user: the private services were set up by them. "
                "Work as that user, or set DATABASE_URL and REDIS_URL."
            ) from error
        if not isinstance(value, dict) or value.get("var") != str(path.parent):
            return cls(path, {})
        return cls(path, {name: ServiceRecord.read(value.get(name)) for name in ("postgres", "broker")})

    def get(self, name: str) -> ServiceRecord:
        return self.services.get(name, ServiceRecord())

    def with_service(self, name: str, record: ServiceRecord) -> ServicesRecord:
        """The same with one entry replaced, written to the file at once or not at all."""
        changed = ServicesRecord(self.path, {**self.services, name: record})
        changed._write()
        return changed

    def _write(self) -> None:
        entries = {name: record.as_json() for name, record in self.services.items()}
        draft = self.path.with_suffix(".new")
        draft.unlink(missing_ok=True)
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            json.dump({"var": str(self.path.parent), **entries}, file, indent=2)
        own_like_parent(draft)
        draft.replace(self.path)
