"""One offence passed on by a patrol."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from registry.models.base import RegisterRow, keep_history, key_field, unit_field
from registry.models.vehicle import PlateColour, VehicleKind


class ViolationStatus(models.TextChoices):
    OPEN = "open", _("open")
    SETTLED = "settled", _("settled")


@keep_history
class Violation(RegisterRow):
    """An offence. Vehicle and licence are found by plate or number when somebody looks, not stored."""

    source_id = models.CharField(_("record id"), max_length=64, unique=True)
    plate = models.CharField(_("plate"), max_length=24, null=True)
    vehicle_kind = models.CharField(_("kind"), max_length=20, choices=VehicleKind, null=True)
    plate_colour = models.CharField(_("plate colour"), max_length=8, choices=PlateColour, null=True)
    licence_number = models.CharField(_("licence number"), max_length=40, null=True)
    occurred_on = models.DateField(_("occurred on"))
    behaviour_code = models.CharField(_("behaviour code"), max_length=40, null=True)
    behaviour = models.TextField(_("behaviour"), null=True)
    decision_no = models.CharField(_("decision"), max_length=60, null=True)
    status = models.CharField(
        _("status"), max_length=8, choices=ViolationStatus, default=ViolationStatus.OPEN
    )
    unit = unit_field()

    plate_key = key_field("plate", "vr_compact")
    licence_key = key_field("licence_number", "vr_compact")

    class Meta:
        verbose_name = _("violation")
        verbose_name_plural = _("violations")
        indexes = [
            # What is on record for this plate or licence; the list of a ward.
            models.Index(fields=["plate_key"], name="registry_violation_plate_idx"),
            models.Index(fields=["licence_key"], name="registry_violation_lic_idx"),
            models.Index(fields=["unit", "-id"], name="registry_violation_unit_idx"),
        ]

    def __str__(self) -> str:
        return self.source_id
