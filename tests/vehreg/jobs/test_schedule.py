"""The clock: what beat copies into its tables, and that it rings."""

import pytest
from django.conf import settings
from django_celery_beat.models import PeriodicTask
from django_celery_beat.schedulers import DatabaseScheduler

from vehreg.celery import app
from vehreg.jobs.bell import ring_chunks


@pytest.mark.django_db(transaction=True)
def test_beat_rings_the_sweeper_and_lets_late_rings_expire(broker):
    scheduler = DatabaseScheduler(app=app)
    PeriodicTask.objects.exclude(task="jobs.sweep").update(enabled=False)

    entry = PeriodicTask.objects.get(task="jobs.sweep")
    assert (entry.interval.every, entry.interval.period) == (settings.JOB_SWEEP_SECONDS, "seconds")
    assert entry.expire_seconds == 6 * settings.JOB_SWEEP_SECONDS
    scheduler.apply_async(scheduler.schedule[entry.name])
    assert broker.llen("celery") == 1


def test_a_broker_that_was_emptied_does_not_swallow_messages(broker):
    app.send_task("jobs.sweep")
    broker.flushdb()

    app.send_task("jobs.sweep")

    assert broker.llen("celery") == 1


@pytest.mark.django_db(transaction=True)
def test_what_comes_by_the_clock_goes_before_the_chunks_that_wait(broker):
    ring_chunks([1, 2, 3])
    app.send_task("cases.count_figures")
    with app.connection_for_read() as connection:
        first = connection.SimpleQueue(app.conf.task_default_queue).get(timeout=5)
    assert first.headers["task"] == "cases.count_figures"
