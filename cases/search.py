"""What an officer types into the search box of cases: a case, a plate, a number, or a name.

Each reading goes to its own index; a name is the last resort and wants three characters.
"""

import re

from django.db.models import Q

from cases.models.case import NUMBER_PREFIX
from cases.models.subject import Register
from registry.identity.numbers import id_key
from registry.identity.plates import compact_plate
from registry.identity.text import fold
from registry.models import DriverLicence, Owner, Vehicle

MIN_NAME = 3
_CASE = re.compile(rf"^\s*{NUMBER_PREFIX[:-1]}[-\s]?0*(\d+)\s*$", re.IGNORECASE)
_PLATE = re.compile(r"^\d{2}[A-ZĐ]{1,2}\d?\d{4,6}$")


def search_condition(text: str) -> Q:
    """The condition a search text stands for; nothing at all where it is too short to mean anything."""
    if case := case_id(text):
        return Q(pk=case)
    compact = compact_plate(text)
    if _PLATE.match(compact):
        return by_plate(compact)
    number = id_key(text)
    if len(number) >= 8:
        return by_number(number)
    name = fold(text)
    return Q(name_key__contains=name) if len(name) >= MIN_NAME else Q(pk__in=[])


def case_id(text: str) -> int | None:
    """The id behind a case's number, or None where the text is none."""
    match = _CASE.match(text)
    return int(match[1]) if match and len(match[1]) < 19 else None


def is_too_short(text: str) -> bool:
    """Whether a search text is a name of fewer than three letters."""
    return not any(char.isdigit() for char in text) and len(fold(text)) < MIN_NAME


def by_plate(compact: str) -> Q:
    """What is about a vehicle, or about its owner."""
    vehicles = Vehicle.objects.filter(plate_key=compact)
    return _about(Register.VEHICLE, vehicles.values("id")) | _about(
        Register.OWNER, vehicles.values("owner_id")
    )


def by_number(number: str) -> Q:
    """What is about an owner or holder with a personal number, or about the licence with a number."""
    licences = DriverLicence.objects.filter(Q(id_key=number) | Q(number_key=number))
    owners = Owner.objects.filter(id_key=number).exclude(id_key="")
    return _about(Register.OWNER, owners.values("id")) | _about(Register.LICENCE, licences.values("id"))


def _about(register: str, ids: object) -> Q:
    return Q(register=register, subject_id__in=ids)
