"""Draws that are the same each time."""

from pathlib import Path

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.simulation.city import open_workshop
from registry.simulation.sql import Dice, case, literal, spread


def drawn(folder: Path, *expressions: str, rows: int = 20_000) -> list[tuple[object, ...]]:
    with open_workshop(folder) as workshop:
        return workshop.execute(f"SELECT {', '.join(expressions)} FROM range({rows}) t(n)").fetchall()


@pytest.mark.parametrize(("high", "low"), [(100, 200), (1000, 20), (7, 13)])
def test_shuffled_numbers_are_all_there_once(tmp_path: Path, high: int, low: int):
    rows = drawn(tmp_path, Dice(1).shuffled("n", "x", str(high), str(low)), rows=high * low)
    assert sorted(number for (number,) in rows) == list(range(high * low))


def test_a_chance_comes_as_often_as_it_says(tmp_path: Path):
    dice = Dice(3)
    rows = drawn(tmp_path, dice.chance("n", "a", 0.25), dice.chance("n", "b", 0.25))
    first = sum(bool(a) for a, _ in rows) / len(rows)
    both = sum(bool(a and b) for a, b in rows) / len(rows)
    assert first == pytest.approx(0.25, abs=0.015)
    assert both == pytest.approx(0.0625, abs=0.01)


def test_seeds_draw_differently(tmp_path: Path):
    rows = drawn(tmp_path, Dice(1).below("n", "x", 10), Dice(2).below("n", "x", 10))
    assert sum(a == b for a, b in rows) / len(rows) == pytest.approx(0.1, abs=0.02)


@given(
    st.none() | st.integers(-(10**6), 10**6) | st.text(st.characters(exclude_characters="\0", codec="utf-8"))
)
def test_a_literal_reads_back_as_it_was(value: object):
    with duckdb.connect() as connection:
        assert connection.execute(f"SELECT {literal(value)}").fetchall() == [(value,)]


def test_a_case_without_choices_is_what_is_left():
    assert case([], "x") == "x"
    assert case([("a", "b")], "c") == "(CASE WHEN a THEN b ELSE c END)"


def test_the_rarest_word_still_stands_in_the_table():
    table = spread({"often": 999.0, "never": 0.0001}, 100)
    assert table.count("never") == 1
    assert table.count("often") == 100
