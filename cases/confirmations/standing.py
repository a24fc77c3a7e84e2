"""What stands beside a declaration, in SQL: its entry, the entry's party, the person; and what agrees.

The declaration is `told`. One text serves the sorting of declarations, the page of one, and the lots: what an
officer saw is what is confirmed.
"""

from typing import Final

from django.db import connection

BESIDE: Final = """
LEFT JOIN registry_vehicle AS vehicle ON vehicle.id = told.vehicle_id
LEFT JOIN registry_owner AS owner ON owner.id = vehicle.owner_id
LEFT JOIN registry_driverlicence AS licence ON licence.id = told.licence_id"""
PERSON: Final = "LEFT JOIN registry_person AS person ON person.id = told.person_id"

# Changes as soon as the declaration, what was made of it, its entry or the person does.
SEEN: Final = """md5(concat_ws('|', told.id, told.state, extract(epoch FROM told.changed_at), told.finding,
    'v', vehicle.id, extract(epoch FROM vehicle.changed_at), 'o', owner.id,
    extract(epoch FROM owner.changed_at), 'l', licence.id, extract(epoch FROM licence.changed_at),
    'p', person.id, extract(epoch FROM person.changed_at)))"""

_STAMP = "coalesce(vr_compact(told.{field}), '') IN ('', vr_compact(vehicle.{field}))"
_UNLESS_SAID = "coalesce(told.{field} = vehicle.{field}, told.{field} IS NULL)"

# Letter by letter: the owner or holder says "mine, in use", and both registers have this name, today's number
# and no other birth date; nothing that was declared of the vehicle or licence reads otherwise.
AGREES: Final = f"""(
    coalesce(told.usage_status, 'in_use_owner') = 'in_use_owner'
    AND person.died_on IS NULL
    AND upper(told.declarant_name) = upper(person.full_name)
    AND upper(coalesce(owner.name, licence.holder_name)) = upper(person.full_name)
    AND told.id_key = person.personal_id
    AND coalesce(owner.id_key, licence.id_key) = person.personal_id
    AND coalesce(coalesce(owner.birth_date, licence.holder_birth_date) = person.birth_date, true)
    AND (vehicle.status = 'active' AND told.plate_key = vehicle.plate_key
            AND {_UNLESS_SAID.format(field="vehicle_kind")} AND {_UNLESS_SAID.format(field="plate_colour")}
            AND {_STAMP.format(field="chassis_no")} AND {_STAMP.format(field="engine_no")}
        OR told.licence_key = licence.number_key
            AND coalesce(upper(told.licence_class) = upper(licence.licence_class), true))
) IS TRUE"""

_SEEN_NOW = f"SELECT {SEEN} FROM cases_declaration AS told {BESIDE} {PERSON} WHERE told.id = %s"


def seen_now(declaration_id: int) -> str:
    """The mark of what stands there now."""
    with connection.cursor() as cursor:
        cursor.execute(_SEEN_NOW, [declaration_id])
        return str(cursor.fetchone()[0])
