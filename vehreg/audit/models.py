"""The trail: one row for each look, search, export, change and sign-in. Append-only."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class AuditEvent(models.Model):
    """One thing somebody did. Names are frozen: they must be readable when the account is long gone."""

    class Kind(models.TextChoices):
        VIEW = "view", _("Viewed")
        SEARCH = "search", _("Searched")
        EXPORT = "export", _("Exported")
        REVEAL = "reveal", _("Saw whole numbers")
        CHANGE = "change", _("Changed")
        SIGN_IN = "sign_in", _("Signed in")
        SIGN_IN_FAILED = "sign_in_failed", _("Sign-in failed")
        SIGN_OUT = "sign_out", _("Signed out")

    at = models.DateTimeField(_("at"), auto_now_add=True)
    kind = models.CharField(_("kind"), max_length=16, choices=Kind)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, verbose_name=_("user"), related_name="+"
    )
    actor_name = models.CharField(_("name at the time"), max_length=150)
    actor_role = models.CharField(_("role at the time"), max_length=20, blank=True)
    unit = models.ForeignKey(
        "accounts.Unit", models.PROTECT, null=True, verbose_name=_("unit"), related_name="+"
    )
    address = models.GenericIPAddressField(_("address"), null=True)
    subject_type = models.CharField(_("what"), max_length=40, blank=True)
    subject_id = models.BigIntegerField(_("id"), null=True)
    purpose = models.CharField(_("purpose"), max_length=20, blank=True)
    detail = models.JSONField(_("detail"), default=dict)

    class Meta:
        verbose_name = _("audit event")
        verbose_name_plural = _("audit events")
        ordering = ["-id"]
        indexes = [
            # An auditor asks: who saw this vehicle? what did this officer do that day?
            models.Index(fields=["subject_type", "subject_id", "-id"], name="audit_subject_idx"),
            models.Index(fields=["actor", "-id"], name="audit_actor_idx"),
            models.Index(fields=["kind", "-id"], name="audit_kind_idx"),
        ]
        triggers = [
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.kind} {self.subject_type}:{self.subject_id}"
