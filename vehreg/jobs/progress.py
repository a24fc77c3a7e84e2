"""What a running chunk tells the world, seen at once although the chunk's own transaction is still open."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import psycopg
from django.db import connection, transaction

from vehreg.jobs.locks import Session
from vehreg.jobs.models import ChunkState, JobChunk, JobState

# Seconds between two writes of progress, and between two looks for a request to cancel.
WRITE_EVERY = 1.0
LOOK_EVERY = 0.5

_WRITE = """
    WITH mine AS (
        UPDATE jobs_jobchunk SET done = done + %(units)s, weight = weight + %(more)s, heartbeat_at = now()
        WHERE id = %(chunk)s AND claimed_by = %(claim)s AND state = 'running'
        RETURNING job_id
    )
    UPDATE jobs_job j SET done = j.done + %(units)s, total = j.total + %(more)s, heartbeat = now(),
        message = coalesce(%(message)s, j.message)
    FROM mine WHERE j.id = mine.job_id
    RETURNING j.state, j.cancel_requested, j.error <> '', j.stage, j.done, j.total, j.message
"""


class JobCancelled(Exception):
    """The job is to stop: somebody cancelled it, or another chunk of it has failed."""


class ClaimLost(Exception):
    """This worker was taken for dead and the chunk given to another; what it did must not be committed."""


@dataclass(frozen=True)
class Seen:
    """The job as it stood at the last write of progress."""

    state: str
    cancel_requested: bool
    stopping: bool
    stage: int
    done: int
    total: int
    message: str

    @property
    def must_stop(self) -> bool:
        return self.cancel_requested or self.stopping or self.state != JobState.RUNNING


class Progress:
    """Given to `JobKind.run`. Writes through the claim's own session, about once a second."""

    def __init__(
        self, *, session: Session, chunk: JobChunk, on_seen: Callable[[Seen], None] | None = None
    ) -> None:
        self._session = session
        self._chunk = chunk
        self._on_seen = on_seen
        self._units = 0
        self._more = 0
        self._message: str | None = None
        self._written = self._looked = float("-inf")
        self._is_locked = False

    def advance(self, units: int) -> None:
        """Count units done, in the measure of the chunk's weight."""
        self._units += units
        if time.monotonic() - self._written >= WRITE_EVERY:
            self.write()

    def expect(self, weight: int) -> None:
        """Correct the chunk's weight once its true size is known."""
        self._more += weight - (self._chunk.weight + self._more)

    def say(self, message: str) -> None:
        """A few words shown beside the bar."""
        self._message = str(message)[:200]
        self.write()

    def check_cancelled(self) -> None:
        """Raise `JobCancelled` when the job is to stop. Cheap enough to call in a loop."""
        if time.monotonic() - self._looked < LOOK_EVERY:
            return
        self._looked = time.monotonic()
        seen = self.write()
        if seen is not None and seen.must_stop:
            raise JobCancelled

    def remember(self, **position: Any) -> None:
        """Store how far the chunk has come, in the caller's transaction: call it last, just before commit.

        For stages with `own_transactions`. The next attempt finds it in `chunk.position`. Raises `ClaimLost`
        (and so rolls the transaction back) when another worker has taken the chunk over.
        """
        if not connection.in_atomic_block:
            raise RuntimeError("remember() belongs into the transaction whose work it remembers")
        self.write()
        mine = JobChunk.objects.filter(
            pk=self._chunk.pk, state=ChunkState.RUNNING, claimed_by=self._chunk.claimed_by
        )
        if mine.update(position=position) != 1:
            raise ClaimLost
        self._chunk.position = position
        self._written = time.monotonic()
        # The row is locked until the caller commits.
        self._is_locked = True
        transaction.on_commit(self._unlock)

    def _unlock(self) -> None:
        self._is_locked = False

    def write(self) -> Seen | None:
        """Write what has gathered; None when the rows are busy (it is kept for the next write)."""
        if self._is_locked and connection.in_atomic_block:
            return None
        self._written, self._is_locked = time.monotonic(), False
        values = {"units": self._units, "more": self._more, "message": self._message}
        mine = {"chunk": self._chunk.pk, "claim": self._chunk.claimed_by}
        try:
            row = self._session.execute(_WRITE, values | mine).fetchone()
        except psycopg.errors.LockNotAvailable:
            return None
        if row is None:
            raise ClaimLost
        self._chunk.weight += self._more
        self._units, self._more, self._message = 0, 0, None
        seen = Seen(*row)
        if self._on_seen is not None:
            self._on_seen(seen)
        return seen
