"""What a citizen, an organisation or an officer declared."""

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cases.models.tally import FORGET_COUNTS, Tallied, day_of
from registry.models.base import RegisterRow, keep_history, key_field
from registry.models.vehicle import PlateColour, VehicleKind


class Channel(models.TextChoices):
    IHANOI = "ihanoi", _("iHanoi")
    OFFICER = "officer", _("officer")
    ORGANISATION = "organisation", _("organisation")


class DeclaredSubject(models.TextChoices):
    VEHICLE = "vehicle", _("vehicle")
    LICENCE = "licence", _("licence")


class UsageStatus(models.TextChoices):
    IN_USE_OWNER = "in_use_owner", _("mine, in use")
    IN_USE_FAMILY = "in_use_family", _("used by family")
    BOUGHT_NOT_TRANSFERRED = "bought_not_transferred", _("bought, not transferred")
    SOLD_NOT_TRANSFERRED = "sold_not_transferred", _("sold, not transferred")
    GIVEN_OR_INHERITED = "given_or_inherited", _("given or inherited")
    LOST = "lost", _("lost")
    STOLEN = "stolen", _("stolen")
    SEIZED = "seized", _("seized")
    UNUSED = "unused", _("not in use")
    SCRAPPED = "scrapped", _("scrapped")
    EXPIRED = "expired", _("use life expired")
    MOVED_AWAY = "moved_away", _("moved away")
    OWNER_DECEASED = "owner_deceased", _("owner has died")
    NOT_MINE = "not_mine", _("not mine")


class DeclarationState(models.TextChoices):
    RECEIVED = "received", _("received")
    CONFIRMS = "confirms", _("confirms the register")
    DIFFERS = "differs", _("differs from the register")
    UNKNOWN = "unknown", _("not in the register")
    REPLACED = "replaced", _("replaced by a later one")


DECLARATIONS_TALLIED = Tallied(
    columns=("unit_id", "subject", "declared_at"),
    tallies=(
        ("'declared'", day_of("declared_at"), "counted.subject = 'vehicle'"),
        ("'declared_licences'", day_of("declared_at"), "counted.subject = 'licence'"),
    ),
)


@keep_history
class Declaration(RegisterRow):
    """One declaration, found again by (channel, external id)."""

    # What reconciliation writes says nothing new of the declaration itself.
    bookkeeping = ("state", "vehicle", "licence", "reconciled_at", "finding")

    channel = models.CharField(_("channel"), max_length=12, choices=Channel)
    external_id = models.CharField(_("declaration id"), max_length=64)
    declared_at = models.DateTimeField(_("declared at"))
    subject = models.CharField(_("about"), max_length=8, choices=DeclaredSubject)
    declarant_id = models.TextField(_("declarant's number"), null=True)
    declarant_name = models.TextField(_("declarant"))
    declarant_phone = models.CharField(_("telephone"), max_length=30, null=True)
    ward_code = models.CharField(_("ward code"), max_length=10, null=True)
    unit = models.ForeignKey(
        "accounts.Unit", models.PROTECT, null=True, related_name="+", verbose_name=_("ward")
    )
    plate = models.CharField(_("plate"), max_length=24, null=True)
    vehicle_kind = models.CharField(_("kind"), max_length=20, choices=VehicleKind, null=True)
    plate_colour = models.CharField(_("plate colour"), max_length=8, choices=PlateColour, null=True)
    engine_no = models.CharField(_("engine number"), max_length=60, null=True)
    chassis_no = models.CharField(_("chassis number"), max_length=60, null=True)
    licence_number = models.CharField(_("licence number"), max_length=40, null=True)
    licence_class = models.CharField(_("class"), max_length=8, null=True)
    usage_status = models.CharField(_("declared"), max_length=24, choices=UsageStatus, null=True)
    counterparty_name = models.TextField(_("other side"), null=True)
    counterparty_id = models.TextField(_("other side's number"), null=True)
    since = models.DateField(_("since"), null=True)
    note = models.TextField(_("note"), null=True)

    state = models.CharField(
        _("state"),
        max_length=10,
        choices=DeclarationState,
        default=DeclarationState.RECEIVED,
        db_default=DeclarationState.RECEIVED,
    )
    vehicle = models.ForeignKey(
        "registry.Vehicle", models.SET_NULL, null=True, related_name="declarations", verbose_name=_("vehicle")
    )
    licence = models.ForeignKey(
        "registry.DriverLicence",
        models.SET_NULL,
        null=True,
        related_name="declarations",
        verbose_name=_("licence"),
    )
    person = models.ForeignKey(
        "registry.Person", models.SET_NULL, null=True, related_name="declarations", verbose_name=_("person")
    )
    reconciled_at = models.DateTimeField(_("reconciled at"), null=True)
    # {"declarant": who, "kind": discrepancy, "differs": {field: {"register", "declared"}}, "replaced_by": id,
    # "contested": true, "linked": {"entry": id, "by": user, …} where an officer chose the entry}; where none
    # was found {"entry": "none" | "several", "candidates": [{"entry": id, "why", "fits"}, …]}.
    finding = models.JSONField(_("finding"), default=dict, db_default={})

    plate_key = key_field("plate", "vr_compact")
    licence_key = key_field("licence_number", "vr_compact")
    name_key = key_field("declarant_name", "vr_fold")
    id_key = key_field("declarant_id", "vr_id_key")

    class Meta:
        verbose_name = _("declaration")
        verbose_name_plural = _("declarations")
        constraints = [
            models.UniqueConstraint(fields=["channel", "external_id"], name="cases_declaration_external_id")
        ]
        indexes = [
            # Everything declared of a vehicle or licence, newest first; by plate, number, declarant.
            models.Index(fields=["vehicle", "-declared_at"], name="cases_declaration_vehicle_idx"),
            models.Index(fields=["licence", "-declared_at"], name="cases_declaration_licence_idx"),
            models.Index(fields=["plate_key"], name="cases_declaration_plate_idx"),
            models.Index(fields=["licence_key"], name="cases_declaration_number_idx"),
            models.Index(fields=["id_key"], name="cases_declaration_id_idx", condition=~Q(id_key="")),
            GinIndex(OpClass("name_key", name="gin_trgm_ops"), name="cases_declaration_name_trgm"),
            # What waits to be reconciled, or for its entry to arrive; the list of a ward.
            models.Index(
                fields=["id"],
                name="cases_declaration_todo_idx",
                condition=Q(state__in=[DeclarationState.RECEIVED, DeclarationState.UNKNOWN]),
            ),
            models.Index(fields=["unit", "-id"], name="cases_declaration_unit_idx"),
        ]
        triggers = [*DECLARATIONS_TALLIED.triggers(), FORGET_COUNTS]

    def __str__(self) -> str:
        return f"{self.channel}:{self.external_id}"
