"""Every session gives up a host that fell silent: locks and row locks of the lost go with their sessions."""

import pytest
from django.conf import settings
from django.db import connection

from cases.runs.reading import read_committed
from vehreg.jobs.locks import open_session
from vehreg.keepalive import keepalive

_ASKED = """SELECT current_setting('tcp_keepalives_idle')::int
  + current_setting('tcp_keepalives_interval')::int * current_setting('tcp_keepalives_count')::int AS silent,
    current_setting('tcp_user_timeout')::int / 1000 AS unheard"""


@pytest.mark.django_db
def test_work_its_lock_and_its_reading_give_up_a_silent_host_after_the_same_time() -> None:
    with connection.cursor() as cursor:
        cursor.execute(_ASKED)
        work = cursor.fetchone()
    with open_session() as session:
        lock = session.execute(_ASKED).fetchone()
    reading = next(read_committed(_ASKED)).to_pylist()[0]
    expected = (settings.LOST_HOST_SECONDS, settings.LOST_HOST_SECONDS)
    assert work == lock == tuple(reading.values()) == expected


@pytest.mark.parametrize("seconds", [1, 3, 60, 600])
def test_both_ends_probe_within_the_time(seconds: int) -> None:
    options = keepalive(seconds)
    silent = options["keepalives_idle"] + options["keepalives_interval"] * options["keepalives_count"]
    assert seconds <= silent <= seconds + 3
    assert f"tcp_user_timeout={seconds * 1000}" in options["options"]
