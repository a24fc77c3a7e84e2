"""What a citizen, an organisation or an officer declared."""

import pgtrigger
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import Case, Q, Value, When
from django.utils.translation import gettext_lazy as _

from cases.models.announcement import ANNOUNCE
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


class Waiting(models.IntegerChoices):
    """How a declaration waits for an officer of the ward."""

    PLAIN = 1, _("plain")
    SINGLY = 2, _("to be looked at")


DECLARATIONS_TALLIED = Tallied(
    columns=("unit_id", "subject", "declared_at", "waits", "confirmed_at"),
    tallies=(
        ("'declared'", day_of("declared_at"), "counted.subject = 'vehicle'"),
        ("'declared_licences'", day_of("declared_at"), "counted.subject = 'licence'"),
        ("'to_confirm'", "NULL::date", "counted.waits IS NOT NULL"),
        ("'to_confirm_plain'", "NULL::date", f"counted.waits = {Waiting.PLAIN}"),
        ("'ward_confirmed'", day_of("confirmed_at"), "counted.confirmed_at IS NOT NULL"),
    ),
)


_WAITS = Q(state=DeclarationState.CONFIRMS, confirmed_at__isnull=True, questioned_at__isnull=True) & ~Q(
    finding__has_key="contested"
)

# What is judged anew is looked at anew: it says something else, or is about something else.
_LOOK_AGAIN = pgtrigger.Trigger(
    name="look_again",
    when=pgtrigger.Before,
    operation=pgtrigger.Update,
    condition=pgtrigger.Condition(
        "NEW.state = 'received' AND (OLD.confirmed_at IS NOT NULL OR OLD.questioned_at IS NOT NULL)"
    ),
    func="NEW.confirmed_at = NULL; NEW.questioned_at = NULL; RETURN NEW;",
)


@keep_history
class Declaration(RegisterRow):
    """One declaration, found again by (channel, external id)."""

    # What reconciliation writes says nothing new of the declaration itself.
    bookkeeping = (
        "state", "vehicle", "licence", "reconciled_at", "finding", "confirmed_at", "questioned_at",
    )  # fmt: skip

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
    # "contested": true, "plain": true, "linked": {"entry": id, "by": user, …} where an officer chose the
    # entry}; where none was found {"entry": "none" | "several", "candidates": [{"entry", "why", "fits"}, …]}.
    finding = models.JSONField(_("finding"), default=dict, db_default={})

    # The word of an officer of the ward; the words before it are the confirmations. None: not yet.
    confirmed_at = models.DateTimeField(_("confirmed by the ward at"), null=True)
    questioned_at = models.DateTimeField(_("questioned by the ward at"), null=True)
    # What agrees with the registers waits for that word; what does not is a case.
    waits = models.GeneratedField(
        expression=Case(
            When(
                _WAITS & Q(finding__has_key="plain"),
                then=Value(Waiting.PLAIN),
            ),
            When(_WAITS, then=Value(Waiting.SINGLY)),
            default=None,
            output_field=models.SmallIntegerField(),
        ),
        output_field=models.SmallIntegerField(_("waits for the ward"), choices=Waiting),
        db_persist=True,
    )

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
                fields=["state", "id"],
                name="cases_declaration_state_idx",
                condition=Q(state__in=[DeclarationState.RECEIVED, DeclarationState.UNKNOWN]),
            ),
            models.Index(fields=["unit", "-id"], name="cases_declaration_unit_idx"),
            # What one system sent, newest first.
            models.Index(fields=["channel", "-id"], name="cases_declaration_channel_idx"),
            # What waits for an officer of the ward, oldest first; the same of the whole city.
            models.Index(
                fields=["unit", "waits", "declared_at", "id"],
                name="cases_declaration_waits_idx",
                condition=Q(waits__isnull=False),
            ),
            models.Index(
                fields=["waits", "declared_at", "id"],
                name="cases_declaration_city_waits",
                condition=Q(waits__isnull=False),
            ),
        ]
        triggers = [*DECLARATIONS_TALLIED.triggers(), FORGET_COUNTS, ANNOUNCE, _LOOK_AGAIN]

    def __str__(self) -> str:
        return f"{self.channel}:{self.external_id}"
