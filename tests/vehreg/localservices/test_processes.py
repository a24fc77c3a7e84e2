import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from vehreg.localservices.errors import ServiceError
from vehreg.localservices.place import PROJECT, Place
from vehreg.localservices.process import ProcessId
from vehreg.localservices.processes import run_together, stop_processes, web_answers
from vehreg.localservices.roster import SUPERVISOR, Roster

# A command with a child of its own, as a web server or a worker has.
PARENT = "sleep 300 & echo $! > {child}; wait"
SUPERVISE = """
import json, os, sys
from pathlib import Path
from vehreg.localservices.place import Place
from vehreg.localservices.processes import run_together
var, commands = Path(sys.argv[1]), json.loads(sys.argv[2])
sys.exit(run_together(commands, env=os.environ, on_ready=(var / "ready").touch, place=Place(var)))
"""


def _eventually(condition: Callable[[], object], seconds: float = 15) -> object:
    deadline = time.monotonic() + seconds
    while not (found := condition()):
        assert time.monotonic() < deadline, "It did not come about."
        time.sleep(0.02)
    return found


@pytest.fixture
def supervise(tmp_path: Path):
    """Starts a supervisor in a process of its own; gives it and its roster."""
    var = tmp_path / "var"
    var.mkdir()
    roster = Roster(var / "processes.json")
    started: list[subprocess.Popen[bytes]] = []

    def start(**commands: list[str]) -> tuple[subprocess.Popen[bytes], Roster]:
        line = [sys.executable, "-c", SUPERVISE, str(var), json.dumps(commands)]
        started.append(subprocess.Popen(line, cwd=PROJECT))
        _eventually((var / "ready").exists)
        return started[-1], roster

    yield start
    roster.stop_all()
    for process in started:
        process.kill()
        process.wait()


def _process_in(file: Path) -> ProcessId:
    pid = _eventually(lambda: file.exists() and file.read_text().strip())
    return ProcessId.of(int(pid))


@pytest.mark.parametrize("signum", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_stops_everything_including_children(supervise, tmp_path, signum):
    child = tmp_path / "child"
    supervisor, roster = supervise(web=["sh", "-c", PARENT.format(child=child)], worker=["sleep", "300"])
    processes = [_process_in(child), *roster.read().values()]

    supervisor.send_signal(signum)

    assert supervisor.wait(10) == 0
    assert not any(process.is_alive() for process in processes)
    assert not roster.path.exists()


def test_one_that_dies_is_started_again_without_its_orphans(supervise, tmp_path):
    child = tmp_path / "child"
    _, roster = supervise(worker=["sh", "-c", PARENT.format(child=child)])
    orphan, first = _process_in(child), roster.read()["worker"]

    os.kill(first.pid, signal.SIGKILL)

    _eventually(lambda: roster.read().get("worker", first) != first)
    _eventually(lambda: not orphan.is_alive())


def test_what_a_killed_supervisor_left_is_stopped_later(supervise, tmp_path):
    supervisor, roster = supervise(worker=["sleep", "300"])
    worker = roster.read()["worker"]
    supervisor.kill()
    supervisor.wait()
    assert worker.is_alive()

    assert stop_processes(Place(tmp_path / "var")) == ["worker"]
    assert not worker.is_alive()


def test_a_second_supervisor_is_told_that_one_runs(supervise, tmp_path):
    _, roster = supervise(worker=["sleep", "300"])

    with pytest.raises(ServiceError, match="Already running"):
        run_together({}, env=os.environ, place=Place(tmp_path / "var"))
    assert roster.read().keys() == {SUPERVISOR, "worker"}


def test_one_that_cannot_run_ends_all_and_its_last_words_are_shown(tmp_path):
    place = Place(tmp_path / "var")
    commands = {"web": ["sh", "-c", "echo address in use; exit 1"], "worker": ["sleep", "300"]}

    with pytest.raises(ServiceError, match="address in use"):
        run_together(commands, env=os.environ, place=place)
    assert Roster(place.var / "processes.json").read() == {}


def test_a_program_that_is_not_there_is_named(tmp_path):
    with pytest.raises(ServiceError, match="no-such-program"):
        run_together({"web": ["no-such-program"]}, env=os.environ, place=Place(tmp_path / "var"))


def test_a_web_server_answers_or_does_not():
    with socket.create_server(("127.0.0.1", 0)) as unused:
        port = unused.getsockname()[1]
    assert not web_answers(f"http://127.0.0.1:{port}/")

    command = [sys.executable, "-m", "http.server", str(port), "--bind", "127.0.0.1"]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as server:
        _eventually(lambda: web_answers(f"http://127.0.0.1:{port}/no-such-page"))
        server.kill()
