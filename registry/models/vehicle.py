"""One registration of a vehicle."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from registry.models.base import RegisterRow, keep_history, key_field, unit_field


class VehicleKind(models.TextChoices):
    CAR = "car", _("car")
    MOTORBIKE = "motorbike", _("motorbike")
    MOPED = "moped", _("moped")
    ELECTRIC_MOTORBIKE = "electric_motorbike", _("electric motorbike")
    TRAILER = "trailer", _("trailer")
    TRACTOR = "tractor", _("tractor")
    OTHER = "other", _("other")


class PlateColour(models.TextChoices):
    WHITE = "white", _("white")
    YELLOW = "yellow", _("yellow")
    BLUE = "blue", _("blue")
    RED = "red", _("red")


class VehicleStatus(models.TextChoices):
    ACTIVE = "active", _("in use")
    EXPIRED = "expired", _("use life expired")
    REVOKED = "revoked", _("revoked")
    STOLEN = "stolen", _("stolen")
    LOST = "lost", _("lost")
    SCRAPPED = "scrapped", _("scrapped")
    NOT_CIRCULATING = "not_circulating", _("not in circulation")


# What most vehicles are.
COMMON_KINDS = (VehicleKind.MOTORBIKE, VehicleKind.CAR)
# A registration that no longer holds its plate.
ENDED_STATUSES = (VehicleStatus.REVOKED, VehicleStatus.SCRAPPED)
# As a list of SQL literals.
ENDED_SQL = ", ".join(f"'{status.value}'" for status in ENDED_STATUSES)


class ConfirmedBy(models.TextChoices):
    DECLARATION = "declaration", _("declaration")
    OFFICER = "officer", _("officer")


@keep_history
class Vehicle(RegisterRow):
    """One registration. Plate, kind and colour together name it: compact plates alone are ambiguous."""

    source_id = models.CharField(_("record id"), max_length=64, unique=True)
    plate = models.CharField(_("plate"), max_length=24)
    vehicle_kind = models.CharField(_("kind"), max_length=20, choices=VehicleKind)
    plate_colour = models.CharField(
        _("plate colour"), max_length=8, choices=PlateColour, default=PlateColour.WHITE
    )
    brand = models.CharField(_("brand"), max_length=120, null=True)
    model_code = models.CharField(_("model"), max_length=120, null=True)
    colour = models.CharField(_("paint"), max_length=60, null=True)
    engine_no = models.CharField(_("engine number"), max_length=60, null=True)
    chassis_no = models.CharField(_("chassis number"), max_length=60, null=True)
    year_made = models.SmallIntegerField(_("year made"), null=True)
    seats = models.SmallIntegerField(_("seats"), null=True)
    payload_kg = models.IntegerField(_("payload, kg"), null=True)
    first_registered_on = models.DateField(_("first registered on"), null=True)
    registered_on = models.DateField(_("registered on"), null=True)
    valid_until = models.DateField(_("valid until"), null=True)
    status = models.CharField(_("status"), max_length=16, choices=VehicleStatus, default=VehicleStatus.ACTIVE)
    owner = models.ForeignKey(
        "registry.Owner", models.PROTECT, related_name="vehicles", verbose_name=_("owner")
    )
    unit = unit_field()
    confirmed_on = models.DateField(_("confirmed on"), null=True)
    confirmed_by = models.CharField(_("confirmed by"), max_length=12, choices=ConfirmedBy, null=True)

    plate_key = key_field("plate", "vr_compact")

    class Meta:
        verbose_name = _("vehicle")
        verbose_name_plural = _("vehicles")
        permissions = [("export_registers", "Can export registers")]
        constraints = [
            models.UniqueConstraint(
                fields=["plate_key", "vehicle_kind", "plate_colour"],
                condition=~Q(status__in=ENDED_STATUSES),
                name="registry_vehicle_live_plate",
            )
        ]
        indexes = [
            # Matching and checks since the last run: what changed.
            models.Index(fields=["changed_at"], name="registry_vehicle_changed_idx"),
            # The search box and declarations: a plate, whatever its kind.
            models.Index(fields=["plate_key"], name="registry_vehicle_plate_idx"),
            models.Index(
                fields=["chassis_no"],
                name="registry_vehicle_chassis_idx",
                condition=Q(chassis_no__isnull=False),
            ),
            # Another registration with this engine: the list of what is not clean.
            models.Index(
                fields=["engine_no"], name="registry_vehicle_engine_idx", condition=Q(engine_no__isnull=False)
            ),
            # The list of vehicles of a ward, newest first: its filters are answered from the index alone.
            models.Index(
                fields=["unit", "-id"],
                include=["status", "vehicle_kind", "plate_colour", "confirmed_on"],
                name="registry_vehicle_ward_idx",
            ),
            # The city's list, by what few vehicles are: of all others a page is soon full.
            models.Index(
                fields=["status", "-id"],
                include=["unit", "vehicle_kind", "plate_colour", "confirmed_on"],
                condition=~Q(status=VehicleStatus.ACTIVE),
                name="registry_vehicle_state_idx",
            ),
            models.Index(
                fields=["vehicle_kind", "-id"],
                include=["unit", "status", "plate_colour", "confirmed_on"],
                condition=~Q(vehicle_kind__in=COMMON_KINDS),
                name="registry_vehicle_kind_idx",
            ),
            models.Index(
                fields=["plate_colour", "-id"],
                include=["unit", "status", "vehicle_kind", "confirmed_on"],
                condition=~Q(plate_colour=PlateColour.WHITE),
                name="registry_vehicle_colour_idx",
            ),
            # Those confirmed since a day: at the start of a campaign hardly any.
            models.Index(
                fields=["confirmed_on"],
                name="registry_vehicle_since_idx",
                condition=Q(confirmed_on__isnull=False),
            ),
            # Those that are live; and how many became so on each day.
            models.Index(
                fields=["-id"],
                include=["unit", "status", "vehicle_kind", "plate_colour", "confirmed_on"],
                condition=Q(confirmed_on__isnull=False),
                name="registry_vehicle_live_idx",
            ),
        ]

    def __str__(self) -> str:
        return self.plate
