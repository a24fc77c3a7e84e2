"""The bell's other end: Celery tasks that take an id and do what the rows say."""

from typing import Any

from celery import shared_task
from celery.signals import worker_ready

from vehreg.jobs import chunks, engine, sweeper
from vehreg.jobs.leftovers import remove_leftovers


@shared_task(name="jobs.advance")
def advance(job_id: int) -> None:
    engine.advance_job(job_id)


@shared_task(name="jobs.run_chunk")
def run_chunk(chunk_id: int) -> None:
    chunks.run_chunk(chunk_id)


@shared_task(name="jobs.sweep")
def sweep() -> None:
    """By the clock on one host after the other: idle workers are rung in turn."""
    sweeper.sweep()
    remove_leftovers()


@worker_ready.connect
def sweep_when_a_worker_starts(**_: Any) -> None:
    """What the last worker left behind need not wait for the clock."""
    remove_leftovers()
    sweep.delay()
