"""The model is data with a version, its bits add up to the score, and it learns from the data at hand."""

import json
from math import log2
from pathlib import Path

import pyarrow as pa
import pytest

from cases.matching.engine import match
from cases.matching.levels import FIELDS, LEVELS, MISSING
from cases.matching.model import FOLDER, Model, ModelError, versions
from cases.matching.training import TrainingError, train
from tests.cases.matching.builders import (
    MODEL,
    RULES,
    parties_table,
    party,
    person,
    population_table,
)
from tests.cases.matching.lending import lend


def raw():
    return json.loads(versions((FOLDER,))[MODEL.version].read_text("utf-8"))


def test_the_newest_model_is_taken_unless_one_is_named(tmp_path: Path):
    for version in ("2026-12a", "2026-12b"):
        (tmp_path / f"{version}.json").write_text(json.dumps(raw()), "utf-8")
    assert Model.load(folders=(FOLDER, tmp_path)).version == "2026-12b"
    assert Model.load("2026-12a", folders=(FOLDER, tmp_path)).version == "2026-12a"


def test_a_model_that_does_not_exist_is_refused():
    with pytest.raises(ModelError, match="no model 1999-01a"):
        Model.load("1999-01a")


def test_a_model_without_one_of_the_levels_is_refused():
    broken = raw()
    del broken["splink"]["comparisons"][0]["comparison_levels"][-1]
    with pytest.raises(ModelError, match="levels of name"):
        Model.from_json("broken", broken)


def test_a_model_is_the_same_after_it_was_written_and_read():
    assert Model.from_json(MODEL.version, MODEL.as_json()) == MODEL


def candidate(who, *persons):
    names = pa.table({"name_key": ["nguyen van hung"], "people": [1000]})
    result = match(
        parties_table([who]),
        population_table(persons),
        rules=RULES,
        model=MODEL,
        population_size=8_000_000,
        name_counts=names,
        threads=1,
    )
    return result.candidates.to_pylist()[0]


def test_the_bits_of_the_fields_and_the_prior_add_up_to_the_score():
    shown = candidate(
        party("Nguyễn Văn Hùng", "001085000009", "1985-02-13", "00004"),
        person("001085000001", "Nguyễn Văn Hùng", "1985-02-13", ward="00199"),
    )
    parts = json.loads(shown["comparison"])
    total = sum(part["bits"] for part in parts.values())
    assert set(parts) == {"prior", *FIELDS}
    assert shown["score"] == pytest.approx(2**total / (1 + 2**total), abs=0.001)


def test_a_name_tells_how_many_carry_it_to_the_nearest_power_of_two():
    shown = candidate(
        party("Nguyễn Văn Hùng", "", "1985-02-13"), person("001085000001", "Nguyễn Văn Hùng", "1985-02-13")
    )
    assert json.loads(shown["comparison"])["name"]["shared_by"] == 1024


def test_training_finds_how_often_numbers_are_mistyped_without_being_told():
    parties, persons, slips = lend(parties=4000, people=6000, seed=3)
    model = train(parties, persons, before=MODEL, version="2026-12a", threads=1)
    assert model.levels["number"]["one_digit"].m == pytest.approx(slips.one_digit, rel=0.35)
    assert model.levels["birth"]["year"].m == pytest.approx(slips.year_only, rel=0.35)
    assert model.levels["ward"]["different"].m == pytest.approx(slips.moved, rel=0.35)
    assert model.linkable == pytest.approx(slips.present, abs=0.04)
    assert (model.version, model.trained_on["before"]) == ("2026-12a", MODEL.version)


def test_trained_shares_of_each_field_come_to_one():
    parties, persons, _ = lend(parties=4000, people=6000, seed=4)
    model = train(parties, persons, before=MODEL, version="x", threads=1)
    for field in FIELDS:
        assert set(model.levels[field]) == set(LEVELS[field]) - {MISSING}
        assert sum(level.m for level in model.levels[field].values()) == pytest.approx(1)


def test_the_same_data_train_the_same_model():
    parties, persons, _ = lend(parties=4000, people=6000, seed=5)
    first, again = (train(parties, persons, before=MODEL, version="x", threads=1) for _ in range(2))
    assert first.as_json() == again.as_json()


def test_too_few_pairs_train_nothing():
    parties, persons, _ = lend(parties=50, people=60, seed=6)
    with pytest.raises(TrainingError):
        train(parties, persons, before=MODEL, version="x", threads=1)


def test_a_borrowed_number_speaks_less_against_a_person_than_one_of_nobody():
    assert MODEL.levels["number"]["held"].bits > MODEL.levels["number"]["different"].bits
    assert MODEL.prior_bits(8_000_000) < -log2(8_000_000 / 100)
