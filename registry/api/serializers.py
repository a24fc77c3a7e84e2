"""What the API says of each register."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from registry.identity.numbers import mask
from registry.models import DriverLicence, Owner, Person, Vehicle
from vehreg.accounts.api import MaskedField


@extend_schema_field(str)
class UnitField(serializers.RelatedField):  # type: ignore[type-arg]
    """A ward by its official code."""

    def to_representation(self, value: object) -> str:
        return str(getattr(value, "code", ""))


class OwnerSerializer(serializers.ModelSerializer[Owner]):
    id_number = MaskedField(mask=mask)
    phone = MaskedField(mask=mask)
    unit = UnitField(read_only=True)
    verified = serializers.SerializerMethodField()

    class Meta:
        model = Owner
        fields = (
            "id",
            "kind",
            "name",
            "id_number",
            "birth_date",
            "birth_precision",
            "phone",
            "address",
            "unit",
            "vehicle_count",
            "verified",
            "changed_at",
        )

    def get_verified(self, owner: Any) -> bool:
        return owner.linked_id is not None


class VehicleOwnerSerializer(serializers.ModelSerializer[Owner]):
    """The owner inside a vehicle: the same whichever ward looks."""

    id_number = MaskedField(mask=mask)

    class Meta:
        model = Owner
        fields = ("id", "kind", "name", "id_number")


class VehicleSerializer(serializers.ModelSerializer[Vehicle]):
    owner = VehicleOwnerSerializer(read_only=True)
    unit = UnitField(read_only=True)

    class Meta:
        model = Vehicle
        fields = (
            "id",
            "source_id",
            "plate",
            "vehicle_kind",
            "plate_colour",
            "brand",
            "model_code",
            "colour",
            "engine_no",
            "chassis_no",
            "year_made",
            "seats",
            "payload_kg",
            "first_registered_on",
            "registered_on",
            "valid_until",
            "status",
            "owner",
            "unit",
            "confirmed_on",
            "confirmed_by",
            "changed_at",
        )


class LicenceSerializer(serializers.ModelSerializer[DriverLicence]):
    holder_id_number = MaskedField(mask=mask)
    unit = UnitField(read_only=True)
    verified = serializers.SerializerMethodField()

    class Meta:
        model = DriverLicence
        fields = (
            "id",
            "source_id",
            "number",
            "medium",
            "licence_class",
            "issued_on",
            "expires_on",
            "issuing_office",
            "holder_name",
            "holder_birth_date",
            "holder_birth_precision",
            "holder_id_number",
            "holder_address",
            "points",
            "status",
            "unit",
            "verified",
            "confirmed_on",
            "confirmed_by",
            "changed_at",
        )

    def get_verified(self, licence: Any) -> bool:
        return licence.linked_id is not None


class PersonSerializer(serializers.ModelSerializer[Person]):
    personal_id = MaskedField(mask=mask)
    former_ids = serializers.ListField(child=MaskedField(mask=mask), read_only=True)
    unit = UnitField(read_only=True)

    class Meta:
        model = Person
        fields = (
            "id",
            "personal_id",
            "former_ids",
            "full_name",
            "birth_date",
            "birth_precision",
            "gender",
            "address",
            "unit",
            "died_on",
            "as_of",
        )
