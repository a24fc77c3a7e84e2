"""One matching run. A finished run is never changed."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cases.models.subject import AboutSubject


class MatchRun(models.Model):
    class Scope(models.TextChoices):
        ALL = "all", _("whole registers")
        SINCE_LAST = "since_last", _("what changed since the last run")
        # One for each day: the records matched by hand or after an approval. Its counts stay empty.
        SINGLE = "single", _("single records of a day")

    class State(models.TextChoices):
        RUNNING = "running", _("running")
        DONE = "done", _("done")
        FAILED = "failed", _("failed")
        CANCELLED = "cancelled", _("cancelled")

    scope = models.CharField(_("scope"), max_length=10, choices=Scope, default=Scope.ALL)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.RUNNING)
    rules_version = models.CharField(_("rules"), max_length=40)
    model_version = models.CharField(_("matching model"), max_length=40, blank=True, db_default="")
    # The registers as of this moment; the next run since the last begins here.
    watermark = models.DateTimeField(_("registers as of"))
    # How many people there are, to the next power of two: it weighs in every score (see
    # `cases.runs.populace`). A run since the last, and single records, take it from the last whole run.
    population_size = models.BigIntegerField(_("people"), null=True)
    job = models.ForeignKey("jobs.Job", models.PROTECT, null=True, related_name="+", verbose_name=_("job"))
    started_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("started by")
    )
    started_by_name = models.CharField(_("name at the time"), max_length=150, blank=True)
    started_at = models.DateTimeField(_("started at"), auto_now_add=True)
    finished_at = models.DateTimeField(_("finished at"), null=True)
    parties = models.BigIntegerField(_("parties"), default=0)
    verdicts = models.JSONField(_("verdicts"), default=dict)  # counts by verdict
    cases_opened = models.BigIntegerField(_("cases opened"), default=0)
    cases_withdrawn = models.BigIntegerField(_("cases withdrawn"), default=0)

    class Meta:
        verbose_name = _("matching run")
        verbose_name_plural = _("matching runs")
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["state"], condition=Q(state="running"), name="cases_run_one_at_a_time"
            )
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"


class RunSubject(AboutSubject):
    """A party that a run since the last is to match. Gone when the run has ended."""

    run = models.ForeignKey(MatchRun, models.CASCADE, related_name="+", verbose_name=_("run"))

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["run", "register", "subject_id"], name="cases_runsubject_once")
        ]
