"""The columns of each register that may be exported."""

from django.utils.translation import gettext_lazy as _

from registry.identity.numbers import mask
from vehreg.adminsite.exports.resource import Column, RegisterResource


class VehicleResource(RegisterResource):
    related = ("owner", "unit")
    columns = (
        Column("source_id", _("record id")),
        Column("plate", _("plate")),
        Column("vehicle_kind", _("kind")),
        Column("plate_colour", _("plate colour")),
        Column("brand", _("brand")),
        Column("model_code", _("model")),
        Column("colour", _("paint")),
        Column("engine_no", _("engine number")),
        Column("chassis_no", _("chassis number")),
        Column("year_made", _("year made")),
        Column("seats", _("seats")),
        Column("payload_kg", _("payload, kg")),
        Column("first_registered_on", _("first registered on")),
        Column("registered_on", _("registered on")),
        Column("valid_until", _("valid until")),
        Column("status", _("status")),
        Column("owner__name", _("owner")),
        Column("owner__id_number", _("ID number"), mask),
        Column("owner__phone", _("telephone"), mask),
        Column("owner__address", _("address")),
        Column("unit", _("ward")),
        Column("confirmed_on", _("confirmed on")),
        Column("confirmed_by", _("confirmed by")),
    )


class OwnerResource(RegisterResource):
    related = ("unit", "person")
    columns = (
        Column("name", _("name")),
        Column("kind", _("kind")),
        Column("id_number", _("ID number"), mask),
        Column("birth_date", _("birth date")),
        Column("phone", _("telephone"), mask),
        Column("address", _("address")),
        Column("unit", _("ward")),
        Column("vehicle_count", _("vehicles")),
        Column("person__personal_id", _("personal number"), mask),
    )


class LicenceResource(RegisterResource):
    related = ("unit",)
    columns = (
        Column("source_id", _("record id")),
        Column("number", _("licence number")),
        Column("licence_class", _("class")),
        Column("medium", _("medium")),
        Column("status", _("status")),
        Column("issued_on", _("issued on")),
        Column("expires_on", _("expires on")),
        Column("issuing_office", _("issued by")),
        Column("points", _("points")),
        Column("holder_name", _("holder")),
        Column("holder_birth_date", _("birth date")),
        Column("holder_id_number", _("ID number"), mask),
        Column("holder_address", _("address")),
        Column("unit", _("ward")),
        Column("confirmed_on", _("confirmed on")),
    )


class PersonResource(RegisterResource):
    related = ("unit",)
    columns = (
        Column("personal_id", _("personal number"), mask),
        Column("former_ids", _("former numbers"), mask),
        Column("full_name", _("full name")),
        Column("birth_date", _("birth date")),
        Column("gender", _("sex")),
        Column("address", _("residence")),
        Column("unit", _("ward")),
        Column("died_on", _("died on")),
        Column("as_of", _("as of")),
    )


class ViolationResource(RegisterResource):
    related = ("unit",)
    columns = (
        Column("source_id", _("record id")),
        Column("occurred_on", _("occurred on")),
        Column("plate", _("plate")),
        Column("vehicle_kind", _("kind")),
        Column("plate_colour", _("plate colour")),
        Column("licence_number", _("licence number")),
        Column("behaviour", _("behaviour")),
        Column("decision_no", _("decision")),
        Column("status", _("status")),
        Column("unit", _("ward")),
    )
