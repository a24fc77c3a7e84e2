"""Hosts made of Linux namespaces: each with its own network, name and disk, joined to this one by a wire."""

import os
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

# A range for benchmarks (RFC 2544), in use nowhere; a pair of addresses for each host.
_NETWORK = "198.18"
_ENTER = 'mount -t tmpfs none "$1" && mkdir "$1/tmp" && hostname "$2" && shift 2 && exec "$@"'


class NoHosts(Exception):
    """This system gives us no namespaces; the message says why."""


@dataclass(frozen=True)
class Host:
    """One host. Its disk is mounted at `disk`, where other hosts see an empty folder."""

    number: int
    name: str
    disk: Path

    @classmethod
    def make(cls, number: int) -> "Host":
        disk = Path(tempfile.mkdtemp(prefix="vehreg-host-"))
        host = cls(number, f"vr{os.getpid()}-{number}", disk)
        try:
            host._wire()
        except NoHosts:
            host.remove()
            raise
        return host

    @property
    def our_address(self) -> str:
        """Where the host reaches us."""
        return f"{self._network}.{4 * self.number + 1}"

    @property
    def inside(self) -> tuple[str, ...]:
        """The command that runs another one on the host."""
        entered = ("unshare", "--mount", "--uts", "sh", "-c", _ENTER, "sh", str(self.disk), self.name)
        return ("ip", "netns", "exec", self.name, *entered)

    def cut_off(self) -> None:
        _run("ip", "link", "set", self.name, "down")

    def join(self) -> None:
        _run("ip", "link", "set", self.name, "up")

    def remove(self) -> None:
        for command in (("ip", "link", "del", self.name), ("ip", "netns", "del", self.name)):
            subprocess.run(command, capture_output=True, check=False)
        self.disk.rmdir()

    @property
    def _network(self) -> str:
        return f"{_NETWORK}.{os.getpid() % 256}"

    def _wire(self) -> None:
        there = ("ip", "-n", self.name)
        _run("ip", "netns", "add", self.name)
        _run("ip", "link", "add", self.name, "type", "veth", "peer", "name", "eth0", "netns", self.name)
        _run("ip", "addr", "add", f"{self.our_address}/30", "dev", self.name)
        _run(*there, "addr", "add", f"{self._network}.{4 * self.number + 2}/30", "dev", "eth0")
        for command in (("ip", "link", "set", self.name, "up"), (*there, "link", "set", "eth0", "up")):
            _run(*command)
        _run(*there, "link", "set", "lo", "up")
        _run(*self.inside, "true")


def _run(*command: str) -> None:
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    except FileNotFoundError as error:
        raise NoHosts(f"{command[0]} is not installed (Debian: iproute2, util-linux)") from error
    if done.returncode:
        raise NoHosts(f"{' '.join(command[:4])}: {done.stderr.strip()}")
