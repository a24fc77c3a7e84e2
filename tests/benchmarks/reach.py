"""What a figure is to reach, and by how much it was missed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

# (ours, what stands beside it) → how far we came, as a share of the way: 1 and more is reached.
Share = Callable[[float, float | None], float | None]


@dataclass(frozen=True)
class Reach:
    """`words` say it in the table. `share` is None where what it is compared with was not measured.

    `as_long`: it speaks of how many times as long we take, not of how many times as fast we are.
    """

    words: str
    share: Share
    as_long: bool = False

    def judge(self, ours: float, beside: float | None) -> str:
        """ "reached", "missed by 12 %", or nothing where it cannot be told."""
        share = self.share(ours, beside)
        if share is None:
            return ""
        if share >= 1:
            return "reached"
        return f"missed by {_shortfall(share)}" if share else "missed"


def at_most(limit: float, unit: str) -> Reach:
    """An absolute limit: seconds, milliseconds, queries, megabytes."""
    return Reach(f"≤ {limit:g} {unit}", lambda ours, _beside: _ratio(limit, ours))


def at_least(limit: float, unit: str) -> Reach:
    """An absolute limit of a figure where more is better."""
    return Reach(f"≥ {limit:g} {unit}", lambda ours, _beside: _ratio(ours, limit))


def times_as_fast(times: float, *, words: str = "") -> Reach:
    """Of figures where more is better: rows per second."""
    return Reach(
        words or f"≥ {times:g} ×",
        lambda ours, beside: None if beside is None else _ratio(ours, times * beside),
    )


def times_quicker(times: float, *, words: str = "") -> Reach:
    """Of figures where less is better: what stands beside takes so many times as long."""
    return Reach(
        words or f"≥ {times:g} ×",
        lambda ours, beside: None if beside is None else _ratio(beside, times * ours),
    )


def at_most_times(times: float) -> Reach:
    """Of figures where less is better: ours may take so many times what stands beside it."""
    quicker = times_quicker(1 / times)
    return Reach(f"≤ {times:g} × as long", quicker.share, as_long=True)


def _ratio(above: float, below: float) -> float:
    return above / below if below else 1.0


def _shortfall(share: float) -> str:
    """How much more it would have to be: in per cent, or from twice on as a factor."""
    lacking = 1 / share
    return f"{(lacking - 1) * 100:.0f} %" if lacking < 2 else f"a factor of {lacking:.1f}"
