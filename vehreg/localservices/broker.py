"""The private Redis-protocol broker: a bell for the workers, with a password."""

from __future__ import annotations

import secrets
import signal
import socket
from dataclasses import dataclass
from pathlib import Path

from .errors import ServiceError
from .launch import launch, log_tail
from .place import Place, ServiceUser
from .ports import choose_port
from .process import ProcessId, process_working_in
from .programs import find_broker
from .record import ServiceRecord

_ATTEMPTS = 3
# Every pytest-xdist worker takes a database of its own.
_CONFIGURATION = """\
bind {addresses}
port {port}
requirepass {password}
dir "{directory}"
pidfile "{directory}/broker.pid"
databases 64
appendonly yes
appendfsync everysec
save ""
maxmemory-policy noeviction
"""


@dataclass(frozen=True)
class BrokerService:
    """One broker below `home`. It listens on 127.0.0.1, and on `addresses`."""

    place: Place
    home: Path
    addresses: tuple[str, ...] = ()

    name = "broker"

    @property
    def data(self) -> Path:
        return self.home / "broker"

    @property
    def log(self) -> Path:
        return self.place.log / "broker.log"

    @property
    def pid_file(self) -> Path:
        return self.data / "broker.pid"

    @staticmethod
    def url(record: ServiceRecord) -> str:
        return f"redis://:{record.password}@127.0.0.1:{record.port}/0"

    def start(self, known: ServiceRecord) -> ServiceRecord:
        user = ServiceUser.owning(self.data)
        program = find_broker(user, self.home)
        self.stop_leftover()
        if not self.data.exists():
            user.make_directory(self.data)
        return self._run(user, program, known.port, known.password or secrets.token_hex(24))

    def stop(self, process: ProcessId) -> None:
        if not process.stop(signal.SIGTERM, signal.SIGKILL):
            raise ServiceError("The private broker does not stop.")

    def stop_leftover(self) -> None:
        """Stop a server nobody has written down."""
        leftover = process_working_in(self.data, self.pid_file)
        if leftover is not None:
            self.stop(leftover)

    def _run(self, user: ServiceUser, program: str, port: int, password: str) -> ServiceRecord:
        """Start it with its settings on standard input: the password shows in no list of processes."""
        for _ in range(_ATTEMPTS):
            port = choose_port(port)
            settings = _CONFIGURATION.format(
                addresses=" ".join(("127.0.0.1", *self.addresses)),
                port=port,
                password=password,
                directory=self.data,
            )
            process = launch(
                [program, "-"],
                user=user,
                log=self.log,
                is_ready=lambda _, port=port: _answers(port, password),  # type: ignore[misc]
                standard_input=settings.encode(),
            )
            if process is not None:
                return ServiceRecord(process, port, password, Path(program).name)
            port = 0
        raise ServiceError(f"The private broker does not start:\n{log_tail(self.log)}")


def _answers(port: int, password: str) -> bool:
    """Whether a broker with this password is ready; one that still loads its file is not."""
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=1) as line:
            line.sendall(f"AUTH {password}\r\nPING\r\n".encode())
            answer = line.makefile("rb")
            return answer.readline() == b"+OK\r\n" and answer.readline() == b"+PONG\r\n"
    except OSError:
        return False
