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

_OWNER = "JOIN registry_owner AS owner ON owner.id = vehicle.owner_id"
_VERDICT = """LEFT JOIN cases_verdict AS verdict ON verdict.register = 'owner'
    AND verdict.subject_id = vehicle.owner_id AND verdict.superseded_by_id IS NULL"""
_TWINS = ("chassis_no", "engine_no")


def _grouped_twins(column: str) -> str:
    """Every number that stands on two registrations, found once for all."""
    return f"""LEFT JOIN (
    SELECT {column} FROM registry_vehicle AS vehicle WHERE {column} <> '' AND {REGISTERED}
    GROUP BY {column} HAVING count(*) > 1
) AS twin_{column.removesuffix("_no")} USING ({column})"""


def _looked_up_twin(column: str) -> str:
    """Another registration with this vehicle's number, found by the index."""
    return f"""LEFT JOIN LATERAL (
    SELECT other.{column} FROM registry_vehicle AS other
    WHERE other.{column} = vehicle.{column} AND other.{column} <> '' AND other.id <> vehicle.id
      AND other.status NOT IN ({_ENDED})
    LIMIT 1
) AS twin_{column.removesuffix("_no")} ON true"""


WHOLE_REGISTER: Final = "\n".join(
    ("registry_vehicle AS vehicle", _OWNER, _VERDICT, *(_grouped_twins(column) for column in _TWINS))
)
# What has to be looked up to tell one vehicle's quality.
_LOOKED_UP: dict[str, tuple[str, ...]] = {
    "correct": (_VERDICT,),
    "complete": (_OWNER,),
    "clean": tuple(_looked_up_twin(column) for column in _TWINS),
    "live": (),
}


def one_vehicle(quality: str, *, vehicle_id: str, has_it: bool) -> str:
    """SQL that is true for the id of a registered vehicle with (or without) a quality.

    Takes `today` and `start`. OFFSET 0 keeps PostgreSQL from turning the look-up around and judging the
    whole register before it shows a page of fifty.
    """
    test = "IS TRUE" if has_it else "IS NOT TRUE"
    source = "\n".join(("registry_vehicle AS vehicle", *_LOOKED_UP[quality]))
    return f"""EXISTS (SELECT FROM {source}
WHERE vehicle.id = {vehicle_id} AND {REGISTERED} AND ({QUALITIES[quality]}) {test} OFFSET 0)"""
