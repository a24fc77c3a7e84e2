"""One declaration on one screen: declared, register and population side by side, what differs marked."""

from dataclasses import replace

from django.utils.translation import gettext as _

from cases.desk.comparison import Row, party_rows, vehicle_rows
from cases.desk.marks import as_whole, by_digit, by_syllable, plain
from cases.desk.party import Party, party_of
from cases.models import Declaration
from cases.models.subject import Register
from registry.models import DriverLicence, Vehicle
from vehreg.adminsite.words import NOTHING, field_words

# What the rows need, read with the declaration.
WITH_SIDES = ("unit", "vehicle__owner__unit", "licence__unit", "person__unit")


def sides(declaration: Declaration, *, whole: bool) -> list[Row]:
    """The rows, the people first. `whole`: numbers are shown in full. Without an entry there are none."""
    if declaration.vehicle is not None:
        party = party_of(Register.VEHICLE, declaration.vehicle)
        return _people(party, declaration, whole) + _vehicle(declaration.vehicle, declaration)
    if declaration.licence is not None:
        party = party_of(Register.LICENCE, declaration.licence)
        return _people(party, declaration, whole) + _licence(declaration.licence, declaration)
    return []


def _people(party: Party, declaration: Declaration, whole: bool) -> list[Row]:
    """The desk's rows, with what was declared marked against the register, too."""
    name, number, *others = party_rows(party, declaration.person, declaration, whole=whole)
    _ours, declared_name = by_syllable(party.name, declaration.declarant_name)
    rows = [replace(name, declared=declared_name), number, *others]
    if whole:
        _ours, declared_number = by_digit(party.id_key or party.id_number, declaration.declarant_id)
        rows[1] = replace(number, declared=declared_number)
    return rows


def _vehicle(vehicle: Vehicle, declaration: Declaration) -> list[Row]:
    return [
        *vehicle_rows(vehicle, declaration),
        _choice(_("Kind"), field_words(vehicle, "vehicle_kind"), field_words(declaration, "vehicle_kind")),
        _choice(
            _("Plate colour"), field_words(vehicle, "plate_colour"), field_words(declaration, "plate_colour")
        ),
        Row(
            _("State"),
            plain(field_words(vehicle, "status")),
            [],
            plain(_said(field_words(declaration, "usage_status"))),
        ),
    ]


def _licence(licence: DriverLicence, declaration: Declaration) -> list[Row]:
    number, declared = by_digit(licence.number, declaration.licence_number)
    return [
        Row(_("Licence number"), number, [], declared),
        _choice(_("Class"), licence.licence_class, declaration.licence_class or ""),
    ]


def _choice(label: str, registered: str | None, declared: str) -> Row:
    ours, theirs = as_whole(registered or "", _said(declared))
    return Row(label, ours, [], theirs)


def _said(words: str) -> str:
    return "" if words == NOTHING else words
