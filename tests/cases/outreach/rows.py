"""People who have not declared, and readings of their ward."""

from itertools import count
from typing import Any

from django.db import transaction
from django.utils import timezone

from cases.models import Doorstep
from cases.outreach.people import Place
from cases.outreach.reading import read_ward
from registry.models import DriverLicence, Owner
from tests import factories
from vehreg.accounts.models import Unit, User
from vehreg.accounts.roles import Role

_numbers = count(1)


def householder(unit: Unit, address: str = "Số 5 phố Hoa Ban", vehicles: int = 1, **columns: Any) -> Owner:
    """An owner of this ward with so many vehicles, of which nobody has declared one."""
    name = columns.pop("name", f"Đỗ Thị Lan {next(_numbers)}")
    owner = factories.owner(unit=unit, name=name, address=address, vehicle_count=vehicles, **columns)
    for _vehicle in range(vehicles):
        factories.vehicle(owner=owner, unit=unit)
    return owner


def driver(unit: Unit, address: str = "Số 5 phố Hoa Ban", **columns: Any) -> DriverLicence:
    return factories.licence(unit=unit, holder_address=address, **columns)


def read(unit: Unit, register: str = "owner") -> int:
    with transaction.atomic():
        return read_ward(register, unit_id=unit.pk, at=timezone.now())


def supervisor(unit: Unit) -> User:
    return factories.user(Role.WARD_SUPERVISOR, unit)


def listed(unit: Unit, user: User | None = None, register: str = "owner", **place: Any) -> list[int]:
    """The ids of the entries on the list of this ward, in the order of the walk."""
    doors = Place(unit.pk, register, **place).doors(user or supervisor(unit))
    return [door.subject_id for door in doors]


def door_of(entry: Any) -> Doorstep:
    register = "licence" if isinstance(entry, DriverLicence) else "owner"
    return Doorstep.objects.get(register=register, subject_id=entry.pk)
