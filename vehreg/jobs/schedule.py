"""What happens by the clock: one table. django-celery-beat copies it into the database, to be tuned there."""

from dataclasses import dataclass
from typing import Any

from celery.schedules import crontab

_HOUR = 3600


@dataclass(frozen=True)
class Tick:
    """A task by the clock. `every`: seconds, or a crontab. `expires`: not begun when so many seconds late."""

    name: str
    task: str
    every: float | crontab
    expires: int


_TICKS = (
    Tick("exports: files nobody may fetch any more", "adminsite.remove_expired_exports",
         crontab(minute="7"), _HOUR),
    # Behind busy workers a few may wait; counting twice in a row costs nothing: the second finds all fresh.
    Tick("progress: figures of the dashboard", "cases.count_figures", 15.0, 60),
    # One job takes all that waits.
    Tick("declarations: what came in by program", "cases.reconcile_received", 15.0, 15),
    Tick("connected systems: old tokens and answers", "clients.forget_old",
         crontab(hour="1", minute="30"), _HOUR),
    Tick("webhooks: what waits to be told", "webhooks.send", 10.0, 10),
    Tick("webhooks: what was told long ago", "webhooks.forget_old", crontab(hour="1", minute="40"), _HOUR),
    # Not in the middle of a working day, when the workers were busy all night.
    Tick("matching: what changed during the day", "cases.match_what_changed",
         crontab(hour="2", minute="15"), 4 * _HOUR),
    # After the night's matching: whom an entry is linked with counts in some rules.
    Tick("checks: what changed during the day", "cases.check_what_changed",
         crontab(hour="3", minute="45", day_of_week="mon-sat"), 3 * _HOUR),
    Tick("checks: whole registers", "cases.check_registers",
         crontab(hour="3", minute="45", day_of_week="sun"), 3 * _HOUR),
    # Lists are walked by in the afternoon; who declares meanwhile drops off without a reading.
    Tick("outreach: who has not declared", "cases.read_wards", crontab(hour="5", minute="0"), 6 * _HOUR),
)  # fmt: skip


def beat_schedule(*, sweep_seconds: int) -> dict[str, dict[str, Any]]:
    """Name → task, seconds or crontab, options; the value of `CELERY_BEAT_SCHEDULE`."""
    # While every worker is busy, no more than six of these wait in the queue.
    sweep = Tick("jobs: lost workers and waiting jobs", "jobs.sweep", float(sweep_seconds), 6 * sweep_seconds)
    return {
        tick.name: {"task": tick.task, "schedule": tick.every, "options": {"expire_seconds": tick.expires}}
        for tick in (sweep, *_TICKS)
    }
