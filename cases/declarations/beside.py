"""What other registers know of the rows of `finding`: offences after a loss, how two people are related."""

from django.db import connection

from cases.declarations.statuses import MISSING, RELATIONS
from cases.models.subject import Register

# Offences that the evidence tells one by one.
_SHOWN = 20

# Another kind or colour of plate is another vehicle.
CAUGHT = """
    SELECT violation.* FROM registry_vehicle AS vehicle
    JOIN registry_violation AS violation ON violation.plate_key = vehicle.plate_key
    WHERE vehicle.id = {vehicle} AND violation.occurred_on >= {since}
      AND coalesce(violation.vehicle_kind, vehicle.vehicle_kind) = vehicle.vehicle_kind
      AND coalesce(violation.plate_colour, vehicle.plate_colour) = vehicle.plate_colour"""
"""The violations of a vehicle since a day, to be formatted with both."""

# Whoever was caught with a vehicle since it is missing may know where it is.
_VIOLATIONS = f"""
UPDATE finding SET evidence = finding.evidence || jsonb_build_object('violations', caught.told,
    'violation_count', caught.number)
FROM said
CROSS JOIN LATERAL (
    SELECT count(*) AS number, jsonb_agg(jsonb_build_object('violation', offence.id,
        'occurred_on', offence.occurred_on, 'behaviour', offence.behaviour)
        ORDER BY offence.occurred_on, offence.id) FILTER (WHERE offence.place <= {_SHOWN}) AS told
    FROM (
        SELECT caught.*, row_number() OVER (ORDER BY caught.occurred_on, caught.id) AS place
        FROM ({CAUGHT.format(vehicle="said.subject_id", since="coalesce(said.since, said.day)")}) AS caught
    ) AS offence
) AS caught
WHERE said.id = finding.declaration_id AND finding.kind = ANY(%(missing)s) AND caught.number > 0"""

# The owner, and whoever has the vehicle or was given it: what the population register says of both.
_RELATION = """
UPDATE finding SET evidence = finding.evidence || jsonb_build_object('relation', jsonb_strip_nulls(
    jsonb_build_object('owner_known', known.id IS NOT NULL, 'owner_died_on', known.died_on,
        'same_surname', CASE WHEN facing.name_key <> '' AND said.party_name_key <> ''
            THEN split_part(facing.name_key, ' ', 1) = split_part(said.party_name_key, ' ', 1) END,
        'same_ward', other.unit_id = known.unit_id,
        'same_address', vr_fold(other.address) = vr_fold(known.address))))
FROM said
CROSS JOIN LATERAL (SELECT
    CASE WHEN said.who = 'other' THEN said.name_key ELSE said.counterparty_key END AS name_key,
    CASE WHEN said.who = 'other' THEN said.person_id ELSE said.counterparty_person END AS person_id) AS facing
LEFT JOIN registry_person AS known ON known.id = said.known_id
LEFT JOIN registry_person AS other ON other.id = facing.person_id
WHERE said.id = finding.declaration_id AND finding.kind = ANY(%(relations)s)"""


def tell_beside(register: str) -> None:
    """Add to the evidence of `finding` what the registers beside know, for vehicles."""
    if register != Register.VEHICLE:
        return
    with connection.cursor() as cursor:
        cursor.execute(_VIOLATIONS, {"missing": list(MISSING)})
        cursor.execute(_RELATION, {"relations": list(RELATIONS)})
