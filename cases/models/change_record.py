"""Approved corrections, numbered without a gap, for those who follow the registers."""

import pgtrigger
from django.db import models
from django.utils.translation import gettext_lazy as _

from cases.models.subject import AboutSubject, Register
from vehreg.accounts.scope import ScopedQuerySet


class ChangeSequence(models.Model):
    """The last number given in each register. Locked by the transaction that takes the next one."""

    register = models.CharField(max_length=8, choices=Register, primary_key=True)
    last = models.BigIntegerField(default=0)


class ChangeRecord(AboutSubject):
    """One approved correction of one register row. Append-only."""

    sequence = models.BigIntegerField(_("number"))
    unit = models.ForeignKey("accounts.Unit", models.PROTECT, related_name="+", verbose_name=_("unit"))
    case = models.ForeignKey(
        "cases.VerificationCase", models.PROTECT, related_name="change_records", verbose_name=_("case")
    )
    at = models.DateTimeField(_("at"))
    # {"field": {"old": …, "new": …}, …}
    changes = models.JSONField(_("changes"))
    proposed_by_name = models.CharField(_("proposed by"), max_length=150)
    approved_by_name = models.CharField(_("approved by"), max_length=150)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = _("correction")
        verbose_name_plural = _("corrections")
        ordering = ["-id"]
        constraints = [models.UniqueConstraint(fields=["register", "sequence"], name="cases_change_gap_free")]
        indexes = [
            models.Index(fields=["register", "subject_id"], name="cases_change_subject_idx"),
            models.Index(fields=["unit", "-id"], name="cases_change_unit_idx"),
        ]
        triggers = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.get_register_display()} #{self.sequence}"
