"""How the entries in `subject` are read for the rules: the aliases that their conditions speak of."""

from typing import Final

from cases.links import linked_sql
from cases.models.subject import Register
from registry.models.vehicle import ENDED_SQL

TABLE: Final = {
    Register.VEHICLE.value: "registry_vehicle",
    Register.OWNER.value: "registry_owner",
    Register.LICENCE.value: "registry_driverlicence",
}
# A registration that has ended holds nothing any more, an owner without a vehicle owns nothing.
LIVE: Final = {
    Register.VEHICLE.value: f"entry.status NOT IN ({ENDED_SQL})",
    Register.OWNER.value: "entry.vehicle_count > 0",
    Register.LICENCE.value: "true",
}

_TWINS: Final = "\n".join(
    f"LEFT JOIN twin AS same_{field} ON same_{field}.subject_id = entry.id AND same_{field}.field = '{field}'"
    for field in ("chassis_no", "engine_no", "plate", "colour")
)

# The former ward of an entry whose unit nobody could tell: by its code, else by ward and district as they
# stand in the address, segment by segment.
_SEGMENTS: Final = r"""regexp_split_to_array(regexp_replace(vr_fold({address}),
    '(^|[,;-] *)(phuong|xa|thi tran|quan|huyen|thi xa|tt[.]?|tx[.]?|[pxqh][.]?) +', '\1', 'g'),
    ' *[,;-] *')"""
_PLACE: Final = f"""
LEFT JOIN registry_person AS person ON person.id = {{linked}}
LEFT JOIN LATERAL (
    SELECT coalesce(entry.{{ward_code}}, (
        SELECT named.old_code
        FROM (SELECT {_SEGMENTS} AS parts OFFSET 0) AS said
        JOIN split_ward AS named ON named.ward_key = ANY(said.parts) AND named.district_key = ANY(said.parts)
        LIMIT 1)) AS code
    WHERE entry.unit_id IS NULL OFFSET 0
) AS place ON true
LEFT JOIN split_ward AS split ON split.old_code = place.code"""

_JOINS: Final = {
    Register.VEHICLE.value: _TWINS,
    Register.OWNER.value: _PLACE.format(
        linked=linked_sql(Register.OWNER), ward_code="ward_code", address="entry.address"
    ),
    Register.LICENCE.value: _PLACE.format(
        linked=linked_sql(Register.LICENCE), ward_code="holder_ward_code", address="entry.holder_address"
    ),
}


def source_sql(register: str) -> str:
    """FROM clause: the live entries of `subject` with everything a condition may ask for."""
    return (
        f"subject JOIN {TABLE[register]} AS entry ON entry.id = subject.subject_id AND {LIVE[register]}\n"
        + _JOINS[register]
    )


# What a case says of its subject: (id, name, vehicles, unit or NULL).
NAMED: Final = {
    Register.VEHICLE.value: f"""
SELECT entry.id AS entry_id, owner.name, 1 AS vehicle_count,
       coalesce(entry.unit_id, owner.unit_id, person.unit_id) AS unit_id
FROM registry_vehicle AS entry JOIN registry_owner AS owner ON owner.id = entry.owner_id
LEFT JOIN registry_person AS person ON person.id = {linked_sql(Register.OWNER, "owner")}""",
    Register.OWNER.value: f"""
SELECT entry.id AS entry_id, entry.name, entry.vehicle_count,
       coalesce(entry.unit_id, person.unit_id) AS unit_id
FROM registry_owner AS entry
LEFT JOIN registry_person AS person ON person.id = {linked_sql(Register.OWNER)}""",
    Register.LICENCE.value: f"""
SELECT entry.id AS entry_id, entry.holder_name AS name, 0 AS vehicle_count,
       coalesce(entry.unit_id, person.unit_id) AS unit_id
FROM registry_driverlicence AS entry
LEFT JOIN registry_person AS person ON person.id = {linked_sql(Register.LICENCE)}""",
}
