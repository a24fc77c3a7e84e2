"""Whether a plate and a personal number belong together in the register: for the portals of citizens."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from django.db import connection

from cases.links import linked_sql
from cases.models.subject import Register
from registry.identity.numbers import id_key
from registry.identity.plates import compact_plate
from registry.models.vehicle import ENDED_SQL

_TWO_WHEELS: Final = frozenset({"motorbike", "moped", "electric_motorbike"})

# A plate alone may name several vehicles: a motorbike and a car, a white plate and a blue one.
_ENTRIES: Final = f"""
SELECT vehicle.id, vehicle.vehicle_kind, owner.id_key, person.personal_id, person.former_ids, asked.former_ids
FROM registry_vehicle AS vehicle
JOIN registry_owner AS owner ON owner.id = vehicle.owner_id
LEFT JOIN registry_person AS person ON person.id = {linked_sql(Register.OWNER, "owner")}
LEFT JOIN registry_person AS asked ON asked.personal_id = %(number)s
WHERE vehicle.plate_key = %(plate)s AND vehicle.status NOT IN ({ENDED_SQL})
ORDER BY vehicle.id LIMIT 50"""


class CheckAnswer(StrEnum):
    MATCHES = "matches"
    DIFFERS = "differs"
    NOT_KNOWN = "not_known"


@dataclass(frozen=True)
class Checked:
    """The answer, and the vehicle it is about where there is one: for the trail, never for who asked."""

    answer: CheckAnswer
    vehicle: int | None = None


@dataclass(frozen=True)
class _Entry:
    id: int
    kind: str
    numbers: frozenset[str]

    @classmethod
    def of(cls, row: tuple[Any, ...]) -> "_Entry":
        entry_id, kind, registered, personal, former, _asked = row
        return cls(entry_id, kind, frozenset(filter(None, [registered, personal, *(former or ())])))


def check(*, plate: str, personal_id: str, vehicle_kind: str | None = None) -> Checked:
    """Live registrations with this plate against the number, today's or the former one.

    Not known: no such plate, or a register that knows no number of its owner.
    """
    number = id_key(personal_id)
    with connection.cursor() as cursor:
        cursor.execute(_ENTRIES, {"plate": compact_plate(plate), "number": number})
        rows = cursor.fetchall()
    asked = {number, *(rows[0][-1] or ())} if rows and number else set()
    entries = [entry for entry in _of_kind([_Entry.of(row) for row in rows], vehicle_kind) if entry.numbers]
    for entry in entries:
        if entry.numbers & asked:
            return Checked(CheckAnswer.MATCHES, entry.id)
    if entries:
        return Checked(CheckAnswer.DIFFERS, entries[0].id)
    return Checked(CheckAnswer.NOT_KNOWN)


def _of_kind(entries: list[_Entry], kind: str | None) -> list[_Entry]:
    """Those of the kind; where there is none, those with as many wheels: people call a moped a motorbike."""
    if kind is None:
        return entries
    exact = [entry for entry in entries if entry.kind == kind]
    return exact or [entry for entry in entries if (entry.kind in _TWO_WHEELS) == (kind in _TWO_WHEELS)]
