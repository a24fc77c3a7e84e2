"""Counts the figures and keeps them by day. Every set looks after its own pace.

A set is counted again half a minute later, unless that would keep the database busy: after counting it rests
four times as long as it took. So the figures are at most a minute old as long as a set takes ten seconds.
"""

import time
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from cases.models import DailyFigure
from cases.progress.campaign import current_campaign
from cases.progress.figures import SETS, CountSet, Part

# Seconds after which a set is due, a little below two ticks of the clock.
FRESH_FOR = 25
REST = 4

_LOCK = "SELECT pg_try_advisory_xact_lock(hashtextextended('cases.progress.' || %s, 0))"
# Sorting and hashing the register's numbers takes memory; only this transaction gets it.
_MEMORY = "SET LOCAL work_mem = '256MB'"

_KEEP = """
WITH fresh (day, unit_id, name, value) AS (
    {fresh}
), gone AS (
    DELETE FROM cases_dailyfigure AS old
    WHERE old.day BETWEEN %(from)s AND %(today)s AND old.name = ANY(%(of)s) AND NOT EXISTS (
        SELECT FROM fresh WHERE fresh.day = old.day AND fresh.name = old.name
            AND fresh.unit_id IS NOT DISTINCT FROM old.unit_id)
)
INSERT INTO cases_dailyfigure AS old (day, unit_id, name, value, counted_at)
SELECT day, unit_id, name, value, %(at)s FROM fresh
ON CONFLICT (day, unit_id, name) DO UPDATE SET value = excluded.value, counted_at = excluded.counted_at
WHERE old.value <> excluded.value"""


@dataclass(frozen=True)
class Counted:
    """What one set came to: rows kept, seconds taken; None where somebody else is at it."""

    name: str
    rows: int
    seconds: float


def count_figures(*, day: date | None = None, only_due: bool = False, anew: bool = False) -> list[Counted]:
    """Count every set as things stand now and keep it as the figures of `day` (today when not given).

    With `only_due`, sets that are fresh or at rest are left for a later tick. `anew` looks at every row,
    whatever was kept.
    """
    day = day or timezone.localdate()
    due = [one for one in SETS if not only_due or _is_due(one, day)]
    return [counted for one in due if (counted := _count_set(one, day, anew)) is not None]


def _is_due(count_set: CountSet, day: date) -> bool:
    last = DailyFigure.objects.filter(day=day, unit=None, name=count_set.clock).first()
    if last is None:
        return True
    rest = max(timedelta(seconds=FRESH_FOR), REST * timedelta(milliseconds=last.value))
    return bool(timezone.now() - last.counted_at >= rest)


def _count_set(count_set: CountSet, day: date, anew: bool) -> Counted | None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_LOCK, [count_set.name])
        if not cursor.fetchone()[0]:
            return None
        began, at = time.monotonic(), timezone.now()
        cursor.execute(_MEMORY)
        days = {"today": day, "start": current_campaign().start}
        count_set.bring_up_to_date(days, anew=anew)
        rows = sum(_keep(part, days, at) for part in count_set.parts)
        seconds = time.monotonic() - began
        _set_clock(count_set, day, at, seconds)
    return Counted(count_set.name, rows, seconds)


def _keep(part: Part, days: dict[str, date], at: datetime) -> int:
    """Bring the rows in; figures of the part that came to nought lose their row."""
    params: dict[str, Any] = days | {
        "from": min(days["start"], days["today"]) if part.every_day else days["today"],
        "of": list(part.names),
        "at": at,
    }
    with connection.cursor() as cursor:
        cursor.execute(_KEEP.format(fresh=part.sql), params)
        return int(cursor.rowcount)


def _set_clock(count_set: CountSet, day: date, at: datetime, seconds: float) -> None:
    DailyFigure.objects.update_or_create(
        day=day,
        unit=None,
        name=count_set.clock,
        defaults={"value": round(seconds * 1000), "counted_at": at},
    )
