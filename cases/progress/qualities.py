"""The four words of the campaign, as SQL about one vehicle: correct, complete, clean, live.

A registration that has ended holds no plate any more and is not counted. The conditions speak of
`vehicle`, `owner`, `verdict` (the owner's, in force) and of the twins: another registration with the same
chassis or engine number. Both sources below give these names: one reads the whole register in one pass,
the other looks each vehicle up, for a page of a list.
"""

from typing import Final

from registry.identity.plates import LOCAL_CODES
from registry.models.vehicle import ENDED_STATUSES

_ENDED = ", ".join(f"'{status}'" for status in ENDED_STATUSES)
REGISTERED: Final = f"vehicle.status NOT IN ({_ENDED})"

# What must not be missing. A trailer has no engine.
_MANDATORY = {
    "plate": "vehicle.plate <> ''",
    "kind": "vehicle.vehicle_kind <> ''",
    "brand": "vehicle.brand <> ''",
    "chassis": "vehicle.chassis_no <> ''",
    "engine": "vehicle.engine_no <> '' OR vehicle.vehicle_kind = 'trailer'",
    "registered on": "coalesce(vehicle.registered_on, vehicle.first_registered_on) IS NOT NULL",
    "owner": "owner.name <> ''",
    "owner's number": "owner.id_number <> ''",
}

_REGISTERED_ON = "coalesce(vehicle.first_registered_on, vehicle.registered_on)"
_PLAUSIBLE_PLATE = (
    rf"^(T?({'|'.join(sorted(LOCAL_CODES))})([A-ZĐ]{{1,2}}[0-9]{{0,1}}[0-9]{{4,5}}|[0-9]{{3}}[A-Z]{{2}}[0-9]{{2,3}})"
    rf"|[A-Z]{{2}}[0-9]{{4}})$"
)
# What cannot be. A condition that cannot be told, because a value is missing, is no fault.
_FAULTS = {
    "another with this chassis": "twin_chassis.chassis_no IS NOT NULL",
    "another with this engine": "twin_engine.engine_no IS NOT NULL",
    "made after it was registered": f"vehicle.year_made > extract(year FROM {_REGISTERED_ON})",
    "registered in the future": f"{_REGISTERED_ON} > %(today)s OR vehicle.registered_on > %(today)s",
    "no such plate": f"vehicle.plate_key !~ '{_PLAUSIBLE_PLATE}'",
    "use life passed": "vehicle.status = 'expired' OR vehicle.valid_until < %(today)s",
}

# An approved correction is matched again at once, so a link that now agrees is `verified`, too.
_CORRECT = (
    "verdict.verdict = 'verified'",
    """verdict.verdict = 'organisation' AND verdict.comparison->>'tax_code' = 'valid'""",
    """verdict.verdict = 'foreigner' AND verdict.comparison->>'document' = 'present'""",
)

QUALITIES: Final[dict[str, str]] = {
    "correct": " OR ".join(f"({condition})" for condition in _CORRECT),
    "complete": " AND ".join(f"({condition})" for condition in _MANDATORY.values()),
    "clean": " AND ".join(f"({condition}) IS NOT TRUE" for condition in _FAULTS.values()),
    "live": "vehicle.confirmed_on >= %(start)s",
}

_WITH_VERDICT = """registry_vehicle AS vehicle
JOIN registry_owner AS owner ON owner.id = vehicle.owner_id
LEFT JOIN cases_verdict AS verdict ON verdict.register = 'owner' AND verdict.subject_id = owner.id
    AND verdict.superseded_by_id IS NULL"""


def _grouped_twins(column: str) -> str:
    return f"""LEFT JOIN (
    SELECT {column} FROM registry_vehicle AS vehicle WHERE {column} <> '' AND {REGISTERED}
    GROUP BY {column} HAVING count(*) > 1
) AS twin_{column.removesuffix("_no")} USING ({column})"""


def _looked_up_twin(column: str) -> str:
    return f"""LEFT JOIN LATERAL (
    SELECT other.{column} FROM registry_vehicle AS other
    WHERE other.{column} = vehicle.{column} AND other.{column} <> '' AND other.id <> vehicle.id
      AND other.status NOT IN ({_ENDED})
    LIMIT 1
) AS twin_{column.removesuffix("_no")} ON true"""


WHOLE_REGISTER: Final = "\n".join((_WITH_VERDICT, _grouped_twins("chassis_no"), _grouped_twins("engine_no")))
EACH_VEHICLE: Final = "\n".join((_WITH_VERDICT, _looked_up_twin("chassis_no"), _looked_up_twin("engine_no")))


def vehicle_ids(quality: str, *, has_it: bool) -> str:
    """SQL for the ids of registered vehicles with or without a quality; takes `today` and `start`."""
    test = "IS TRUE" if has_it else "IS NOT TRUE"
    return f"SELECT vehicle.id FROM {EACH_VEHICLE} WHERE {REGISTERED} AND ({QUALITIES[quality]}) {test}"
