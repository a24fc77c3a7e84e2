"""Counts the figures and keeps them by day. Every set looks after its own pace.

A set is counted again each minute, unless that would keep the database busy: after counting it rests four
times as long as it took. So the figures are at most a minute old as long as a set takes twelve seconds.
"""

import time
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from cases.models import DailyFigure
from cases.progress.behind import midnight
from cases.progress.campaign import current_campaign
from cases.progress.figures import SETS, CountSet, took_ms

# Seconds after which a set is due, a little below the minute between two ticks of the clock.
FRESH_FOR = 50
REST = 4

Row = tuple[date, int | None, str, int]

_LOCK = "SELECT pg_try_advisory_xact_lock(hashtextextended('cases.progress.' || %s, 0))"
# Sorting and hashing the register's numbers takes memory; only this transaction gets it.
_MEMORY = "SET LOCAL work_mem = '256MB'"

_KEEP = """
WITH fresh AS (
    SELECT * FROM unnest(%(days)s::date[], %(units)s::bigint[], %(names)s::text[], %(values)s::bigint[])
        AS fresh(day, unit_id, name, value)
), gone AS (
    DELETE FROM cases_dailyfigure AS old
    WHERE old.day BETWEEN %(from)s AND %(until)s AND old.name = ANY(%(of)s) AND NOT EXISTS (
        SELECT FROM fresh WHERE fresh.day = old.day AND fresh.name = old.name
            AND fresh.unit_id IS NOT DISTINCT FROM old.unit_id)
)
INSERT INTO cases_dailyfigure AS old (day, unit_id, name, value, counted_at)
SELECT day, unit_id, name, value, %(at)s FROM fresh
ON CONFLICT (day, unit_id, name) DO UPDATE SET value = excluded.value, counted_at = excluded.counted_at
WHERE old.value <> excluded.value OR old.name = ANY(%(clocks)s)"""

_CLOCKS = [took_ms(count_set.name) for count_set in SETS]


@dataclass(frozen=True)
class Counted:
    """What one set came to: rows kept, seconds taken; None where somebody else is at it."""

    name: str
    rows: int
    seconds: float


def count_figures(*, day: date | None = None, only_due: bool = False) -> list[Counted]:
    """Count every set as things stand now and keep it as the figures of `day` (today when not given).

    With `only_due`, sets that are fresh or at rest are left for a later tick.
    """
    day = day or timezone.localdate()
    due = [one for one in SETS if not only_due or _is_due(one, day)]
    return [counted for one in due if (counted := _count_set(one, day)) is not None]


def _is_due(count_set: CountSet, day: date) -> bool:
    last = DailyFigure.objects.filter(day=day, unit=None, name=took_ms(count_set.name)).first()
    if last is None:
        return True
    rest = max(timedelta(seconds=FRESH_FOR), REST * timedelta(milliseconds=last.value))
    return bool(timezone.now() - last.counted_at >= rest)


def _count_set(count_set: CountSet, day: date) -> Counted | None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_LOCK, [count_set.name])
        if not cursor.fetchone()[0]:
            return None
        began, at = time.monotonic(), timezone.now()
        cursor.execute(_MEMORY)
        params = _params(day)
        for name, values in count_set.lists.items():
            cursor.execute(values)
            params[name] = [value for (value,) in cursor.fetchall()]
        cursor.execute(count_set.sql, params)
        rows: list[Row] = cursor.fetchall()
        seconds = time.monotonic() - began
        clock_row: Row = (day, None, took_ms(count_set.name), round(seconds * 1000))
        _keep(count_set, [*rows, clock_row], day, at)
    return Counted(count_set.name, len(rows), seconds)


def _params(day: date) -> dict[str, Any]:
    return {
        "today": day,
        "midnight": midnight(day),
        "start": current_campaign().start,
        "zone": settings.TIME_ZONE,
    }


def _keep(count_set: CountSet, rows: list[Row], day: date, at: datetime) -> None:
    """Bring the rows in; figures of the set that came to nought lose their row."""
    days, units, names, values = ([row[n] for row in rows] for n in range(4))
    first = min(current_campaign().start, day) if count_set.every_day else day
    params: dict[str, Any] = {
        "days": days,
        "units": units,
        "names": names,
        "values": values,
        "at": at,
        "clocks": _CLOCKS,
    }
    with connection.cursor() as cursor:
        cursor.execute(_KEEP, params | {"from": first, "until": day, "of": list(count_set.names)})
