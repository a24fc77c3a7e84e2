"""Side by side: what the register says, what the population register says, what was declared."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from cases.desk.marks import Pieces, Sides, as_whole, birth_text, by_digit, by_syllable, gender_text, plain
from cases.desk.party import Party
from cases.models import Declaration
from registry.identity.numbers import mask, structure
from registry.identity.places import resolve_ward
from registry.models import Person, Vehicle


@dataclass(frozen=True)
class Row:
    """One field on all sides. Empty pieces: that side does not say."""

    label: str
    register: Pieces
    population: Pieces
    declared: Pieces


def party_rows(
    party: Party, person: Person | None, declaration: Declaration | None, *, whole: bool
) -> list[Row]:
    """The party beside one person of the population register. `whole`: numbers are shown in full."""
    names = by_syllable(party.name, person.full_name if person else None)
    numbers = _numbers(party, person, whole)
    births = as_whole(
        birth_text(party.birth_date, party.birth_precision),
        birth_text(person.birth_date, person.birth_precision) if person else "",
    )
    genders = as_whole(_gender_in_number(party), gender_text(person.gender) if person else "")
    own = declaration if declaration and declaration.declarant_name else None
    return [
        Row(_("Full name"), *names, plain(own.declarant_name if own else None)),
        Row(_("Personal number"), *numbers, plain(_shown(own.declarant_id if own else None, whole))),
        Row(_("Birth date"), *births, []),
        Row(_("Sex"), *genders, []),
        Row(
            _("Residence"),
            plain(party.address or (str(party.unit) if party.unit else None)),
            plain(_residence(person)),
            plain(str(own.unit) if own and own.unit else None),
        ),
    ]


def vehicle_rows(vehicle: Vehicle, declaration: Declaration | None) -> list[Row]:
    """The vehicle itself beside what was declared of it."""
    declared = declaration or Declaration()
    fields = (
        (_("Plate"), vehicle.plate, declared.plate),
        (_("Chassis number"), vehicle.chassis_no, declared.chassis_no),
        (_("Engine number"), vehicle.engine_no, declared.engine_no),
    )
    rows = []
    for label, registered, said in fields:
        left, right = by_digit(registered, said) if label != _("Plate") else (plain(registered), plain(said))
        rows.append(Row(label, left, [], right))
    return rows


def residence_note(party: Party) -> str:
    """Why an old address is no disagreement: districts ended, and the former ward moved as a whole."""
    reading = resolve_ward(party.address or "")
    if party.unit is None or reading.code != party.unit.code or reading.reason != "whole_move":
        return ""
    return _(
        "Districts ended on 1 July 2025; the former ward lies wholly in %(unit)s: this is no disagreement."
    ) % {"unit": party.unit}


def _numbers(party: Party, person: Person | None, whole: bool) -> Sides:
    registered = party.id_key or party.id_number
    right = person.personal_id if person else None
    if person and party.id_key and party.id_key in person.former_ids:
        note = _("former number of the same person")
        return plain(f"{_shown(registered, whole)} ({note})"), plain(_shown(right, whole))
    if not whole:
        return plain(_shown(registered, whole)), plain(_shown(right, whole))
    return by_digit(registered, right)


def _shown(number: str | None, whole: bool) -> str | None:
    return number if whole or not number else mask(number)


def _gender_in_number(party: Party) -> str:
    """The register has no sex; the structure of the number gives it away."""
    read = structure(party.id_key) if party.id_key else None
    return gender_text(read.sex) if read else ""


def _residence(person: Person | None) -> str | None:
    if person is None:
        return None
    return person.address or (str(person.unit) if person.unit else None)
