"""Plates against the kinds that carry them, as SQL made from the tables of `registry.identity.plates`."""

from collections.abc import Callable
from typing import Final

from registry.identity.plates import KINDS, LOCAL_CODES, other_writing, plate_patterns

_CODES: Final = ", ".join(f"'{code}'" for code in LOCAL_CODES)
# As it came: how it was written tells a car from a motorbike where the compact plate does not.
_WRITTEN: Final = "btrim(coalesce(entry.received->>'plate', entry.plate))"
_CODE: Final = "substr(ltrim(entry.plate_key, 'T'), 1, 2)"


def plate_problem() -> str:
    """SQL: not_for_kind, not_a_plate, unknown_code, or NULL where the plate is possible."""
    fits = _by_kind(_fits)
    other = _by_kind(_written_for_another)
    return f"""CASE
        WHEN NOT ({fits}) THEN
            CASE WHEN {_fits("other")} THEN 'not_for_kind' ELSE 'not_a_plate' END
        WHEN {_CODE} ~ '^[0-9]{{2}}$' AND {_CODE} NOT IN ({_CODES}) THEN 'unknown_code'
        WHEN {other} THEN 'not_for_kind' END"""


def other_kind() -> str:
    """SQL: a jsonb array of the kinds that a plate like this would fit."""
    kinds = ", ".join(f"CASE WHEN {_fits(kind)} THEN '{kind}' END" for kind in KINDS if kind != "other")
    return f"to_jsonb(array_remove(ARRAY[{kinds}], NULL))"


def _fits(kind: str) -> str:
    """Đ is often typed as D, and toll systems write a letter for the colour behind the number."""
    forms = "|".join(f"({pattern.replace('MĐ', 'M[ĐD]')})" for pattern in plate_patterns(kind))
    return f"""(entry.plate_key ~ '{forms}'
        OR right(entry.plate_key, 1) IN ('T', 'V', 'X') AND left(entry.plate_key, -1) ~ '{forms}')"""


def _written_for_another(kind: str) -> str:
    pattern = other_writing(kind)
    return f"{_WRITTEN} ~ '{pattern}'" if pattern else "false"


def _by_kind(condition: Callable[[str], str]) -> str:
    cases = " ".join(f"WHEN '{kind}' THEN {condition(kind)}" for kind in KINDS)
    return f"CASE entry.vehicle_kind {cases} ELSE false END"
