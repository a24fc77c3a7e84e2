"""The private PostgreSQL: made once, started on a free port, never as root."""

from __future__ import annotations

import secrets
import shutil
import signal
from dataclasses import dataclass
from pathlib import Path

from . import sizing
from .errors import ServiceError
from .launch import launch, log_tail
from .place import Place, ServiceUser, own_like_parent
from .ports import choose_port
from .process import ProcessId, process_working_in
from .programs import PostgresPrograms, find_postgres
from .record import ServiceRecord

ROLE = DATABASE = "vehreg"
_READY_LINE = 7  # of postmaster.pid, counted from 0
_ACCESS = "host all all 127.0.0.1/32 scram-sha-256\n"
_ACCESS_BESIDES = "host all all samenet scram-sha-256\n"
_ATTEMPTS = 3


@dataclass(frozen=True)
class PostgresService:
    """One cluster below `home`. It listens on 127.0.0.1, and on `addresses` for its neighbours there."""

    place: Place
    home: Path
    addresses: tuple[str, ...] = ()

    name = "postgres"

    @property
    def data(self) -> Path:
        return self.home / "postgres"

    @property
    def log(self) -> Path:
        return self.place.log / "postgres.log"

    @property
    def pid_file(self) -> Path:
        return self.data / "postmaster.pid"

    @staticmethod
    def url(record: ServiceRecord) -> str:
        return f"postgresql://{ROLE}:{record.password}@127.0.0.1:{record.port}/{DATABASE}"

    def start(self, known: ServiceRecord) -> ServiceRecord:
        """Start it, making the cluster first when there is none."""
        user = ServiceUser.owning(self.data)
        programs = find_postgres(user, self.home, self._cluster_major())
        self.stop_leftover()
        new = not self.data.exists()
        if new:
            self._create_cluster(user, programs)
        password = known.password
        if new or not password:
            password = secrets.token_hex(24)
            self._run_alone(user, programs, f"ALTER ROLE {ROLE} PASSWORD '{password}';\n")
        return self._run(user, programs, known.port, password)

    def stop(self, process: ProcessId) -> None:
        """Disconnect everybody and stop cleanly; hard if that takes too long."""
        if not process.stop(signal.SIGINT, signal.SIGQUIT, signal.SIGKILL):
            raise ServiceError("The private PostgreSQL does not stop.")

    def stop_leftover(self) -> None:
        """Stop a server nobody has written down; forget one that is no longer there.

        A pid file that outlived its server names a number which another program may have by now,
        and PostgreSQL would then refuse to start.
        """
        leftover = process_working_in(self.data, self.pid_file)
        if leftover is not None:
            self.stop(leftover)
        elif self.data.is_dir():
            self.pid_file.unlink(missing_ok=True)

    def _cluster_major(self) -> int | None:
        try:
            return int((self.data / "PG_VERSION").read_text())
        except FileNotFoundError:
            return None

    def _create_cluster(self, user: ServiceUser, programs: PostgresPrograms) -> None:
        """`initdb` beside the final name: a cluster that has its name is complete."""
        draft = self.data.with_name("postgres.new")
        shutil.rmtree(draft, ignore_errors=True)
        user.make_directory(draft)
        # Code point order and Unicode case mapping alike on every system; sorting by the
        # Vietnamese alphabet is done by keys of our own.
        locale = ["--locale=C.UTF-8"]
        if programs.major >= 17:
            locale = ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"]
        command = [programs.initdb, "-D", str(draft), "-U", ROLE, "-E", "UTF8", "-A", "reject", *locale]
        done = user.run(command)
        if done.returncode:
            raise ServiceError(f"initdb failed:\n{done.stdout[-1000:]}{done.stderr[-2000:]}")
        self._run_alone(user, programs, f"CREATE DATABASE {DATABASE};\n", data=draft)
        draft.rename(self.data)

    def _run_alone(
        self, user: ServiceUser, programs: PostgresPrograms, sql: str, data: Path | None = None
    ) -> None:
        """Run SQL in a cluster nobody can connect to: single-user mode asks for no password."""
        command = [programs.postgres, "--single", "-D", str(data or self.data), "postgres"]
        done = user.run(command, text=sql)
        if done.returncode or "ERROR:" in done.stderr:
            raise ServiceError(f"The private PostgreSQL could not be prepared:\n{done.stderr[-2000:]}")

    def _run(self, user: ServiceUser, programs: PostgresPrograms, port: int, password: str) -> ServiceRecord:
        """Start the server; another port each time it does not come up."""
        access = self._write_access()
        for _ in range(_ATTEMPTS):
            port = choose_port(port)
            command = [programs.postgres, "-D", str(self.data), *self._options(programs, port, access)]
            process = launch(command, user=user, log=self.log, is_ready=self._is_ready)
            if process is not None:
                return ServiceRecord(process, port, password, f"PostgreSQL {programs.major}")
            port = 0
        raise ServiceError(f"The private PostgreSQL does not start:\n{log_tail(self.log)}")

    def _write_access(self) -> Path:
        """Who may connect: whoever knows the password, from this machine."""
        access = self.home / "pg_hba.conf"
        access.unlink(missing_ok=True)
        access.write_text(_ACCESS + (_ACCESS_BESIDES if self.addresses else ""))
        access.chmod(0o644)
        own_like_parent(access)
        return access

    def _is_ready(self, process: ProcessId) -> bool:
        try:
            lines = self.pid_file.read_text().splitlines()
        except FileNotFoundError:
            return False
        return (
            len(lines) > _READY_LINE
            and lines[0] == str(process.pid)
            and lines[_READY_LINE].strip() == "ready"
        )

    def _options(self, programs: PostgresPrograms, port: int, access: Path) -> list[str]:
        """On the command line rather than in the cluster, so that they follow the machine's memory."""
        settings = {
            "listen_addresses": ",".join(("127.0.0.1", *self.addresses)),
            "port": str(port),
            "unix_socket_directories": "",
            "hba_file": str(access),
            "password_encryption": "scram-sha-256",
            "log_line_prefix": "%m [%p] ",
            **sizing.postgres_settings(
                sizing.memory_bytes(),
                sizing.cores(),
                shutil.disk_usage(self.data).free,
                lz4=programs.has_lz4,
            ),
        }
        return [argument for name, value in settings.items() for argument in ("-c", f"{name}={value}")]
