"""A unit: one of the city's wards and communes, the city team, or the registration office."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Unit(models.Model):
    """One police unit. `code` is the official five-digit code of its ward or commune."""

    class Kind(models.TextChoices):
        WARD = "ward", _("Ward")
        COMMUNE = "commune", _("Commune")
        CITY = "city", _("City team")
        OFFICE = "office", _("Registration office")

    code = models.CharField(_("code"), max_length=8, unique=True)
    name = models.CharField(_("name"), max_length=80)
    kind = models.CharField(_("kind"), max_length=8, choices=Kind)
    latitude = models.FloatField(_("latitude"), null=True, blank=True)
    longitude = models.FloatField(_("longitude"), null=True, blank=True)
    area_km2 = models.FloatField(_("area, km²"), null=True, blank=True)

    class Meta:
        verbose_name = _("unit")
        verbose_name_plural = _("units")
        ordering = ["code"]

    def __str__(self) -> str:
        return self.short_name

    @property
    def short_name(self) -> str:
        """The name as officers write it: "P. Giảng Võ", "X. Gia Lâm"."""
        for long, short in (("Phường ", "P. "), ("Xã ", "X. ")):
            if self.name.startswith(long):
                return short + self.name.removeprefix(long)
        return self.name
