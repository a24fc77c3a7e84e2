"""The 526 units of before 1 July 2025, and where each went."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class LegacyUnit(models.Model):
    """One former ward and one new unit that took it or a part of it.

    A former ward that was split has a row for each part. Only a whole move fixes a residence.
    Source: Resolution 1656/NQ-UBTVQH15, as shipped in `registry/identity/data`.
    """

    class Moved(models.TextChoices):
        WHOLE = "whole", _("whole")
        SPLIT = "split", _("split")

    old_code = models.CharField(_("former code"), max_length=5)
    old_name = models.CharField(_("former name"), max_length=80)
    old_district = models.CharField(_("former district"), max_length=80)
    unit = models.ForeignKey(
        "accounts.Unit", models.PROTECT, related_name="former", verbose_name=_("new unit")
    )
    moved = models.CharField(_("moved"), max_length=5, choices=Moved)

    class Meta:
        verbose_name = _("former unit")
        verbose_name_plural = _("former units")
        ordering = ["old_code"]
        constraints = [models.UniqueConstraint(fields=["old_code", "unit"], name="registry_legacyunit_once")]

    def __str__(self) -> str:
        return f"{self.old_name}, {self.old_district}"
