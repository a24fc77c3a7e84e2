"""Through whose hands a vehicle went, and where it was seen since it is missing, from its case."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from cases.declarations.statuses import MISSING, RELATIONS, TRANSFERS
from cases.desk.declared_sentences import status_words
from cases.models import Discrepancy
from registry.identity.numbers import mask


@dataclass(frozen=True)
class Hand:
    """One who had the vehicle. `said` is "" for whoever was only named; `gap`: nobody says from whom."""

    name: str
    number: str
    registered: bool
    declaration: int | None
    said: str
    since: date | None
    gap: bool


@dataclass(frozen=True)
class Caught:
    """One violation on record since the vehicle is missing."""

    violation: int
    on: date
    behaviour: str


def hands(found: Iterable[Discrepancy], *, whole: bool) -> list[Hand]:
    """The hands in order, from the registered owner on. `whole`: numbers are shown in full."""
    kept: list[dict[str, Any]] = next(_evidence(found, (*TRANSFERS, *RELATIONS), "hands"), [])
    return [_hand(one, first=place == 0, whole=whole) for place, one in enumerate(kept)]


def caught(found: Iterable[Discrepancy]) -> list[Caught]:
    """The violations that the evidence of a missing vehicle holds."""
    kept: list[dict[str, Any]] = next(_evidence(found, MISSING, "violations"), [])
    return [
        Caught(one["violation"], date.fromisoformat(one["occurred_on"]), one.get("behaviour") or "")
        for one in kept
    ]


def _evidence(found: Iterable[Discrepancy], kinds: Iterable[str], name: str) -> Any:
    """What the open discrepancies of these kinds keep under a name, the latest first."""
    wanted = set(kinds)
    return (
        one.evidence[name]
        for one in found
        if one.kind in wanted and one.state == Discrepancy.State.OPEN and one.evidence.get(name)
    )


def _hand(one: dict[str, Any], *, first: bool, whole: bool) -> Hand:
    number = one.get("number") or ""
    since = one.get("since")
    return Hand(
        name=one.get("name") or "—",
        number=number if whole or not number else mask(number),
        registered=bool(one.get("registered")),
        declaration=one.get("declaration"),
        said=status_words(one.get("status")),
        since=date.fromisoformat(since) if since else None,
        gap=not first and not one.get("linked"),
    )
