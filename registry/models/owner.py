"""The party as the vehicle register names it."""

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from registry.models.base import BirthPrecision, RegisterRow, keep_history, key_field, unit_field


class OwnerKind(models.TextChoices):
    CITIZEN = "citizen", _("citizen")
    FOREIGNER = "foreigner", _("foreigner")
    ORGANISATION = "organisation", _("organisation")


@keep_history
class Owner(RegisterRow):
    """One owner, shared by the vehicles that carry the same ID number and name.

    `party_key` says who shares: kind, number and name in one text; NULL without a usable number, because
    owners without a number are never shared. PostgreSQL computes it (`vr_party_key`). `person` is set
    only by a verdict or an approval.
    """

    kind = models.CharField(_("kind"), max_length=12, choices=OwnerKind, default=OwnerKind.CITIZEN)
    name = models.TextField(_("name"))
    id_number = models.TextField(_("ID number"), null=True)
    birth_date = models.DateField(_("birth date"), null=True)
    birth_precision = models.CharField(
        _("birth date known to the"), max_length=5, choices=BirthPrecision, null=True
    )
    phone = models.CharField(_("telephone"), max_length=30, null=True)
    address = models.TextField(_("address"), null=True)
    ward_code = models.CharField(_("ward code"), max_length=10, null=True)
    unit = unit_field()
    person = models.ForeignKey(
        "registry.Person", models.SET_NULL, null=True, related_name="owners", verbose_name=_("person")
    )
    vehicle_count = models.PositiveIntegerField(_("vehicles"), default=0, db_default=0)

    name_key = key_field("name", "vr_fold")
    name_sort = key_field("name", "vr_name_sort")
    id_key = key_field("id_number", "vr_id_key")
    # Generated too: who inserts owners finds the shared one by `ON CONFLICT (party_key)`.
    party_key = models.GeneratedField(
        expression=models.Func("kind", "id_number", "name", function="vr_party_key"),
        output_field=models.TextField(),
        db_persist=True,
        null=True,
    )

    class Meta:
        verbose_name = _("owner")
        verbose_name_plural = _("owners")
        constraints = [models.UniqueConstraint(fields=["party_key"], name="registry_owner_party_key")]
        indexes = [
            # The search box: a number, or a name.
            models.Index(fields=["id_key"], name="registry_owner_id_idx", condition=~Q(id_key="")),
            GinIndex(OpClass("name_key", name="gin_trgm_ops"), name="registry_owner_name_trgm"),
            # A common name: the trigrams of Nguyễn Thị Hoa are those of half the city.
            models.Index(fields=["name_key"], name="registry_owner_name_idx"),
            # The list of owners, of a ward and of the city, by given name; mass holders. A name looked for
            # in a ward is found from its index alone.
            models.Index(
                fields=["unit", "name_sort", "id"], include=["name_key"], name="registry_owner_ward_idx"
            ),
            models.Index(
                fields=["name_sort", "id"], include=["unit", "kind", "person"], name="registry_owner_sort_idx"
            ),
            # The few that are no citizens, by given name.
            models.Index(
                fields=["kind", "name_sort", "id"],
                include=["unit"],
                name="registry_owner_kind_idx",
                condition=~Q(kind=OwnerKind.CITIZEN),
            ),
            # Matching since the last run: what changed, and who has no vehicle any more.
            models.Index(fields=["changed_at"], name="registry_owner_changed_idx"),
            models.Index(fields=["id"], name="registry_owner_gone_idx", condition=Q(vehicle_count__lte=0)),
            models.Index(
                fields=["-vehicle_count", "id"],
                name="registry_owner_mass_idx",
                condition=Q(vehicle_count__gte=20),
            ),
        ]

    def __str__(self) -> str:
        return self.name
