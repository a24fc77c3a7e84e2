"""Rings workers through the broker. A message carries an id only; losing one costs time, not work."""

from collections.abc import Iterable

import structlog
from django.db import transaction
from kombu.exceptions import OperationalError

from vehreg.celery import app

logger = structlog.get_logger("vehreg.jobs")

_DEAD_BROKER = (OperationalError, OSError)

# Redis gives 0 first, 9 last. A job of a million rows rings for all its chunks at once: what comes by the
# clock, the figures of the front page above all, goes before those that wait.
_SOON, _IN_TURN = 0, 9


def ring_job(job_id: int) -> None:
    """Ask a worker to move the job on, once the present transaction is committed."""
    transaction.on_commit(lambda: _send("jobs.advance", [job_id], _SOON))


def ring_chunks(chunk_ids: Iterable[int]) -> None:
    """Ask workers to do these chunks, once the present transaction is committed."""
    ids = list(chunk_ids)
    transaction.on_commit(lambda: _send("jobs.run_chunk", ids, _IN_TURN))


def waiting_messages() -> int | None:
    """How many messages lie in the broker's queue; None when the broker does not answer."""
    with app.connection_for_read() as connection:
        away = (*_DEAD_BROKER, *connection.connection_errors, *connection.channel_errors)
        try:
            queue = connection.default_channel.queue_declare(app.conf.task_default_queue)
        except away:
            return None
        return int(queue.message_count)


def _send(task: str, ids: list[int], priority: int) -> None:
    try:
        for row_id in ids:
            app.send_task(task, args=[row_id], priority=priority)
    except _DEAD_BROKER:
        logger.warning("broker_away", task=task, count=len(ids))
