"""A connected system, and the answers it may ask for again."""

from typing import Any, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _
from oauth2_provider.models import AbstractApplication, ApplicationManager

from vehreg.clients.scopes import SCOPES


def _every_scope() -> list[str]:
    return list(SCOPES)


def _per_minute(default: int, label: Any) -> "models.PositiveIntegerField[int, int]":
    return models.PositiveIntegerField(label, default=default, validators=[MinValueValidator(1)])


class Client(AbstractApplication):
    """A system that signs in as itself (OAuth2 client credentials) and declares for one channel."""

    channel = models.CharField(
        _("channel"), max_length=12, help_text=_("Declarations of this system belong to this channel.")
    )
    scopes = ArrayField(models.CharField(max_length=40), verbose_name=_("may"), default=_every_scope)
    active = models.BooleanField(
        _("active"), default=True, help_text=_("Switched off, its tokens end with its next request.")
    )
    requests_per_minute = _per_minute(30_000, _("requests a minute"))
    checks_per_minute = _per_minute(600, _("checks a minute"))

    objects: ClassVar[Any] = ApplicationManager()

    class Meta:
        verbose_name = _("connected system")
        verbose_name_plural = _("connected systems")

    def is_usable(self, request: Any) -> bool:
        """OAuth2 asks before it gives out a token."""
        return self.active

    def save(self, *args: Any, **kwargs: Any) -> None:
        # No system signs in for somebody else: every other way of OAuth2 stays shut.
        self.client_type = self.CLIENT_CONFIDENTIAL
        self.authorization_grant_type = self.GRANT_CLIENT_CREDENTIALS
        super().save(*args, **kwargs)


class StoredAnswer(models.Model):
    """What was answered under an idempotency key, kept for some days. `digest` is of the body."""

    client = models.ForeignKey(Client, models.CASCADE, related_name="+")
    key = models.CharField(max_length=200)
    digest = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField()
    body = models.JSONField()
    at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [models.UniqueConstraint(fields=["client", "key"], name="clients_storedanswer_once")]
        indexes = [
            # What is old enough to be swept.
            models.Index(fields=["at"], name="clients_storedanswer_at_idx")
        ]
