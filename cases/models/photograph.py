"""A photograph of a paper that belongs to a declaration."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class PhotographKind(models.TextChoices):
    JPEG = "jpeg", "JPEG"
    PNG = "png", "PNG"
    WEBP = "webp", "WebP"


class Photograph(models.Model):
    """One photograph, kept privately. `sha256` is of the file as it was sent, so the same one is known again.

    Size and measures are of the file as it is kept: drawn anew, without what the camera wrote beside it. A
    declaration that has photographs is not taken back with its delivery.
    """

    declaration = models.ForeignKey(
        "cases.Declaration", models.PROTECT, related_name="photographs", verbose_name=_("declaration")
    )
    sha256 = models.CharField("SHA-256", max_length=64)
    kind = models.CharField(_("kind of file"), max_length=4, choices=PhotographKind)
    file = models.FileField(_("file"), max_length=120)
    bytes = models.PositiveIntegerField(_("bytes"))
    width = models.PositiveIntegerField(_("width"))
    height = models.PositiveIntegerField(_("height"))
    kept_at = models.DateTimeField(_("kept at"), auto_now_add=True)
    # Who sent it: an officer, or another system by its name.
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("user")
    )
    sender_name = models.CharField(_("name at the time"), max_length=150)

    class Meta:
        verbose_name = _("photograph")
        verbose_name_plural = _("photographs")
        constraints = [
            # Also finds the photographs of a declaration.
            models.UniqueConstraint(fields=["declaration", "sha256"], name="cases_photograph_once")
        ]

    def __str__(self) -> str:
        return f"{self.declaration_id}-{self.pk}.{self.kind}"
