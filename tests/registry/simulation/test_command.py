"""`manage.py simulate`."""

import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from registry.management.commands.simulate import REFUSALS
from tests.registry.simulation.cities import read


def simulate(out: Path, *more: str, vehicles: int = 50) -> None:
    sizes = ("--vehicles", str(vehicles), "--persons", "60", "--seed", "4")
    call_command("simulate", *sizes, "--out", str(out), *more)


def test_licences_follow_the_vehicles_and_declarations_are_as_told(tmp_path: Path):
    simulate(tmp_path, "--declarations", "2", vehicles=100)
    assert [len(read(tmp_path / f"{kind}.csv")) for kind in ("licences", "declarations")] == [6, 2]


def test_it_says_which_files_it_wrote(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    simulate(tmp_path)
    written = capsys.readouterr().out.split()
    assert sorted(written) == sorted(str(path) for path in tmp_path.iterdir())


def test_a_table_of_errors_replaces_the_usual_one(tmp_path: Path):
    table = tmp_path / "errors.json"
    table.write_text('{"number_missing": 1.0}')
    simulate(tmp_path / "city", "--errors", str(table))
    citizens = [v for v in read(tmp_path / "city" / "vehicles.csv") if v["owner_kind"] == "citizen"]
    assert not any(vehicle["owner_id_number"] for vehicle in citizens)
    assert {t["injected"] for t in read(tmp_path / "city" / "truth.csv")} == {"", "number_missing"}


@pytest.mark.parametrize("code", REFUSALS)
def test_every_refusal_has_a_sentence(code: str):
    details = dict.fromkeys(("names", "most", "path", "reason", "codes"), "x")
    assert str(REFUSALS[code] % details)


def test_nonsense_is_refused_in_words(tmp_path: Path):
    with pytest.raises(CommandError, match="vehicles"):
        simulate(tmp_path, vehicles=-1)


def test_a_refusal_ends_with_status_one_and_the_reason_last(tmp_path: Path):
    (tmp_path / "file").write_text("in the way")
    command = [sys.executable, "manage.py", "simulate", "--vehicles", "5", "--persons", "5"]
    finished = subprocess.run(
        [*command, "--out", str(tmp_path / "file")],
        cwd=settings.BASE_DIR,
        capture_output=True,
        text=True,
        check=False,
    )
    assert finished.returncode == 1
    assert str(tmp_path / "file") in finished.stderr.splitlines()[-1]
