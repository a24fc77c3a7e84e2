"""When the work is done at the pace of the last days, and how sure that is. Pure arithmetic."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import ceil, sqrt
from statistics import fmean, stdev

WINDOW = 7  # days: a whole week, so that Sundays weigh as they do
# Two-sided 95 % quantiles of Student's t by degrees of freedom.
_T95 = {1: 12.71, 2: 4.30, 3: 3.18, 4: 2.78, 5: 2.57, 6: 2.45}


@dataclass(frozen=True)
class Expectation:
    """What is expected to be done by the end of a day, with the interval that holds 95 of 100 times."""

    day: date
    low: float
    middle: float
    high: float


def pace(daily: Sequence[int]) -> float:
    """Mean a day over the last week of `daily` (oldest first); nought without a day."""
    window = daily[-WINDOW:]
    return fmean(window) if window else 0.0


def finish_day(*, backlog: int, per_day: float, today: date) -> date | None:
    """The day a backlog is worked off; None when at this pace it never is (or not in ten years)."""
    if backlog <= 0:
        return today
    if per_day <= 0 or backlog / per_day > 3650:
        return None
    return today + timedelta(days=ceil(backlog / per_day))


def outlook(*, daily: Sequence[int], done: int, total: int, today: date, until: date) -> list[Expectation]:
    """What will be done on each day from today until `until`, never less than now nor more than `total`.

    Days are taken as independent draws around the week's mean: after n days the sum varies by
    s·√(n + n²/w), the second part because the mean itself comes from w days only.
    """
    window = daily[-WINDOW:]
    mean, spread = pace(window), stdev(window) if len(window) > 1 else 0.0
    factor = _T95.get(len(window) - 1, 0.0) * spread
    expected = []
    for n in range(max(0, (until - today).days) + 1):
        middle = done + mean * n
        margin = factor * sqrt(n + n * n / max(1, len(window)))
        low, at, high = (max(done, min(total, value)) for value in (middle - margin, middle, middle + margin))
        expected.append(Expectation(today + timedelta(days=n), low, at, high))
    return expected
