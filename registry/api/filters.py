"""What may be asked of each register: only what an index answers."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django_filters import CharFilter, ChoiceFilter, NumberFilter
from django_filters.rest_framework.filterset import FilterSet

from registry.identity.numbers import id_key
from registry.identity.plates import compact_plate
from registry.identity.text import fold
from registry.models import DriverLicence, Owner, Person, Vehicle
from registry.models.licence import LicenceStatus
from registry.models.owner import OwnerKind
from registry.models.vehicle import PlateColour, VehicleKind, VehicleStatus
from vehreg.adminsite.search import MIN_WORD_LETTERS


class KeyFilter(CharFilter):
    """The value is made the key that the column holds before it is compared."""

    def __init__(self, *args: Any, key_of: Callable[[str], str | int | None], **kwargs: Any) -> None:
        self.key_of = key_of
        super().__init__(*args, **kwargs)  # type: ignore[no-untyped-call]

    def filter(self, qs: QuerySet[Any], value: str) -> QuerySet[Any]:
        if not value:
            return qs
        key = self.key_of(value.replace("\x00", ""))
        return qs.filter(**{f"{self.field_name}__{self.lookup_expr}": key}) if key else qs.none()


def _long_enough(value: str) -> None:
    if len(fold(value.replace("\x00", ""))) < MIN_WORD_LETTERS:
        raise ValidationError(_("Type at least three letters of the name."))


def _name_filter() -> KeyFilter:
    return KeyFilter("name_key", "contains", key_of=fold, validators=[_long_enough])


class VehicleFilters(FilterSet):
    plate = KeyFilter("plate_key", key_of=compact_plate)
    vehicle_kind = ChoiceFilter(choices=VehicleKind.choices)
    plate_colour = ChoiceFilter(choices=PlateColour.choices)
    status = ChoiceFilter(choices=VehicleStatus.choices)
    owner = NumberFilter(field_name="owner_id")
    source_id = CharFilter()

    class Meta:
        model = Vehicle
        fields: tuple[str, ...] = ()


class OwnerFilters(FilterSet):
    id_number = KeyFilter("id_key", key_of=id_key)
    name = _name_filter()
    kind = ChoiceFilter(choices=OwnerKind.choices)

    class Meta:
        model = Owner
        fields: tuple[str, ...] = ()


class LicenceFilters(FilterSet):
    number = KeyFilter("number_key", key_of=compact_plate)
    id_number = KeyFilter("id_key", key_of=id_key)
    name = _name_filter()
    status = ChoiceFilter(choices=LicenceStatus.choices)
    source_id = CharFilter()

    class Meta:
        model = DriverLicence
        fields: tuple[str, ...] = ()


class PersonFilters(FilterSet):
    personal_id = KeyFilter("personal_id", key_of=id_key)
    name = _name_filter()

    class Meta:
        model = Person
        fields: tuple[str, ...] = ()
