"""Each unit's line in the ranking: how much is done, what is left, and when it will be finished."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from cases.progress.forecast import WINDOW, finish_day
from cases.progress.reading import WARD_KINDS, Figures, done_share
from vehreg.accounts.models import Unit


@dataclass(frozen=True)
class Standing:
    """One unit. `rank` counts wards and communes only; `finish` is None when at this pace it never ends."""

    unit: Unit | None
    vehicles: int
    live: int
    done: int
    backlog: int
    overdue: int
    share: float | None
    per_day: float
    finish: date | None
    late: bool
    rank: int | None = None


def standings(figures: Figures) -> list[Standing]:
    """The units of these figures, best first; equal shares by the smaller backlog. Unranked ones last."""
    units = {unit.pk: unit for unit in Unit.objects.filter(pk__in=[pk for pk in figures.units if pk])}
    lines = [_standing(figures, units.get(pk) if pk else None, pk) for pk in figures.units]
    wards = [line for line in lines if line.unit and line.unit.kind in WARD_KINDS]
    others = [line for line in lines if line not in wards]
    return _ranked(wards, figures) + others


def _ranked(wards: Sequence[Standing], figures: Figures) -> list[Standing]:
    ordered = sorted(wards, key=_rank_key)
    if figures.place:
        return [replace(line, rank=figures.place.number) for line in ordered]
    return [replace(line, rank=number) for number, line in enumerate(ordered, start=1)]


def _rank_key(line: Standing) -> tuple[bool, float, int, str]:
    """Most done first; equals by the smaller backlog, then by code, so that the order never trembles."""
    return line.share is None, -(line.share or 0), line.backlog, line.unit.code if line.unit else ""


def _standing(figures: Figures, unit: Unit | None, pk: int | None) -> Standing:
    own = figures.units[pk]
    per_day = figures.week.get(pk, 0) / WINDOW
    finish = finish_day(backlog=own.get("backlog", 0), per_day=per_day, today=figures.day)
    return Standing(
        unit=unit,
        vehicles=own.get("vehicles", 0),
        live=own.get("live", 0),
        done=own.get("done", 0),
        backlog=own.get("backlog", 0),
        overdue=own.get("overdue", 0),
        share=done_share(own),
        per_day=per_day,
        finish=finish,
        late=own.get("backlog", 0) > 0 and (finish is None or finish > figures.campaign.end),
    )
