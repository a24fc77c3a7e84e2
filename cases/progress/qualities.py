"""The four words of the campaign, as SQL about one vehicle: correct, complete, clean, live.

A registration that has ended holds no plate any more and is not counted. The conditions speak of
`vehicle`, `owner` and `verdict` (the owner's, in force). Twins, other registrations with the same chassis
or engine number, are found in two ways: noted beforehand when vehicles are counted, by index where a page of
a list is judged.
"""

from collections.abc import Callable
from typing import Final

from registry.identity.plates import LOCAL_CODES
from registry.models.vehicle import ENDED_SQL

REGISTERED: Final = f"vehicle.status NOT IN ({ENDED_SQL})"

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
_CODES = ", ".join(f"'{code}'" for code in LOCAL_CODES)
# Shapes of plates: cars, motorbikes and the special series; temporary; diplomatic; military.
_NUMBERED = r"^([1-9][0-9]([A-ZĐ]{1,2}[0-9]{4,6}|[0-9]{3}[A-Z]{2}[0-9]{2,3})|T[1-9][0-9]{5,7})$"
_MILITARY = r"^[A-Z]{2}[0-9]{4}$"
# What cannot be. A condition that cannot be told, because a value is missing, is no fault.
_FAULTS = {
    "made after it was registered": f"vehicle.year_made > extract(year FROM {_REGISTERED_ON})",
    "registered in the future": f"{_REGISTERED_ON} > %(today)s OR vehicle.registered_on > %(today)s",
    "no such plate": f"(vehicle.plate_key !~ '{_NUMBERED}' OR substr(ltrim(vehicle.plate_key, 'T'), 1, 2) "
    f"NOT IN ({_CODES})) AND vehicle.plate_key !~ '{_MILITARY}'",
    "use life passed": "vehicle.status = 'expired' OR vehicle.valid_until < %(today)s",
}
TWIN_FIELDS: Final = ("chassis_no", "engine_no")

# An approved correction is matched again at once, so a link that now agrees is `verified`, too.
_CORRECT = (
    "verdict.verdict = 'verified'",
    """verdict.verdict = 'organisation' AND verdict.comparison->>'tax_code' = 'valid'""",
    """verdict.verdict = 'foreigner' AND verdict.comparison->>'document' = 'present'""",
)


def _qualities(has_twin: Callable[[str], str]) -> dict[str, str]:
    """Quality → condition. `has_twin` tells of a column whether another vehicle has the same number."""
    faults = [*_FAULTS.values(), *(has_twin(column) for column in TWIN_FIELDS)]
    return {
        "correct": " OR ".join(f"({condition})" for condition in _CORRECT),
        "complete": " AND ".join(f"({condition})" for condition in _MANDATORY.values()),
        "clean": " AND ".join(f"({condition}) IS NOT TRUE" for condition in faults),
        "live": "vehicle.confirmed_on >= %(start)s",
    }


# What a vehicle is joined with, for `owner` and `verdict`.
OWNER: Final = "JOIN registry_owner AS owner ON owner.id = vehicle.owner_id"
VERDICT: Final = """LEFT JOIN cases_verdict AS verdict ON verdict.register = 'owner'
    AND verdict.subject_id = vehicle.owner_id AND verdict.superseded_by_id IS NULL"""

# --- all vehicles, when they are counted ------------------------------------------------------------------


def _is_noted(field: str) -> str:
    """Among the numbers that were found to be twins before (see `cases.progress.twins`)."""
    return f"vehicle.{field} IN (SELECT number FROM cases_twinnumber WHERE field = '{field}')"


QUALITIES: Final = _qualities(_is_noted)

# --- one vehicle of a list --------------------------------------------------------------------------------


def another_with(column: str) -> str:
    """SQL: another registered vehicle has the same number as `vehicle` in this column."""
    return f"""EXISTS (SELECT FROM registry_vehicle AS other
    WHERE other.{column} = vehicle.{column} AND other.{column} <> '' AND other.id <> vehicle.id
      AND other.status NOT IN ({ENDED_SQL}))"""


_LOOKED_UP = {"correct": VERDICT, "complete": OWNER, "clean": "", "live": ""}
_OF_ONE = _qualities(another_with)


def one_vehicle(quality: str, *, vehicle_id: str, has_it: bool) -> str:
    """SQL that is true for the id of a registered vehicle with (or without) a quality.

    Takes `today` and `start`. OFFSET 0 keeps PostgreSQL from turning the look-up around and judging the
    whole register before it shows a page of fifty.
    """
    test = "IS TRUE" if has_it else "IS NOT TRUE"
    return f"""EXISTS (SELECT FROM registry_vehicle AS vehicle {_LOOKED_UP[quality]}
WHERE vehicle.id = {vehicle_id} AND {REGISTERED} AND ({_OF_ONE[quality]}) {test} OFFSET 0)"""
