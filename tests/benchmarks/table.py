"""The record as a table of Markdown: ours, what stands beside it, what was wanted, what came of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from tests.benchmarks.figures import FIGURES, Figure
from tests.benchmarks.record import Record

HEAD = ("figure", "ours", "beside it", "ratio", "reach", "")
NOT_MEASURED = "not measured"

_DECIMALS = {"s": 1, "GB": 2}


def table(record: Record, figures: Iterable[Figure] = FIGURES) -> str:
    lines = [HEAD, ("---",) * len(HEAD), *(_row(record, figure) for figure in figures)]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines) + "\n"


def missed(record: Record, figures: Iterable[Figure] = FIGURES) -> list[str]:
    """What fell short, in words."""
    judged = ((figure, _judgement(record, figure)) for figure in figures)
    return [f"{figure.ours}: {words}" for figure, words in judged if words.startswith("missed")]


def remarks(record: Record) -> Iterator[str]:
    """What a number does not say by itself, each key once."""
    keys = dict.fromkeys(key for figure in FIGURES for key in (figure.ours, figure.beside))
    for key in keys:
        if remark := record.remark(key):
            yield f"`{key}`: {remark}"


def _row(record: Record, figure: Figure) -> tuple[str, ...]:
    ours, beside = record.value(figure.ours), record.value(figure.beside)
    return (
        figure.title,
        shown(ours, figure.unit),
        f"{figure.rival}: {shown(beside, figure.unit)}" if figure.rival else "",
        _ratio(ours, beside, figure),
        figure.reach.words.strip() if figure.reach else "",
        _judgement(record, figure),
    )


def _judgement(record: Record, figure: Figure) -> str:
    ours = record.value(figure.ours)
    if figure.reach is None or ours is None:
        return ""
    return figure.reach.judge(ours, record.value(figure.beside))


def shown(value: float | None, unit: str) -> str:
    if value is None:
        return NOT_MEASURED
    return f"{value:,.{_DECIMALS.get(unit, 0)}f} {unit}".strip()


def _ratio(ours: float | None, beside: float | None, figure: Figure) -> str:
    """How many times as fast we are; or as long we take, where that is what the reach speaks of."""
    if not ours or not beside:
        return ""
    as_long = figure.reach is not None and figure.reach.as_long
    times = ours / beside if as_long or figure.unit == "rows/s" else beside / ours
    return f"{times:,.0f} ×" if times >= 10 else f"{times:.2f} ×"
