"""When the work is done at the pace of the last days."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.progress.forecast import finish_day, outlook, pace

TODAY = date(2025, 12, 7)
END = date(2025, 12, 31)
weeks = st.lists(st.integers(0, 200_000), min_size=2, max_size=30)


def test_the_pace_is_the_mean_of_the_last_seven_days():
    assert pace([1_000_000, *[70] * 7]) == 70


def test_without_a_day_there_is_no_pace():
    assert pace([]) == 0


def test_a_backlog_is_worked_off_on_the_day_the_last_case_falls():
    assert finish_day(backlog=100, per_day=50, today=TODAY) == TODAY + timedelta(days=2)
    assert finish_day(backlog=101, per_day=50, today=TODAY) == TODAY + timedelta(days=3)


def test_who_closes_nothing_never_finishes():
    assert finish_day(backlog=1, per_day=0, today=TODAY) is None


def test_who_has_nothing_left_is_done_today():
    assert finish_day(backlog=0, per_day=0, today=TODAY) == TODAY


def test_an_even_pace_leaves_no_doubt():
    last = outlook(daily=[100] * 7, done=1_000, total=100_000, today=TODAY, until=END)[-1]
    assert last.day == END
    assert last.low == last.middle == last.high == 1_000 + 24 * 100


def test_an_uneven_pace_widens_the_interval_day_by_day():
    expected = outlook(daily=[50, 150, 80, 120, 60, 140, 100], done=0, total=10**9, today=TODAY, until=END)
    widths = [point.high - point.low for point in expected]
    assert widths == sorted(widths)
    assert expected[10].middle == pytest.approx(1_000)
    assert expected[10].low < 1_000 < expected[10].high


@given(weeks, st.integers(0, 10**6), st.integers(0, 10**7))
def test_nothing_is_undone_and_nobody_does_more_than_there_is(daily, done, more):
    total = done + more
    for point in outlook(daily=daily, done=done, total=total, today=TODAY, until=END):
        assert done <= point.low <= point.middle <= point.high <= total


def test_after_the_end_only_today_is_known():
    assert [point.day for point in outlook(daily=[1], done=1, total=2, today=END, until=END)] == [END]
