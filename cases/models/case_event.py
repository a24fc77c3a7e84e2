"""One step of a case, and what officers wrote beside it."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class CaseEvent(models.Model):
    """One step: who, what, from which state to which, and why. Append-only; the name is frozen."""

    # The index below begins with it. Made from the rows of its case, which nothing removes.
    case = models.ForeignKey(
        "cases.VerificationCase",
        models.PROTECT,
        related_name="events",
        verbose_name=_("case"),
        db_index=False,
        db_constraint=False,
    )
    at = models.DateTimeField(_("at"))
    move = models.CharField(
        _("step"), max_length=24
    )  # a name of cases.workflow.MOVES, or of cases.workflow.REMARKS
    from_state = models.CharField(_("from"), max_length=10, blank=True)
    to_state = models.CharField(_("to"), max_length=10, blank=True)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("user"),
        db_index=False,
    )
    actor_name = models.CharField(_("name at the time"), max_length=150, blank=True)
    reason = models.TextField(_("reason"), blank=True)
    detail = models.JSONField(_("detail"), default=dict)

    class Meta:
        verbose_name = _("case event")
        verbose_name_plural = _("case events")
        ordering = ["case", "id"]
        indexes = [
            # The story of a case.
            models.Index(fields=["case", "-id"], name="cases_event_case_idx"),
            # What one officer did.
            models.Index(fields=["actor"], name="cases_event_actor_idx", condition=Q(actor__isnull=False)),
        ]
        triggers = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)]


class CaseNote(models.Model):
    """What an officer wrote down, with a paper or a picture if there was one."""

    case = models.ForeignKey(
        "cases.VerificationCase", models.PROTECT, related_name="notes", verbose_name=_("case")
    )
    at = models.DateTimeField(_("at"), auto_now_add=True)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("author")
    )
    author_name = models.CharField(_("name at the time"), max_length=150)
    text = models.TextField(_("text"), blank=True)
    attachment = models.FileField(
        _("attachment"), upload_to="notes/%Y/%m/", null=True, blank=True, max_length=255
    )
    attachment_name = models.CharField(_("file name"), max_length=255, blank=True)
    attachment_sha256 = models.CharField("SHA-256", max_length=64, blank=True)

    class Meta:
        verbose_name = _("note")
        verbose_name_plural = _("notes")
        ordering = ["case", "id"]
