"""The population register, as it was handed to us. Never edited here."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from registry.models.base import BirthPrecision, RegisterRow, keep_history, key_field, unit_field


class Gender(models.TextChoices):
    MALE = "M", _("male")
    FEMALE = "F", _("female")


@keep_history
class Person(RegisterRow):
    """One line of the population register, true as of the day it was drawn (`as_of`)."""

    personal_id = models.CharField(_("personal number"), max_length=12, unique=True)
    former_ids = ArrayField(models.CharField(max_length=12), verbose_name=_("former numbers"), default=list)
    full_name = models.TextField(_("full name"))
    birth_date = models.DateField(_("birth date"), null=True)
    birth_precision = models.CharField(
        _("birth date known to the"), max_length=5, choices=BirthPrecision, null=True
    )
    gender = models.CharField(_("sex"), max_length=1, choices=Gender, null=True)
    ward_code = models.CharField(_("ward code"), max_length=10, null=True)
    unit = unit_field()
    address = models.TextField(_("residence"), null=True)
    died_on = models.DateField(_("died on"), null=True)
    as_of = models.DateField(_("as of"))

    name_key = key_field("full_name", "vr_fold")
    name_sort = key_field("full_name", "vr_name_sort")

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("persons")
        indexes = [
            # One-record matching: name with birth date, birth date with ward; officers' name search.
            models.Index(fields=["name_key", "birth_date"], name="registry_person_name_idx"),
            models.Index(fields=["birth_date", "unit"], name="registry_person_birth_idx"),
            GinIndex(OpClass("name_key", name="gin_trgm_ops"), name="registry_person_name_trgm"),
            # A former nine-digit number typed by an officer or carried by a party.
            GinIndex(fields=["former_ids"], name="registry_person_former_idx"),
            # The list of persons of a ward, by given name; a name looked for there.
            models.Index(
                fields=["unit", "name_sort", "id"], include=["name_key"], name="registry_person_ward_idx"
            ),
            models.Index(fields=["name_sort", "id"], name="registry_person_sort_idx"),
            # The dead, by given name.
            models.Index(
                fields=["name_sort", "id"],
                include=["unit", "gender"],
                name="registry_person_dead_idx",
                condition=Q(died_on__isnull=False),
            ),
            # Matching since the last run: what changed.
            models.Index(fields=["changed_at"], name="registry_person_changed_idx"),
        ]

    def __str__(self) -> str:
        return self.full_name
