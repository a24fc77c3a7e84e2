"""A job is one row; its work is cut into chunks. The rows are the truth, the broker only rings."""

from typing import Any

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class JobState(models.TextChoices):
    QUEUED = "queued", _("Queued")
    RUNNING = "running", _("Running")
    SUCCEEDED = "succeeded", _("Done")
    FAILED = "failed", _("Failed")
    CANCELLED = "cancelled", _("Cancelled")


LIVE_STATES = frozenset({JobState.QUEUED, JobState.RUNNING})
# A person may set these going again: what is done stays done, the rest is tried anew.
RETRYABLE_STATES = frozenset({JobState.FAILED, JobState.CANCELLED})


class ChunkState(models.TextChoices):
    PENDING = "pending", _("Pending")
    RUNNING = "running", _("Running")
    DONE = "done", _("Done")
    FAILED = "failed", _("Failed")


# Work of a stage that is not over yet.
OPEN_CHUNKS = frozenset({ChunkState.PENDING, ChunkState.RUNNING})

# What a kind counts; the code is stored on the job.
UNIT_LABELS: dict[str, Promise] = {
    "rows": _("rows"),
    "bytes": _("bytes"),
    "parties": _("parties"),
    "cases": _("cases"),
    "entries": _("entries"),
    "steps": _("steps"),
}


def _json(**options: Any) -> "models.JSONField[dict[str, Any], dict[str, Any]]":
    return models.JSONField(default=dict, blank=True, encoder=DjangoJSONEncoder, **options)


class Job(models.Model):
    """One piece of long work. `stage` is the index of the stage begun last; -1 before the first."""

    kind = models.CharField(_("kind"), max_length=60)
    lane = models.CharField(_("lane"), max_length=100, blank=True, default="")
    state = models.CharField(_("state"), max_length=10, choices=JobState, default=JobState.QUEUED)
    stage = models.SmallIntegerField(_("stage"), default=-1)
    params = _json(verbose_name=_("parameters"))
    subject = models.CharField(_("subject"), max_length=100, blank=True, default="")
    language = models.CharField(_("language"), max_length=10, default="vi")

    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("started by"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    created_by_name = models.CharField(_("started by (name)"), max_length=150, blank=True, default="")
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)
    started_at = models.DateTimeField(_("started at"), null=True, blank=True)
    stage_started_at = models.DateTimeField(_("stage started at"), null=True, blank=True)
    finished_at = models.DateTimeField(_("finished at"), null=True, blank=True)
    heartbeat = models.DateTimeField(_("last sign of life"), null=True, blank=True)

    # Units of the present stage; every stage begins at 0.
    total = models.BigIntegerField(_("total"), default=0)
    done = models.BigIntegerField(_("done"), default=0)
    unit_label = models.CharField(_("unit"), max_length=20, blank=True, default="")
    message = models.CharField(_("message"), max_length=200, blank=True, default="")

    cancel_requested = models.BooleanField(_("cancel requested"), default=False)
    # Failed tries to move the job itself on (planning a stage, finishing); chunks count their own.
    attempts = models.SmallIntegerField(_("attempts"), default=0)
    # A running job with an error starts no more chunks and fails when the last running one has stopped.
    error = models.TextField(_("error"), blank=True, default="")
    error_detail = models.TextField(_("error detail"), blank=True, default="")
    result = _json(verbose_name=_("result"))

    class Meta:
        verbose_name = _("job")
        verbose_name_plural = _("jobs")
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["lane"], condition=Q(state="running") & ~Q(lane=""), name="jobs_one_running_per_lane"
            ),
        ]
        indexes = [
            # The jobs of a delivery, newest first.
            models.Index(fields=["subject", "-id"], name="jobs_job_subject"),
            # The sweeper, and the next job of a lane.
            models.Index(
                fields=["lane", "id"], condition=Q(state__in=["queued", "running"]), name="jobs_job_live"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} #{self.pk}"

    @property
    def is_live(self) -> bool:
        return self.state in LIVE_STATES

    @property
    def share(self) -> float:
        """How much of the present stage is done, 0 to 1."""
        if self.state == JobState.SUCCEEDED:
            return 1.0
        return min(1.0, max(0, self.done) / self.total) if self.total else 0.0


class JobChunk(models.Model):
    """One part of a stage: done by one worker in one transaction, or not done at all."""

    job = models.ForeignKey(Job, verbose_name=_("job"), on_delete=models.CASCADE, related_name="chunks")
    stage = models.SmallIntegerField(_("stage"))
    number = models.IntegerField(_("number"))
    params = _json(verbose_name=_("parameters"))
    # How far a stage with its own transactions has come (see Progress.remember).
    position = _json(verbose_name=_("position"))
    state = models.CharField(_("state"), max_length=10, choices=ChunkState, default=ChunkState.PENDING)
    attempts = models.SmallIntegerField(_("attempts"), default=0)
    weight = models.BigIntegerField(_("weight"), default=1)
    done = models.BigIntegerField(_("done"), default=0)
    # Names process and claim: the effect of a worker that lost its claim is rolled back.
    claimed_by = models.CharField(_("claimed by"), max_length=120, blank=True, default="")
    claimed_at = models.DateTimeField(_("claimed at"), null=True, blank=True)
    heartbeat_at = models.DateTimeField(_("last sign of life"), null=True, blank=True)
    retry_at = models.DateTimeField(_("not before"), null=True, blank=True)
    finished_at = models.DateTimeField(_("finished at"), null=True, blank=True)
    error = models.TextField(_("error"), blank=True, default="")

    class Meta:
        verbose_name = _("part of a job")
        verbose_name_plural = _("parts of a job")
        ordering = ["job_id", "stage", "number"]
        constraints = [
            models.UniqueConstraint(fields=["job", "stage", "number"], name="jobs_chunk_number"),
        ]
        indexes = [
            # What is left of a stage, and what the sweeper looks at.
            models.Index(
                fields=["job", "stage", "state"],
                condition=Q(state__in=["pending", "running"]),
                name="jobs_chunk_open",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.job_id}/{self.stage}/{self.number}"
