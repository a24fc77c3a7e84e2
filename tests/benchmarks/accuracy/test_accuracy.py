"""How good matching is on a simulated city: `make bench-accuracy`, ERRORS=file for other rates of errors."""

import json
import os
import time
from datetime import date
from importlib.metadata import version
from pathlib import Path

import pytest

from cases.matching.engine import match
from cases.matching.model import Model
from cases.matching.rules import Ruleset
from cases.matching.training import train
from registry.simulation import errors
from registry.simulation.city import simulate
from tests.benchmarks.accuracy.city import City, read_city
from tests.benchmarks.accuracy.measure import Measured, measure
from tests.benchmarks.accuracy.report import Shown, table
from tests.benchmarks.accuracy.rival import splink_alone

PERSONS = int(os.environ.get("ACCURACY_PERSONS", "8000000"))
VEHICLES = int(os.environ.get("ACCURACY_VEHICLES", "400000"))
SEED = int(os.environ.get("ACCURACY_SEED", "11"))
ERRORS = os.environ.get("ERRORS", "")
REPORT = Path("docs/accuracy.md")
MEMORY_MB = 6000
LEARN_FROM = 200_000


@pytest.mark.timeout(3600)
def test_how_good_matching_is(tmp_path: Path) -> None:
    city = _city(tmp_path)
    began = time.monotonic()
    sample = city.parties.slice(0, LEARN_FROM)
    model = train(sample, city.persons, before=Model.load(), version="bench", memory_limit_mb=MEMORY_MB)
    trained = time.monotonic() - began
    ours, seconds = _ours(city, model)
    began = time.monotonic()
    rival = measure(*splink_alone(city), city.truth)
    shown = Shown(
        ours=ours, rival=rival, seconds=seconds, trained=trained, rival_seconds=time.monotonic() - began
    )
    text = table(shown, about=_about(city))
    print(f"\n{text}")
    if not ERRORS and PERSONS >= 8_000_000:
        REPORT.write_text(text, "utf-8")


def _city(folder: Path) -> City:
    rates = errors.read(Path(ERRORS)) if ERRORS else errors.known()
    simulate(
        folder, vehicles=VEHICLES, persons=PERSONS, licences=VEHICLES * 3 // 50, declarations=0, seed=SEED,
        errors=rates,
    )  # fmt: skip
    return read_city(folder)


def _ours(city: City, model: Model) -> tuple[Measured, float]:
    began = time.monotonic()
    result = match(city.parties, city.persons, rules=Ruleset.load(), model=model, memory_limit_mb=MEMORY_MB)
    seconds = time.monotonic() - began
    return measure(result.verdicts, result.candidates, city.truth), seconds


def _about(city: City) -> str:
    said = {
        "date": date.today().isoformat(),
        "persons": PERSONS,
        "parties": city.truth.num_rows,
        "seed": SEED,
        "errors": Path(ERRORS).name if ERRORS else "as shipped",
        "cores": os.cpu_count(),
        "splink": version("splink"),
        "duckdb": version("duckdb"),
        "rules": Ruleset.load().version,
    }
    return json.dumps(said)
