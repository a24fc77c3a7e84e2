"""One matching run. A finished run is never changed."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class MatchRun(models.Model):
    class Scope(models.TextChoices):
        ALL = "all", _("whole registers")
        SINCE_LAST = "since_last", _("what changed since the last run")

    class State(models.TextChoices):
        RUNNING = "running", _("running")
        DONE = "done", _("done")
        FAILED = "failed", _("failed")
        CANCELLED = "cancelled", _("cancelled")

    scope = models.CharField(_("scope"), max_length=10, choices=Scope, default=Scope.ALL)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.RUNNING)
    rules_version = models.CharField(_("rules"), max_length=40)
    # The registers as of this moment; the next run since the last begins here.
    watermark = models.DateTimeField(_("registers as of"))
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

    def __str__(self) -> str:
        return f"#{self.pk}"
