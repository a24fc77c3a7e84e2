"""The checks inside the registers: which rules are on, when they ran, and what they find now."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from cases.models.kinds import CheckedKind
from cases.models.subject import AboutSubject
from vehreg.accounts.scope import ScopedQuerySet


class CheckRule(models.Model):
    """The switch of one rule, and what its last check counted. The rule itself is `cases.checks.rules`.

    A rule without a row is on and was never checked.
    """

    code = models.CharField(_("rule"), max_length=24, choices=CheckedKind, primary_key=True)
    is_on = models.BooleanField(_("on"), default=True)
    switched_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("switched by")
    )
    switched_by_name = models.CharField(_("name at the time"), max_length=150, blank=True)
    switched_at = models.DateTimeField(_("switched at"), null=True)
    reason = models.TextField(_("reason"), blank=True)
    found = models.BigIntegerField(_("found"), null=True)
    checked_at = models.DateTimeField(_("checked at"), null=True)
    version = models.SmallIntegerField(_("version"), null=True)  # of the rule, when it was last checked

    class Meta:
        verbose_name = _("check")
        verbose_name_plural = _("checks of the registers")
        ordering = ["code"]

    def __str__(self) -> str:
        return str(CheckedKind(self.code).label) if self.code in CheckedKind.values else self.code


class CheckRun(models.Model):
    """One check of the registers. The next check of what changed begins at the watermark of the last."""

    class Scope(models.TextChoices):
        ALL = "all", _("whole registers")
        SINCE_LAST = "since_last", _("what changed since the last check")
        # After a switch: one rule over its whole register.
        RULE = "rule", _("one rule")

    class State(models.TextChoices):
        RUNNING = "running", _("running")
        DONE = "done", _("done")
        FAILED = "failed", _("failed")
        CANCELLED = "cancelled", _("cancelled")

    scope = models.CharField(_("scope"), max_length=10, choices=Scope, default=Scope.ALL)
    rule = models.CharField(_("rule"), max_length=24, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.RUNNING)
    # Rules, versions, thresholds and the year they were applied in: when it differs, all is checked again.
    fingerprint = models.CharField(max_length=40)
    watermark = models.DateTimeField(_("registers as of"))
    job = models.ForeignKey("jobs.Job", models.PROTECT, null=True, related_name="+", verbose_name=_("job"))
    started_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("started by")
    )
    started_by_name = models.CharField(_("name at the time"), max_length=150, blank=True)
    started_at = models.DateTimeField(_("started at"), auto_now_add=True)
    finished_at = models.DateTimeField(_("finished at"), null=True)
    entries = models.BigIntegerField(_("entries"), default=0)
    cases_opened = models.BigIntegerField(_("cases opened"), default=0)
    cases_withdrawn = models.BigIntegerField(_("cases withdrawn"), default=0)

    class Meta:
        verbose_name = _("check run")
        verbose_name_plural = _("check runs")
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"#{self.pk}"


class CheckFinding(AboutSubject):
    """What a rule finds wrong with an entry now, whether or not it opens a case.

    `evidence` is {"rule", "version", "seen": {field: value}, …}: `seen` is what the finding rests on.
    """

    rule = models.CharField(_("rule"), max_length=24, choices=CheckedKind)
    unit = models.ForeignKey(
        "accounts.Unit", models.PROTECT, null=True, related_name="+", verbose_name=_("ward")
    )
    evidence = models.JSONField(_("evidence"), default=dict)
    found_at = models.DateTimeField(_("found at"))

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = _("finding of a check")
        verbose_name_plural = _("findings of the checks")
        constraints = [
            models.UniqueConstraint(fields=["register", "subject_id", "rule"], name="cases_checkfinding_once")
        ]
        # Examples of a rule, of the city and of a ward; how many a rule finds.
        indexes = [
            models.Index(fields=["rule", "-id"], name="cases_checkfinding_rule_idx"),
            models.Index(fields=["unit", "rule", "-id"], name="cases_checkfinding_unit_idx"),
        ]


class CheckTwin(models.Model):
    """A number that stands on several registrations, found once for a check; gone when that has ended."""

    run = models.ForeignKey(CheckRun, models.CASCADE, related_name="+", verbose_name=_("check run"))
    field = models.CharField(max_length=16)
    key = models.TextField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["run", "field", "key"], name="cases_checktwin_once")]
