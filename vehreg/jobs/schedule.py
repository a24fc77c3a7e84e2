"""What happens by the clock: one table. django-celery-beat copies it into the database, to be tuned there."""

from typing import Any

from celery.schedules import crontab


def beat_schedule(*, sweep_seconds: int) -> dict[str, dict[str, Any]]:
    """Name → task, seconds or crontab, options; the value of `CELERY_BEAT_SCHEDULE`."""
    return {
        "jobs: lost workers and waiting jobs": {
            "task": "jobs.sweep",
            "schedule": float(sweep_seconds),
            # While every worker is busy, no more than six of them wait in the queue.
            "options": {"expire_seconds": 6 * sweep_seconds},
        },
        "exports: files nobody may fetch any more": {
            "task": "adminsite.remove_expired_exports",
            "schedule": crontab(minute="7"),
            "options": {"expire_seconds": 3600},
        },
        "progress: figures of the dashboard": {
            "task": "cases.count_figures",
            "schedule": 15.0,
            # Behind busy workers a few may wait; counting twice in a row costs nothing: the second finds
            # all fresh.
            "options": {"expire_seconds": 60},
        },
        "declarations: what came in by program": {
            "task": "cases.reconcile_received",
            "schedule": 15.0,
            # One job takes all that waits.
            "options": {"expire_seconds": 15},
        },
        "connected systems: old tokens and answers": {
            "task": "clients.forget_old",
            "schedule": crontab(hour="1", minute="30"),
            "options": {"expire_seconds": 3600},
        },
        "webhooks: what waits to be told": {
            "task": "webhooks.send",
            "schedule": 10.0,
            "options": {"expire_seconds": 10},
        },
        "webhooks: what was told long ago": {
            "task": "webhooks.forget_old",
            "schedule": crontab(hour="1", minute="40"),
            "options": {"expire_seconds": 3600},
        },
        "matching: what changed during the day": {
            "task": "cases.match_what_changed",
            "schedule": crontab(hour="2", minute="15"),
            # Not in the middle of a working day, when the workers were busy all night.
            "options": {"expire_seconds": 4 * 3600},
        },
        "checks: what changed during the day": {
            "task": "cases.check_what_changed",
            # After the night's matching: whom an entry is linked with counts in some rules.
            "schedule": crontab(hour="3", minute="45", day_of_week="mon-sat"),
            "options": {"expire_seconds": 3 * 3600},
        },
        "checks: whole registers": {
            "task": "cases.check_registers",
            "schedule": crontab(hour="3", minute="45", day_of_week="sun"),
            "options": {"expire_seconds": 3 * 3600},
        },
        "outreach: who has not declared": {
            "task": "cases.read_wards",
            "schedule": crontab(hour="5", minute="0"),
            # Lists are walked by in the afternoon; who declares meanwhile drops off without a reading.
            "options": {"expire_seconds": 6 * 3600},
        },
    }
