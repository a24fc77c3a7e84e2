"""Declarations for tests, and the people and entries they are about."""

from datetime import datetime, timedelta
from itertools import count
from typing import Any
from zoneinfo import ZoneInfo

from cases.declarations.reconcile import reconcile_one
from cases.models import Declaration
from registry.models import DriverLicence, Person, Vehicle
from tests import factories

_numbers = count(1)
FIRST_MORNING = datetime(2025, 11, 3, 8, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))


def registered(person: Person | None = None, **columns: Any) -> Vehicle:
    """A motorbike whose owner is this person, letter by letter; `owner_…` replaces a column of the owner."""
    person = person or factories.person(unit=columns.get("unit"))
    owner = {
        "name": person.full_name,
        "id_number": person.personal_id,
        "birth_date": person.birth_date,
        "birth_precision": "day",
        "vehicle_count": 1,
        "unit": columns.get("unit"),
    }
    owner |= {
        name.removeprefix("owner_"): columns.pop(name) for name in list(columns) if name[:6] == "owner_"
    }
    return factories.vehicle(owner=factories.owner(**owner), **columns)


def licensed(person: Person | None = None, **columns: Any) -> DriverLicence:
    person = person or factories.person(unit=columns.get("unit"))
    holder = {
        "holder_name": person.full_name,
        "holder_id_number": person.personal_id,
        "holder_birth_date": person.birth_date,
        "holder_birth_precision": "day",
    }
    return factories.licence(**holder | columns)


def declaration(by: Person | None = None, of: Any = None, **columns: Any) -> Declaration:
    """What this person declares of this vehicle or licence; each a day later than the one before."""
    number = next(_numbers)
    return Declaration.objects.create(
        **{
            "channel": "ihanoi",
            "external_id": f"KB{number:08d}",
            "declared_at": FIRST_MORNING + timedelta(minutes=number),
            "subject": "licence" if isinstance(of, DriverLicence) else "vehicle",
            "declarant_id": by.personal_id if by else None,
            "declarant_name": by.full_name if by else "Đỗ Thị Lan",
            "usage_status": None if isinstance(of, DriverLicence) else "in_use_owner",
        }
        | _entry_columns(of)
        | columns
    )


def declare(by: Person | None = None, of: Any = None, **columns: Any) -> Declaration:
    """The same, reconciled at once."""
    return reconcile_one(declaration(by, of, **columns))


def owner_of(vehicle: Vehicle) -> Person:
    return Person.objects.get(personal_id=vehicle.owner.id_number)


def _entry_columns(of: Any) -> dict[str, Any]:
    if isinstance(of, Vehicle):
        return {"plate": of.plate, "vehicle_kind": of.vehicle_kind}
    if isinstance(of, DriverLicence):
        return {"licence_number": of.number, "licence_class": of.licence_class}
    return {}
