"""The table of the benchmarks tells what was reached, what was missed and what was not measured."""

from dataclasses import replace
from pathlib import Path

import pytest

from tests.benchmarks.document import document
from tests.benchmarks.figures import FIGURES, Figure
from tests.benchmarks.reach import at_least, at_most, at_most_times, times_as_fast, times_quicker
from tests.benchmarks.record import Record
from tests.benchmarks.runner import UnknownStep, due, mend
from tests.benchmarks.size import Size, SizeRefused
from tests.benchmarks.table import missed, table

LIST = Figure("case list", "list", "ms", "stock admin", "stock", times_quicker(20))


@pytest.fixture
def record(tmp_path: Path) -> Record:
    fresh = Record.load(tmp_path / "run.json")
    fresh.begin("lists")
    return fresh


@pytest.mark.parametrize(
    ("reach", "ours", "beside", "judged"),
    [
        (at_most(300, "ms"), 300, None, "reached"),
        (at_most(300, "ms"), 360, None, "missed by 20 %"),
        (at_most(300, "ms"), 900, None, "missed by a factor of 3.0"),
        (at_most(0, ""), 0, None, "reached"),
        (at_least(300, "rows/s"), 450, None, "reached"),
        (at_least(300, "rows/s"), 250, None, "missed by 20 %"),
        (at_most(0, ""), 3, None, "missed"),
        (times_as_fast(20), 40_000, 2_000, "reached"),
        (times_as_fast(20), 20_000, 2_000, "missed by a factor of 2.0"),
        (times_as_fast(1 / 3), 30_000, 100_000, "missed by 11 %"),
        (times_quicker(50), 10, 500, "reached"),
        (times_quicker(50), 10, 400, "missed by 25 %"),
        (at_most_times(3), 30, 10, "reached"),
        (at_most_times(3), 33, 10, "missed by 10 %"),
        (times_as_fast(20), 40_000, None, ""),
    ],
)
def test_a_reach_says_whether_and_by_how_much_it_was_missed(reach, ours, beside, judged) -> None:
    assert reach.judge(ours, beside) == judged


def test_a_row_shows_both_figures_their_ratio_and_the_verdict(record: Record) -> None:
    record.note("list", 40)
    record.note("stock", 1000)
    row = table(record, [LIST]).splitlines()[-1]
    assert row == "| case list | 40 ms | stock admin: 1,000 ms | 25 × | ≥ 20 × | reached |"


def test_where_the_reach_is_how_long_we_may_take_the_ratio_says_how_long_we_took(record: Record) -> None:
    record.note("list", 250)
    record.note("stock", 100)
    row = table(record, [replace(LIST, reach=at_most_times(2))]).splitlines()[-1]
    assert row.endswith("| 2.50 × | ≤ 2 × as long | missed by 25 % |")


def test_what_did_not_run_is_called_not_measured_and_never_reached(record: Record) -> None:
    row = table(record, [LIST]).splitlines()[-1]
    assert row == "| case list | not measured | stock admin: not measured |  | ≥ 20 × |  |"
    assert missed(record, [LIST]) == []


def test_what_fell_short_is_listed(record: Record) -> None:
    record.note("list", 100)
    record.note("stock", 1000)
    assert missed(record, [LIST]) == ["list: missed by a factor of 2.0"]


def test_a_record_goes_on_where_its_process_was_stopped(record: Record) -> None:
    record.note("list", 40, "median of five")
    found = Record.load(record.path)
    assert (found.underway, found.value("list"), found.remark("list")) == ("lists", 40, "median of five")
    found.end(seconds=3)
    assert Record.load(record.path).done == {"lists": 3}


def test_a_step_begun_again_forgets_what_it_had_measured_and_nothing_else(record: Record) -> None:
    record.note("list", 40)
    record.end(seconds=3)
    record.begin("match")
    record.note("match", 7)
    record.fail("the worker died")
    record.begin("lists")
    assert record.value("list") is None
    assert (record.value("match"), record.failed) == (7, {"match": "the worker died"})


def test_a_size_is_a_name_or_a_number_of_vehicles() -> None:
    assert Size.of("full").persons == 8_700_000
    assert Size.of("400000").eighth.vehicles == 50_000
    with pytest.raises(SizeRefused):
        Size.of("huge")


def test_every_figure_with_a_rival_names_what_is_measured_of_it() -> None:
    assert [figure.title for figure in FIGURES if bool(figure.rival) != bool(figure.beside)] == []


def test_a_run_goes_on_with_what_is_not_done(tmp_path: Path) -> None:
    found = Record(tmp_path / "run.json", done={"city": 1, "deliver": 2, "match": 3})
    names = [step.name for step in due(found)]
    assert "deliver.rivals" in names
    assert {"city", "deliver", "match"}.isdisjoint(names)


def test_what_is_asked_for_brings_what_it_needs_and_nothing_else(tmp_path: Path) -> None:
    found = Record(tmp_path / "run.json", done={"city": 1})
    assert [step.name for step in due(found, ["lists"])] == ["deliver", "match", "lists"]
    with pytest.raises(UnknownStep):
        due(found, ["nonsense"])


def test_registers_broken_off_while_they_were_written_are_delivered_anew(tmp_path: Path) -> None:
    done = {"city": 1.0, "deliver": 2.0, "match.splink": 3.0}
    found = Record(tmp_path / "run.json", done=dict(done), underway="match")
    mend(found, city_is_gone=False)
    assert set(found.done) == {"city", "match.splink"}
    untouched = Record(tmp_path / "other.json", done=dict(done), underway="lists")
    mend(untouched, city_is_gone=False)
    assert untouched.done == done


def test_a_run_over_several_states_of_the_code_says_which_step_measured_which(tmp_path: Path) -> None:
    record = Record(tmp_path / "run.json")
    for step, commit in (("deliver", "aaa"), ("match", "bbb"), ("lists", "bbb")):
        record.tell({"commit": commit})
        record.begin(step)
        record.end(seconds=1)
    page = document(Record.load(record.path), Size.of("full"))
    assert "while the run stood still: aaa: deliver; bbb: match, lists" in page
