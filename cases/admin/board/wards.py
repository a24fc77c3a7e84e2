"""The wards: bubbles on the map, and lines in the ranking."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from cases.admin.board import addresses, words
from cases.progress.standings import Standing

ENDS = 3  # how many of the best and of the last the front page shows


@dataclass(frozen=True)
class WardLine:
    """A standing in words."""

    rank: str
    name: str
    url: str
    width: str
    share: str
    backlog: str
    overdue: str
    overdue_url: str
    per_day: str
    vehicles: str
    live: str
    finish: str
    late: bool


def ward_line(request: HttpRequest, standing: Standing) -> WardLine:
    code = standing.unit.code if standing.unit else ""
    live = standing.live / standing.vehicles if standing.vehicles else None
    return WardLine(
        rank=str(standing.rank or ""),
        name=standing.unit.short_name if standing.unit else _("ward not known"),
        url=addresses.cases(request, state="live", unit=code) if code else "",
        width=f"{100 * (standing.share or 0):.1f}",
        share=words.percent(standing.share, 0),
        backlog=words.count(standing.backlog),
        overdue=words.count(standing.overdue),
        overdue_url=addresses.cases(request, due="late", unit=code) if code else "",
        per_day=words.count(standing.per_day),
        vehicles=words.count(standing.vehicles),
        live=words.percent(live, 0),
        finish=_finish(standing),
        late=standing.late,
    )


def _finish(standing: Standing) -> str:
    if standing.share is None:
        return words.NOTHING
    return words.short_day(standing.finish) if standing.backlog else _("done")


def both_ends(standings: list[Standing]) -> list[Standing]:
    """The best and the last of the ranked."""
    ranked = [line for line in standings if line.rank]
    return ranked if len(ranked) <= 2 * ENDS else ranked[:ENDS] + ranked[-ENDS:]


def ward_map(request: HttpRequest, standings: list[Standing]) -> list[dict[str, Any]]:
    """A bubble for each ward that has a place on the map."""
    return [
        {
            "x": line.unit.longitude,
            "y": line.unit.latitude,
            "backlog": line.backlog,
            "share": line.share,
            "text": f"{line.unit.short_name}: {words.percent(line.share, 0)} · "
            + _("%(count)s left") % {"count": words.count(line.backlog)},
            "url": addresses.cases(request, state="live", unit=line.unit.code),
        }
        for line in standings
        if line.rank and line.unit and line.unit.longitude is not None and line.unit.latitude is not None
    ]
