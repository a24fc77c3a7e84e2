"""The clock counts the figures."""

import pytest
from django.conf import settings

from cases.models import DailyFigure
from cases.progress.figures import SETS
from cases.tasks import count_due_figures
from vehreg.celery import app


def test_every_task_of_the_clock_is_known_to_the_workers():
    app.loader.import_default_modules()
    assert {entry["task"] for entry in settings.CELERY_BEAT_SCHEDULE.values()} <= set(app.tasks)


def test_the_figures_are_due_four_times_a_minute():
    entries = [one for one in settings.CELERY_BEAT_SCHEDULE.values() if one["task"] == "cases.count_figures"]
    assert [entry["schedule"] for entry in entries] == [15.0]


@pytest.mark.django_db
def test_a_tick_counts_every_set_even_of_an_empty_city():
    count_due_figures()
    counted = set(DailyFigure.objects.values_list("name", flat=True))
    assert counted == {one.clock for one in SETS}
