"""Birth dates and numbers are on one level in the engine's SQL and in `registry.identity`."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import get_args

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cases.matching.comparisons import install
from cases.matching.levels import BIRTH_LEVELS, NUMBER_LEVELS, SHOWN_AS
from registry.identity.dates import Birth, BirthLevel, compare_births
from registry.identity.numbers import NumberLevel, number_level

# Few days, months and years, so that every level is met; the unknown part of a date stands as 1.
days = st.builds(
    date, st.sampled_from([1985, 1986]), st.sampled_from([1, 2, 6]), st.sampled_from([1, 2, 6, 13])
)
births = st.one_of(
    st.none(),
    days.map(lambda born: Birth(born, "day")),
    days.map(lambda born: Birth(born.replace(day=1), "month")),
    days.map(lambda born: Birth(born.replace(day=1, month=1), "year")),
)
personal = st.text(alphabet="01", min_size=12, max_size=12)
former = st.text(alphabet="01", min_size=9, max_size=9)
given_numbers = st.one_of(personal, former, st.sampled_from(["", "0101234567"]))

_SIDE = "exact_birth({0}, {1}), month_of_birth({0}, {1}), year({0})"
_BIRTHS = f"birth_level({_SIDE.format('$1::DATE', '$2')}, {_SIDE.format('$3::DATE', '$4')})::VARCHAR"
_NUMBERS = "number_level($1::VARCHAR, $2::VARCHAR, $3::VARCHAR, $4::VARCHAR[])::VARCHAR"


@pytest.fixture(scope="module")
def con() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect(":memory:") as connection:
        install(connection)
        yield connection


def value(con, expression, parameters):
    return con.execute(f"SELECT {expression}", parameters).fetchall()[0][0]


@given(first=births, second=births)
@settings(max_examples=500, deadline=None)
def test_birth_dates_agree_on_one_level_on_both_sides(con, first, second):
    parameters = [part for side in (first, second) for part in (side and side.date, side and side.precision)]
    assert value(con, _BIRTHS, parameters) == compare_births(first, second)


@given(digits=given_numbers, personal_id=personal, formers=st.lists(former, max_size=3))
@settings(max_examples=500, deadline=None)
def test_numbers_agree_on_one_level_on_both_sides(con, digits, personal_id, formers):
    id12, id9 = (digits if len(digits) == length else None for length in (12, 9))
    there = value(con, _NUMBERS, [id12, id9, personal_id, formers])
    assert there == number_level(digits, personal_id, formers)


@pytest.mark.parametrize(("here", "there"), [(BirthLevel, BIRTH_LEVELS), (NumberLevel, NUMBER_LEVELS)])
def test_both_sides_name_the_same_levels(here, there):
    """But for those that the engine sees only among all pairs, and shows by another name."""
    assert get_args(here) == tuple(level for level in there if level not in SHOWN_AS)
