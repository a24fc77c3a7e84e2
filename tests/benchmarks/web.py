"""The web server of a bench, as in production but for the TLS proxy before it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from tests.benchmarks.bench import Bench
from tests.benchmarks.processes import serving
from vehreg.localservices.ports import choose_port
from vehreg.localservices.processes import web_answers

# The proxy keeps its connections; a browser would open a closed one again by itself.
_WEB = (
    "-m", "gunicorn", "vehreg.wsgi", "--workers", "3", "--threads", "4", "--timeout", "120",
    "--keep-alive", "75",
)  # fmt: skip


@contextmanager
def web(bench: Bench) -> Iterator[str]:
    """The address it answers at, for the block."""
    address = f"127.0.0.1:{choose_port()}"
    with serving(
        [*_WEB, "--bind", address],
        environment=bench.environment,
        log=bench.folder / "web.log",
        is_ready=lambda: web_answers(f"http://{address}/admin/"),
    ):
        yield f"http://{address}"
