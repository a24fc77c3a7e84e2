"""What an officer types into the search box of cases: a case, a plate, a number, or a name.

Each reading goes to its own index; a name is the last resort and wants three characters. What it points to
is looked up at once, as a few ids: a condition over two registers would have PostgreSQL walk all cases.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet

from cases.models import VerificationCase
from cases.models.case import NUMBER_PREFIX
from cases.models.subject import Register
from registry.identity.numbers import id_key
from registry.identity.plates import compact_plate
from registry.identity.text import fold
from registry.models import DriverLicence, Owner, Vehicle
from vehreg.accounts.models import User
from vehreg.accounts.scope import sees_every_unit
from vehreg.adminsite.search import FIRST_OF_A_NAME, first_by_id, first_of_a_name, one_of

MIN_NAME = 3
_CASE = re.compile(rf"^\s*{NUMBER_PREFIX[:-1]}[-\s]?0*(\d+)\s*$", re.IGNORECASE)
_PLATE = re.compile(r"^\d{2}[A-ZĐ]{1,2}\d?\d{4,6}$")


@dataclass(frozen=True)
class Found:
    """The cases a text stands for. `is_part`: a common name, of which these are the first."""

    condition: Q
    is_part: bool = False


def find_cases(text: str, user: User) -> Found:
    """Look a search text up for a user; nothing at all where it is too short to mean anything."""
    if case := case_id(text):
        return Found(Q(pk=case))
    compact = compact_plate(text)
    if _PLATE.match(compact):
        return Found(by_plate(compact))
    number = id_key(text)
    if len(number) >= 8:
        return Found(by_number(number))
    name = fold(text)
    if len(name) < MIN_NAME:
        return Found(Q(pk__in=[]))
    return _by_name_in_city(name) if sees_every_unit(user) else _by_name_in_unit(name, user)


def case_id(text: str) -> int | None:
    """The id behind a case's number, or None where the text is none."""
    match = _CASE.match(text)
    return int(match[1]) if match and len(match[1]) < 19 else None


def is_too_short(text: str) -> bool:
    """Whether a search text is a name of fewer than three letters."""
    return not any(char.isdigit() for char in text) and len(fold(text)) < MIN_NAME


def by_plate(compact: str) -> Q:
    """What is about a vehicle, or about its owner."""
    vehicles = list(Vehicle.objects.filter(plate_key=compact).values_list("pk", "owner_id"))
    return _about(Register.VEHICLE, [pk for pk, _owner in vehicles]) | _about(
        Register.OWNER, [owner for _pk, owner in vehicles]
    )


def by_number(number: str) -> Q:
    """What is about an owner or holder with a personal number, or about the licence with a number."""
    licences = DriverLicence.objects.filter(Q(id_key=number) | Q(number_key=number))
    owners = Owner.objects.filter(id_key=number).exclude(id_key="")
    return _about(Register.OWNER, _ids(owners)) | _about(Register.LICENCE, _ids(licences))


def _by_name_in_city(name: str) -> Found:
    """By the registers' index of names: cases have none, runs that open millions would have to keep it."""
    owners = first_of_a_name(Owner.objects.all(), "name_key", name, few=False)
    licences = first_by_id(DriverLicence.objects.filter(name_key__contains=name))
    vehicles = first_by_id(Vehicle.objects.filter(one_of("owner_id", owners))) if owners else []
    found = {Register.OWNER: owners, Register.VEHICLE: vehicles, Register.LICENCE: licences}
    condition = Q(pk__in=[])
    for register, ids in found.items():
        condition |= _about(register, ids)
    return Found(condition, is_part=any(len(ids) == FIRST_OF_A_NAME for ids in found.values()))


def _by_name_in_unit(name: str, user: User) -> Found:
    """Among the cases of one ward, those handed over to it included."""
    cases = first_by_id(VerificationCase.objects.visible_to(user).filter(name_key__contains=name))
    return Found(one_of("pk", cases), is_part=len(cases) == FIRST_OF_A_NAME)


def _ids(rows: QuerySet[Any]) -> list[int]:
    return list(rows.values_list("pk", flat=True))


def _about(register: str, ids: Sequence[int]) -> Q:
    return Q(register=register) & one_of("subject_id", ids)
