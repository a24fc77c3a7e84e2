"""Where a system wants to be told, and what it is to be told."""

import secrets

from django.core.validators import URLValidator
from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from vehreg.clients.models import Client


def new_secret() -> str:
    return secrets.token_hex(32)


class Webhook(models.Model):
    """The address of one system. `secret` signs what is sent there: both sides have to know it."""

    client = models.OneToOneField(Client, models.PROTECT, related_name="webhook", verbose_name=_("system"))
    url = models.CharField(_("address"), max_length=500, validators=[URLValidator(schemes=["https", "http"])])
    secret = models.CharField(_("secret"), max_length=64, default=new_secret, editable=False)
    active = models.BooleanField(
        _("active"), default=True, help_text=_("Switched off, nothing is told and nothing kept to be told.")
    )
    # How the last attempt ended: a status, or the name of what went wrong.
    last_answer = models.CharField(_("last answer"), max_length=60, default="", editable=False)
    answered_at = models.DateTimeField(_("answered at"), null=True, editable=False)

    class Meta:
        verbose_name = _("webhook")
        verbose_name_plural = _("webhooks")

    def __str__(self) -> str:
        return str(self.client)


class Message(models.Model):
    """One change to tell. `due_at` is the next attempt; none is left when it is told or given up."""

    webhook = models.ForeignKey(Webhook, models.CASCADE, related_name="messages", db_index=False)
    event = models.CharField(max_length=40)
    data = models.JSONField()
    made_at = models.DateTimeField(db_default=Now())
    attempts = models.PositiveSmallIntegerField(db_default=0)
    due_at = models.DateTimeField(null=True, db_default=Now())
    told_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            # What waits, by webhook; what is old enough to be swept.
            models.Index(
                fields=["webhook", "id"],
                name="webhooks_message_due_idx",
                condition=models.Q(due_at__isnull=False),
            ),
            models.Index(fields=["made_at"], name="webhooks_message_made_idx"),
        ]
