"""How a party and a person of the registers are read for the engine, and for the evidence of a case."""

from cases.models.subject import Register

REGISTERS = (Register.OWNER.value, Register.LICENCE.value)

# One party each, under one set of names. A party that is not `live` is not matched. `mark` is the time
# of its last change in microseconds: a verdict is kept only while the row still says what was matched.
_OWNER = """
SELECT 'owner' AS register, id AS party_id, kind, name, name_key, id_number, id_key, birth_date,
       birth_precision, address, unit_id, vehicle_count, vehicle_count > 0 AS live, changed_at,
       (extract(epoch FROM changed_at) * 1000000)::bigint AS mark
FROM registry_owner"""
_LICENCE = """
SELECT 'licence' AS register, id AS party_id, 'citizen' AS kind, holder_name AS name, name_key,
       holder_id_number AS id_number, id_key, holder_birth_date AS birth_date,
       holder_birth_precision AS birth_precision, holder_address AS address, unit_id,
       0 AS vehicle_count, true AS live, changed_at,
       (extract(epoch FROM changed_at) * 1000000)::bigint AS mark
FROM registry_driverlicence"""
PARTY = {Register.OWNER.value: _OWNER, Register.LICENCE.value: _LICENCE}
TABLE = {Register.OWNER.value: "registry_owner", Register.LICENCE.value: "registry_driverlicence"}

# What the engine compares. A ward counts only where it is sure: the unit's code, never the raw text.
_FOR_ENGINE = """
SELECT party.register, party.party_id, party.kind, party.name, party.name_key, party.id_number,
       party.id_key, party.birth_date, party.birth_precision, unit.code AS ward_code, party.mark
FROM ({party}) AS party LEFT JOIN accounts_unit AS unit ON unit.id = party.unit_id
WHERE party.live AND {condition}"""

_PERSONS = """
SELECT person.personal_id, person.full_name AS name, person.name_key, person.former_ids,
       person.birth_date, person.birth_precision, unit.code AS ward_code, person.died_on
FROM registry_person AS person LEFT JOIN accounts_unit AS unit ON unit.id = person.unit_id
WHERE {condition}"""


_NAME_COUNTS = """
SELECT name_key, count(*) AS people FROM registry_person
WHERE name_key <> '' AND {condition} GROUP BY name_key"""


def parties_sql(register: str, condition: str = "true") -> str:
    """The live parties of one register, as the engine wants them; `condition` may use `party`."""
    return _FOR_ENGINE.format(party=PARTY[register], condition=condition)


def persons_sql(condition: str = "true") -> str:
    """The population, as the engine wants it; `condition` may use `person`."""
    return _PERSONS.format(condition=condition)


def counted_names_sql(condition: str = "true") -> str:
    """How many of the population carry each folded name; `condition` may use `name_key`."""
    return _NAME_COUNTS.format(condition=condition)
