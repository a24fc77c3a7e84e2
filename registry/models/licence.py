"""One driving licence."""

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from registry.models.base import BirthPrecision, RegisterRow, keep_history, key_field, unit_field
from registry.models.vehicle import ConfirmedBy


class LicenceMedium(models.TextChoices):
    PET = "pet", _("PET card")
    PAPER = "paper", _("paper")


class LicenceStatus(models.TextChoices):
    VALID = "valid", _("valid")
    EXPIRED = "expired", _("expired")
    REVOKED = "revoked", _("revoked")
    SUSPENDED = "suspended", _("suspended")


@keep_history
class DriverLicence(RegisterRow):
    """One licence. A paper licence has no unique number: only the source's record id is."""

    source_id = models.CharField(_("record id"), max_length=64, unique=True)
    number = models.CharField(_("licence number"), max_length=40, null=True)
    medium = models.CharField(_("medium"), max_length=8, choices=LicenceMedium, null=True)
    licence_class = models.CharField(_("class"), max_length=8)
    issued_on = models.DateField(_("issued on"), null=True)
    expires_on = models.DateField(_("expires on"), null=True)
    issuing_office = models.CharField(_("issued by"), max_length=160, null=True)
    holder_name = models.TextField(_("holder"))
    holder_birth_date = models.DateField(_("birth date"), null=True)
    holder_birth_precision = models.CharField(
        _("birth date known to the"), max_length=5, choices=BirthPrecision, null=True
    )
    holder_id_number = models.TextField(_("ID number"), null=True)
    holder_address = models.TextField(_("address"), null=True)
    holder_ward_code = models.CharField(_("ward code"), max_length=10, null=True)
    points = models.SmallIntegerField(_("points"), null=True)
    status = models.CharField(_("status"), max_length=12, choices=LicenceStatus, default=LicenceStatus.VALID)
    unit = unit_field()
    person = models.ForeignKey(
        "registry.Person", models.SET_NULL, null=True, related_name="licences", verbose_name=_("person")
    )
    confirmed_on = models.DateField(_("confirmed on"), null=True)
    confirmed_by = models.CharField(_("confirmed by"), max_length=12, choices=ConfirmedBy, null=True)

    number_key = key_field("number", "vr_compact")
    name_key = key_field("holder_name", "vr_fold")
    name_sort = key_field("holder_name", "vr_name_sort")
    id_key = key_field("holder_id_number", "vr_id_key")

    class Meta:
        verbose_name = _("driving licence")
        verbose_name_plural = _("driving licences")
        indexes = [
            # The search box and declarations: a licence number, a personal number, a name.
            models.Index(fields=["number_key"], name="registry_licence_number_idx"),
            models.Index(fields=["id_key"], name="registry_licence_id_idx", condition=~Q(id_key="")),
            GinIndex(OpClass("name_key", name="gin_trgm_ops"), name="registry_licence_name_trgm"),
            # The list of licences, of a ward and of the city, by given name; a name looked for in a ward.
            models.Index(
                fields=["unit", "name_sort", "id"], include=["name_key"], name="registry_licence_ward_idx"
            ),
            models.Index(fields=["name_sort", "id"], name="registry_licence_sort_idx"),
            # Matching since the last run: what changed.
            models.Index(fields=["changed_at"], name="registry_licence_changed_idx"),
        ]

    def __str__(self) -> str:
        return self.number or self.source_id
