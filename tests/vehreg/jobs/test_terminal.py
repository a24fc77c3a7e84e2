"""The bar of a command: how much of the stage is done, how fast, and how long it will take."""

import io
import re
from datetime import timedelta

import pytest
from django.utils import timezone, translation

from vehreg.jobs.models import Job, JobState
from vehreg.jobs.terminal import ProgressBar


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.fixture
def job() -> Job:
    return Job(
        kind="registry.apply_delivery",
        state=JobState.RUNNING,
        stage=2,
        total=60_000,
        done=20_000,
        unit_label="rows",
        stage_started_at=timezone.now() - timedelta(seconds=10),
    )


def drawn(*jobs: Job) -> str:
    terminal = Terminal()
    bar = ProgressBar(terminal)
    with translation.override("en"):
        for job in jobs:
            bar(job)
    return terminal.getvalue()


def test_it_tells_rows_a_second_and_the_time_left(job: Job) -> None:
    job.total = 1_800_000
    told = r"20,000 of 1,800,000 rows · (1,9|2,0)\d\d a second · about 17 minutes left"  # counting is to come
    assert re.search(told, drawn(job))


def test_a_stage_that_has_just_begun_has_no_speed_yet(job: Job) -> None:
    job.stage_started_at = timezone.now()
    assert drawn(job).rstrip("\x1b[K").endswith("20,000 of 60,000 rows")


def test_a_shorter_line_wipes_out_the_longer_one_before(job: Job) -> None:
    assert drawn(job).endswith("\x1b[K")


def test_nothing_is_drawn_where_nobody_watches(job: Job) -> None:
    stream = io.StringIO()
    ProgressBar(stream)(job)
    assert stream.getvalue() == ""
