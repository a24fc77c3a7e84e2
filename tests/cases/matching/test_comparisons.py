"""The comparisons in SQL say what `registry.identity` says, and what the levels promise."""

from __future__ import annotations

from collections.abc import Iterator

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cases.matching.comparisons import install
from cases.matching.names import name_level
from registry.identity.names import compare_names
from registry.identity.numbers import number_distance

few_digits = st.text(alphabet="01", min_size=9, max_size=9) | st.text(alphabet="01", min_size=12, max_size=12)
syllables = st.sampled_from(["Nguyễn", "nguyễn", "NGUYỄN", "Hoà", "Hòa", "HOÀ", "Hùng", "Hưng", "Hung"])
names = st.lists(syllables, min_size=1, max_size=3).map(" ".join)


@pytest.fixture(scope="module")
def con() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect(":memory:") as connection:
        install(connection)
        yield connection


def value(con, expression, *parameters):
    return con.execute(f"SELECT {expression}", list(parameters)).fetchall()[0][0]


@given(first=few_digits, second=few_digits)
@settings(max_examples=300, deadline=None)
def test_numbers_are_as_far_apart_in_sql_as_in_identity(con, first, second):
    assert value(con, "number_near(?::VARCHAR, ?::VARCHAR)", first, second) == number_distance(first, second)


@given(first=names, second=names)
@settings(max_examples=300, deadline=None)
def test_names_judged_at_once_are_judged_as_identity_judges_them(con, first, second):
    level = value(con, "name_level_at_once(?::VARCHAR, ?::VARCHAR)::VARCHAR", first, second)
    assert level in (None, compare_names(first, second))


def test_marks_missing_altogether_are_told_from_marks_that_differ():
    assert name_level("Nguyen Van Hung", "Nguyễn Văn Hùng") == "bare"
    assert name_level("Nguyễn Văn Hưng", "Nguyễn Văn Hùng") == "marks"


@pytest.mark.parametrize(
    ("formers", "level"),
    [
        (["012345678"], "former"),
        (["999999999", "012345687"], "swap"),
        (["012345671"], "one_digit"),
        (["012345600"], "two_digits"),
        (["999999999"], "different"),
        ([], "missing"),
        (None, "missing"),
    ],
)
def test_a_former_number_is_held_against_the_nearest_of_those_on_file(con, formers, level):
    sql = "number_level(NULL, '012345678', '001085000001', ?::VARCHAR[])::VARCHAR"
    assert value(con, sql, formers) == level


@pytest.mark.parametrize(
    ("first", "second", "level"),
    [
        (("1985-02-13", "day"), ("1985-02-13", "day"), "same"),
        (("1985-02-06", "day"), ("1985-06-02", "day"), "swapped"),
        (("1985-02-13", "day"), ("1985-02-18", "day"), "one_part"),
        (("1985-02-13", "day"), ("1958-02-13", "day"), "one_part"),
        (("1985-02-13", "day"), ("1985-03-18", "day"), "different"),
        (("1985-02-01", "month"), ("1985-02-13", "day"), "month"),
        (("1985-02-01", "month"), ("1985-03-13", "day"), "different"),
        (("1985-01-01", "year"), ("1985-02-13", "day"), "year"),
        (("1985-01-01", "day"), ("1985-02-13", "day"), "year"),
        (("1985-01-01", "day"), ("1985-01-01", "day"), "year"),
        (("1985-01-01", "year"), ("1986-02-13", "day"), "different"),
        ((None, None), ("1985-02-13", "day"), "missing"),
    ],
)
def test_birth_dates_agree_on_the_level_that_both_sides_know(con, first, second, level):
    side = "exact_birth({0}, {1}), month_of_birth({0}, {1}), year({0})"
    sql = f"birth_level({side.format('$a', '$p')}, {side.format('$b', '$q')})::VARCHAR"
    sql = sql.replace("$a", "?1::DATE").replace("$b", "?3::DATE").replace("$p", "?2").replace("$q", "?4")
    values = [*first, *second]
    for given_first, given_second in ((values, level), ([*second, *first], level)):
        assert value(con, sql.replace("?", "$"), *given_first) == given_second


def test_a_ward_that_is_not_sure_is_missing_and_not_different(con):
    assert value(con, "ward_level(NULL, '00004')::VARCHAR") == "missing"
    assert value(con, "ward_level('00199', '00004')::VARCHAR") == "different"
