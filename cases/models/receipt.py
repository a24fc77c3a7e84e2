"""How declarations came in by program or form, and what was refused because it contradicts what is kept."""

from django.conf import settings
from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from vehreg.accounts.scope import ScopedQuerySet


class _Sent(models.Model):
    """By whom and when: a program (client), or an officer. Found from the declaration, never from these."""

    client = models.ForeignKey(
        settings.OAUTH2_PROVIDER_APPLICATION_MODEL,
        models.PROTECT,
        null=True,
        db_index=False,
        related_name="+",
        verbose_name=_("system"),
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        db_index=False,
        related_name="+",
        verbose_name=_("officer"),
    )
    received_at = models.DateTimeField(_("received at"), db_default=Now())

    class Meta:
        abstract = True


class Receipt(_Sent):
    """One declaration that was received as such, and not as a row of a file."""

    declaration = models.OneToOneField(
        "cases.Declaration", models.CASCADE, primary_key=True, related_name="receipt"
    )

    class Meta:
        verbose_name = _("receipt of a declaration")
        verbose_name_plural = _("receipts of declarations")


class RefusedQuerySet(ScopedQuerySet):
    """A refused declaration is seen by those who see the one that stands."""

    scope_field = "declaration__unit"


class RefusedDeclaration(_Sent):
    """What was sent under the id of a declaration that says something else. `digest` tells it once."""

    declaration = models.ForeignKey(
        "cases.Declaration", models.CASCADE, related_name="refused", verbose_name=_("declaration that stands")
    )
    digest = models.CharField(max_length=32)
    # The fields as they were sent: {name: text}.
    content = models.JSONField(_("as sent"), default=dict)

    objects = RefusedQuerySet.as_manager()

    class Meta:
        verbose_name = _("refused declaration")
        verbose_name_plural = _("refused declarations")
        constraints = [
            models.UniqueConstraint(fields=["declaration", "digest"], name="cases_refuseddeclaration_once")
        ]

    def __str__(self) -> str:
        return str(self.declaration)
