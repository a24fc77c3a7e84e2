"""One file received from an authority, and what was noticed in it."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class DeliveryState(models.TextChoices):
    RECEIVED = "received", _("received")
    VALIDATING = "validating", _("being checked")
    VALIDATED = "validated", _("checked")
    APPLYING = "applying", _("being applied")
    APPLIED = "applied", _("applied")
    UNDOING = "undoing", _("being undone")
    UNDONE = "undone", _("undone")
    REFUSED = "refused", _("refused")
    CANCELLED = "cancelled", _("cancelled")
    FAILED = "failed", _("failed")


# A file in one of these states may be delivered again.
GONE_STATES = (DeliveryState.UNDONE, DeliveryState.REFUSED, DeliveryState.CANCELLED, DeliveryState.FAILED)


class Delivery(models.Model):
    """One file of one kind. `kind` is a name of `registry.deliveries.kinds`."""

    kind = models.CharField(_("kind"), max_length=20)
    file = models.FileField(_("file"), upload_to="deliveries/%Y/%m/", max_length=255)
    filename = models.CharField(_("file name"), max_length=255)
    size = models.BigIntegerField(_("size, bytes"))
    sha256 = models.CharField("SHA-256", max_length=64)
    state = models.CharField(_("state"), max_length=12, choices=DeliveryState, default=DeliveryState.RECEIVED)
    # How the file is read: format, encoding, separator, columns by name and position, unknown columns.
    reading = models.JSONField(_("reading"), default=dict)
    full = models.BooleanField(
        _("complete register"),
        default=False,
        help_text=_("List what the file no longer holds. Nothing is deleted."),
    )
    staged_rows = models.BigIntegerField(_("rows staged"), default=0)
    rows = models.BigIntegerField(_("rows"), null=True)
    new = models.BigIntegerField(_("new"), null=True)
    changed = models.BigIntegerField(_("changed"), null=True)
    unchanged = models.BigIntegerField(_("unchanged"), null=True)
    rejected = models.BigIntegerField(_("rejected"), null=True)
    # Counts by reason, rows absent from a full file, rows an undo kept, and the like.
    summary = models.JSONField(_("summary"), default=dict)
    message = models.TextField(_("message"), blank=True)
    delivered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("delivered by")
    )
    delivered_by_name = models.CharField(_("name at the time"), max_length=150, blank=True)
    delivered_at = models.DateTimeField(_("delivered at"), auto_now_add=True)
    applied_at = models.DateTimeField(_("applied at"), null=True)
    undone_at = models.DateTimeField(_("undone at"), null=True)

    class Meta:
        verbose_name = _("delivery")
        verbose_name_plural = _("deliveries")
        ordering = ["-id"]
        permissions = [("undo_delivery", "Can undo a delivery")]
        constraints = [
            # The same file twice is refused, unless the first came to nothing.
            models.UniqueConstraint(
                fields=["kind", "sha256"],
                condition=~Q(state__in=GONE_STATES),
                name="registry_delivery_same_file",
            )
        ]
        indexes = [models.Index(fields=["kind", "-id"], name="registry_delivery_kind_idx")]
        # Register rows name their deliveries without a constraint.
        triggers = [pgtrigger.Protect(name="keep", operation=pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"#{self.pk} {self.filename}"


class DeliveryNotice(models.Model):
    """Something about one row that its deliverer should know: why it was rejected, or loaded with a gap.

    `code` is one of `registry.deliveries.notices`; its sentence is made when it is shown.
    """

    delivery = models.ForeignKey(Delivery, models.CASCADE, related_name="notices", verbose_name=_("delivery"))
    row_no = models.BigIntegerField(_("row"))
    column = models.CharField(_("column"), max_length=60, blank=True)
    code = models.CharField(_("reason"), max_length=40)
    value = models.TextField(_("value"), blank=True)
    # The row of the file or the record of the register it clashes with.
    other = models.CharField(_("clashes with"), max_length=100, blank=True, db_default="")
    rejects = models.BooleanField(_("row rejected"))

    class Meta:
        verbose_name = _("notice")
        verbose_name_plural = _("notices")
        ordering = ["delivery", "row_no", "id"]
        indexes = [models.Index(fields=["delivery", "row_no"], name="registry_notice_row_idx")]
