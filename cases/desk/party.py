"""The person a case is about, as the register names them: the same few fields for owner and holder."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from cases.models.subject import Register
from registry.models import DriverLicence, Owner, Vehicle
from vehreg.accounts.models import Unit


@dataclass(frozen=True)
class Party:
    """A party of either register, under one set of names."""

    name: str
    id_number: str | None
    id_key: str
    birth_date: date | None
    birth_precision: str | None
    address: str | None
    ward_code: str | None
    unit: Unit | None
    since: int | None  # year of the registration, for the column's heading
    is_citizen: bool = True


def party_of(register: str, entry: Any) -> Party:
    """The party of a register row; a vehicle's is its owner."""
    party: Party = _READERS[register](entry)
    return party


def _of_owner(owner: Owner, since: int | None = None) -> Party:
    return Party(
        name=owner.name,
        id_number=owner.id_number,
        id_key=owner.id_key or "",
        birth_date=owner.birth_date,
        birth_precision=owner.birth_precision,
        address=owner.address,
        ward_code=owner.ward_code,
        unit=owner.unit,
        since=since,
        is_citizen=owner.kind == "citizen",
    )


def _of_vehicle(vehicle: Vehicle) -> Party:
    registered = vehicle.registered_on or vehicle.first_registered_on
    return _of_owner(vehicle.owner, registered.year if registered else None)


def _of_licence(licence: DriverLicence) -> Party:
    return Party(
        name=licence.holder_name,
        id_number=licence.holder_id_number,
        id_key=licence.id_key or "",
        birth_date=licence.holder_birth_date,
        birth_precision=licence.holder_birth_precision,
        address=licence.holder_address,
        ward_code=licence.holder_ward_code,
        unit=licence.unit,
        since=licence.issued_on.year if licence.issued_on else None,
    )


_READERS: dict[str, Any] = {
    Register.OWNER: _of_owner,
    Register.VEHICLE: _of_vehicle,
    Register.LICENCE: _of_licence,
}
