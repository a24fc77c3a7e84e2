"""The figures of a bench as a page of Markdown: what was wanted, what was reached, the rival beside it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from tests.benchmarks.accuracy.measure import Band, Figures, Measured

# Bands with fewer proposals say more about chance than about the model.
FEWEST = 500


@dataclass(frozen=True, slots=True)
class Shown:
    """Times in seconds; matching alone, without reading the files."""

    ours: Measured
    rival: Measured
    seconds: float
    trained: float
    rival_seconds: float


@dataclass(frozen=True, slots=True)
class Row:
    name: str
    reach: str
    figure: Callable[[Figures], float]


ROWS = (
    Row("precision of what is linked without a human", "99.99 %", lambda f: f.linked_right / f.linked),
    Row("its recall, of all whose person is in the population and alive", "85 %",
        lambda f: f.linked_right / f.linkable_alive),
    Row("the same, of those whose entry carries their own number", "",
        lambda f: f.numbered_linked / f.numbered),
    Row("its recall of all, the dead counted too: they are found, and go to the heirs as a case", "",
        lambda f: f.linked_right / f.linkable),
    Row("precision of the first proposal", "98.5 %", lambda f: f.proposed_right / f.proposed),
    Row("recall of the first proposal", "94 %", lambda f: f.proposed_right / f.linkable),
    Row("right person among the first three", "96 %", lambda f: f.among_three / f.linkable),
)  # fmt: skip


def table(shown: Shown, *, about: str) -> str:
    lines = ["# How good matching is", "", "`make bench-accuracy` wrote this.", "", f"    {about}", ""]
    lines += ["| figure | reach | matching | Splink alone |", "|---|---|---|---|"]
    lines += [
        f"| {row.name} | {row.reach} | {row.figure(shown.ours.figures):.4%} "
        f"| {row.figure(shown.rival.figures):.4%} |"
        for row in ROWS
    ]
    worst, rivals = (calibration_error(one.bands) for one in (shown.ours, shown.rival))
    lines += [
        f"| largest calibration error of a band of {FEWEST} proposals or more, points | 2 "
        f"| {worst * 100:.1f} | {rivals * 100:.1f} |",
        f"| seconds to train and to match | | {shown.trained:.0f} + {shown.seconds:.0f} "
        f"| {shown.rival_seconds:.0f} |",
        "",
    ]
    lines += ["| stated chance from | proposals | mean stated | came true |", "|---|---|---|---|"]
    lines += [
        f"| {band.band:.1%} | {band.stated:,} | {band.mean:.2%} | {band.came_true:.2%} |"
        for band in shown.ours.bands
    ]
    lines += ["", "| verdict | pass | parties | right | wrong | named nobody, though there |"]
    lines += ["|---|---|---|---|---|---|"]
    lines += [
        "| " + " | ".join(str(value) for value in row.values()) + " |"
        for row in shown.ours.by_verdict.to_pylist()
    ]
    return "\n".join(lines) + "\n"


def calibration_error(bands: tuple[Band, ...]) -> float:
    """The largest difference between stated and true, among the bands that are large enough."""
    return max((abs(band.mean - band.came_true) for band in bands if band.stated >= FEWEST), default=0.0)
