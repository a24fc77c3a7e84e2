"""The figures a user may see of a day. Every page, report and answer takes them from `figures_for`.

Scope: a ward role gets its own unit's rows and nothing else; of the others only how many stand before it.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet, Sum
from django.utils import timezone

from cases.models import DailyFigure
from cases.progress.campaign import Campaign, current_campaign
from cases.progress.figures import CLOCK, FLOWS, SETS
from cases.progress.forecast import WINDOW
from vehreg.accounts.models import Unit, User
from vehreg.accounts.scope import sees_every_unit

ByUnit = Mapping[int | None, Mapping[str, int]]
WARD_KINDS = (Unit.Kind.WARD, Unit.Kind.COMMUNE)
DAYS_KEPT_IN_SIGHT = 400
_CLOCKS = [count_set.clock for count_set in SETS]


@dataclass(frozen=True)
class Place:
    """Where a ward stands among all wards."""

    number: int
    among: int


@dataclass(frozen=True)
class Figures:
    """What one user may see of one day.

    `days_counted`: the days that may be asked for, newest first. `units` and `before`: the figures of the
    day and of the last counted day before it, by unit id (None: ward not known) and name; a name that is
    missing is nought. `flows`: by name and day, what happened since the campaign began. `week`: by unit,
    the cases closed in the seven days before.
    """

    day: date
    campaign: Campaign
    counted_at: datetime | None = None
    days_counted: Sequence[date] = ()
    units: ByUnit = field(default_factory=dict)
    before: ByUnit = field(default_factory=dict)
    flows: Mapping[str, Mapping[date, int]] = field(default_factory=dict)
    week: Mapping[int | None, int] = field(default_factory=dict)
    place: Place | None = None

    def total(self, name: str) -> int:
        return sum(figures.get(name, 0) for figures in self.units.values())

    def total_before(self, name: str) -> int:
        return sum(figures.get(name, 0) for figures in self.before.values())

    def of(self, unit_id: int | None, name: str) -> int:
        return self.units.get(unit_id, {}).get(name, 0)

    def share(self, name: str, of: str) -> float | None:
        """A part of a whole, 0 to 1; None where there is no whole."""
        whole = self.total(of)
        return self.total(name) / whole if whole else None

    def change(self, name: str, of: str) -> float | None:
        """By how much a share has risen since the day before, in percentage points."""
        now, whole = self.share(name, of), self.total_before(of)
        return None if now is None or not whole else 100 * (now - self.total_before(name) / whole)

    def daily(self, name: str, days: Iterable[date]) -> list[int]:
        by_day = self.flows.get(name, {})
        return [by_day.get(day, 0) for day in days]


def figures_for(user: User | AnonymousUser, day: date | None = None) -> Figures:
    """The figures of `day`, or of the last day counted before it; empty for who may see none."""
    campaign, counted = current_campaign(), _counted_days()
    today = timezone.localdate()
    days = [one for one in counted if one <= (day or today)]
    if not days or not user.has_perm("cases.view_dashboard"):
        return Figures(day or today, campaign)
    shown, earlier = days[0], days[1] if len(days) > 1 else None
    visible: QuerySet[DailyFigure] = DailyFigure.objects.visible_to(user)
    states = _by_unit(visible.filter(day__in=days[:2]).exclude(name__startswith=CLOCK))
    return Figures(
        day=shown,
        campaign=campaign,
        counted_at=counted[shown],
        days_counted=tuple(counted),
        units=states.get(shown, {}),
        before=states.get(earlier, {}) if earlier else {},
        flows=_flows(visible.filter(day__range=(campaign.start, shown))),
        week=_closed_in_week(visible, shown),
        place=None if sees_every_unit(user) else _place(user, shown),
    )


def _counted_days() -> dict[date, datetime]:
    """The days of which there are figures, newest first, and when the oldest of each was counted."""
    clocks = DailyFigure.objects.filter(unit=None, name__in=_CLOCKS).order_by("-day")
    found: dict[date, datetime] = {}
    for day, at in clocks.values_list("day", "counted_at")[: DAYS_KEPT_IN_SIGHT * len(_CLOCKS)]:
        found[day] = min(at, found.get(day, at))
    return found


def _by_unit(rows: QuerySet[DailyFigure]) -> dict[date, dict[int | None, dict[str, int]]]:
    found: dict[date, dict[int | None, dict[str, int]]] = {}
    for day, unit_id, name, value in rows.values_list("day", "unit_id", "name", "value"):
        found.setdefault(day, {}).setdefault(unit_id, {})[name] = value
    return found


def _flows(rows: QuerySet[DailyFigure]) -> dict[str, dict[date, int]]:
    found: dict[str, dict[date, int]] = {name: {} for name in FLOWS}
    sums = rows.filter(name__in=FLOWS).values_list("name", "day").annotate(total=Sum("value"))
    for name, day, total in sums:
        found[name][day] = total
    return found


def _closed_in_week(rows: QuerySet[DailyFigure], day: date) -> dict[int | None, int]:
    """By unit, the cases closed on the seven full days before `day`."""
    week = rows.filter(name="closed", day__range=(day - timedelta(days=WINDOW), day - timedelta(days=1)))
    return dict(week.values_list("unit_id").annotate(total=Sum("value")))


def _place(user: User | AnonymousUser, day: date) -> Place | None:
    """The only thing a ward learns of the others: how many stand before it."""
    unit_id = getattr(user, "unit_id", None)
    rows = DailyFigure.objects.filter(day=day, unit__kind__in=WARD_KINDS, name__in=("done", "backlog"))
    figures = _by_unit(rows).get(day, {})
    if unit_id not in figures:
        return None
    own = done_share(figures[unit_id])
    ahead = sum((done_share(other) or 0) > (own or 0) for other in figures.values())
    return Place(ahead + 1, len(figures))


def done_share(figures: Mapping[str, int]) -> float | None:
    """Cases ended of all cases ever opened, 0 to 1; None for a unit that never had one."""
    done = figures.get("done", 0)
    whole = done + figures.get("backlog", 0)
    return done / whole if whole else None
