"""What happens by the clock: one table. django-celery-beat copies it into the database, to be tuned there."""

from typing import Any


def beat_schedule(*, sweep_seconds: int) -> dict[str, dict[str, Any]]:
    """Name → task, seconds or crontab, options; the value of `CELERY_BEAT_SCHEDULE`."""
    return {
        "jobs: lost workers and waiting jobs": {
            "task": "jobs.sweep",
            "schedule": float(sweep_seconds),
            # While every worker is busy, no more than six of them wait in the queue.
            "options": {"expire_seconds": 6 * sweep_seconds},
        },
        "progress: figures of the dashboard": {
            "task": "cases.count_figures",
            "schedule": 60.0,
            # Behind a busy worker one may wait; counting twice in a row costs nothing, the second finds all fresh.
            "options": {"expire_seconds": 300},
        },
    }
