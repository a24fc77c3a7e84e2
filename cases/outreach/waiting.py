"""Who has not declared, as a condition about one owner or licence; each question is answered by an index.

Any declaration of the entry counts, whatever came of it: one that was replaced was replaced by a later one of
the same entry. And so does one of the same kind under the person's own number, the register's or that of the
person matching found, before it is reconciled and where its plate or licence was not found.
"""

from typing import Final

from django.db.models import BooleanField, F, Func

from cases.links import linked_sql
from cases.models.subject import Register
from registry.models.vehicle import ENDED_SQL

_BY_NUMBER: Final = """NOT EXISTS (
        SELECT FROM cases_declaration AS declaration
        WHERE declaration.id_key = entry.id_key AND declaration.id_key <> ''
          AND declaration.subject = '{subject}')
    AND NOT EXISTS (
        SELECT FROM registry_person AS person
        JOIN cases_declaration AS declaration ON declaration.id_key = person.personal_id
        WHERE person.id = {linked} AND declaration.id_key <> '' AND declaration.subject = '{subject}')"""

_WAITS: Final[dict[str, str]] = {
    Register.OWNER.value: f"""entry.kind = 'citizen'
    AND EXISTS (
        SELECT FROM registry_vehicle AS held
        WHERE held.owner_id = entry.id AND held.status NOT IN ({ENDED_SQL}))
    AND NOT EXISTS (
        SELECT FROM registry_vehicle AS held
        JOIN cases_declaration AS declaration ON declaration.vehicle_id = held.id
        WHERE held.owner_id = entry.id)
    AND {_BY_NUMBER.format(subject="vehicle", linked=linked_sql(Register.OWNER.value))}""",
    Register.LICENCE.value: f"""entry.status <> 'revoked'
    AND NOT EXISTS (
        SELECT FROM cases_declaration AS declaration WHERE declaration.licence_id = entry.id)
    AND {_BY_NUMBER.format(subject="licence", linked=linked_sql(Register.LICENCE.value))}""",
}
_TABLE: Final = {
    Register.OWNER.value: ("registry_owner", "address"),
    Register.LICENCE.value: ("registry_driverlicence", "holder_address"),
}
REGISTERS: Final = tuple(_TABLE)


def waiting_sql(register: str) -> str:
    """SQL of (id, address): the entries of the ward `%(unit)s` that nobody has declared."""
    table, address = _TABLE[register]
    return f"""SELECT entry.id, entry.{address} AS address FROM {table} AS entry
WHERE entry.unit_id = %(unit)s AND {_WAITS[register]}"""


def still_waits(register: str) -> Func:
    """The condition that a doorstep's entry, still of that ward, has not been declared to this moment.

    OFFSET 0 keeps PostgreSQL from joining all declarations before it shows a page of fifty.
    """
    table, _address = _TABLE[register]
    return Func(
        F("subject_id"),
        F("unit_id"),
        template=f"""EXISTS (SELECT FROM {table} AS entry
WHERE (entry.id, entry.unit_id) = (%(expressions)s) AND {_WAITS[register]} OFFSET 0)""",
        output_field=BooleanField(),
    )
