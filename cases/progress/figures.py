"""Every figure by name, and the SQL that counts it: one SELECT for each set, one pass over its tables.

A set gives rows (day, unit, name, value); what is nought has no row. `%(today)s` is the day, `%(midnight)s`
its beginning, `%(start)s` the first day of the campaign, `%(zone)s` the city's time zone.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from cases.models.case import ENDED_STATES, CaseState
from cases.progress.behind import AGES
from cases.progress.qualities import QUALITIES, REGISTERED, TWIN_LISTS, WHOLE_REGISTER

_ENDED = ", ".join(f"'{state}'" for state in ENDED_STATES)
_OPEN = f"state NOT IN ({_ENDED})"


def _of_age(older_than: int | None, younger_than: int | None) -> str:
    """Open cases between two ages in days."""
    condition = _OPEN
    if older_than is not None:
        condition += f" AND opened_at < %(midnight)s - interval '{older_than} days'"
    if younger_than is not None:
        condition += f" AND opened_at >= %(midnight)s - interval '{younger_than} days'"
    return condition


CASE_FIGURES: Final[dict[str, str]] = {
    **{f"state_{state}": f"state = '{state}'" for state in CaseState.values},
    "backlog": _OPEN,
    "done": f"state IN ({_ENDED})",
    "overdue": f"{_OPEN} AND due_on < %(today)s",
    **{f"age_{name}": _of_age(*bounds) for name, bounds in AGES.items()},
    "opened": "opened_at >= %(midnight)s",
    "closed": "closed_at >= %(midnight)s",
}
VEHICLE_FIGURES: Final[dict[str, str]] = {"vehicles": "true", **QUALITIES}

# Flows: what happened on each day of the campaign. Table, its day, what is counted.
_FLOWS = {
    "opened": ("cases_verificationcase", "(opened_at AT TIME ZONE %(zone)s)::date", "true"),
    "closed": ("cases_verificationcase", "(closed_at AT TIME ZONE %(zone)s)::date", "closed_at IS NOT NULL"),
    "declared": ("cases_declaration", "(declared_at AT TIME ZONE %(zone)s)::date", "subject = 'vehicle'"),
    "declared_licences": (
        "cases_declaration",
        "(declared_at AT TIME ZONE %(zone)s)::date",
        "subject = 'licence'",
    ),
    "confirmed": ("registry_vehicle AS vehicle", "confirmed_on", REGISTERED),
}


def _counted(figures: Mapping[str, str], source: str, unit: str = "unit_id", where: str = "true") -> str:
    """One pass over `source`: a column for each figure, then a row for each that is not nought."""
    columns = ",\n    ".join(
        f"count(*) FILTER (WHERE {condition}) AS {name}" for name, condition in figures.items()
    )
    pairs = ", ".join(f"('{name}', {name})" for name in figures)
    return f"""SELECT %(today)s::date, unit_id, figure.name, figure.value
FROM (
  SELECT {unit},
    {columns}
  FROM {source}
  WHERE {where} GROUP BY 1
) AS counted
CROSS JOIN LATERAL (VALUES {pairs}) AS figure(name, value) WHERE figure.value > 0"""


def _by_day(name: str, source: str, day: str, where: str) -> str:
    return f"""SELECT {day}, unit_id, '{name}', count(*) FROM {source}
WHERE {where} AND {day} BETWEEN %(start)s AND %(today)s GROUP BY 1, 2"""


@dataclass(frozen=True)
class CountSet:
    """Figures counted together. `every_day`: of each day of the campaign, otherwise of today.

    `lists`: names of arrays that `sql` takes, and the SQL that finds their values first.
    """

    name: str
    names: tuple[str, ...]
    sql: str
    every_day: bool = False
    lists: Mapping[str, str] = field(default_factory=dict)


SETS: Final = (
    CountSet("cases", tuple(CASE_FIGURES), _counted(CASE_FIGURES, "cases_verificationcase")),
    CountSet(
        "licences",
        ("licences", "licences_live"),
        _counted(
            {"licences": "true", "licences_live": "confirmed_on >= %(start)s"}, "registry_driverlicence"
        ),
    ),
    CountSet(
        "flows",
        tuple(_FLOWS),
        "\nUNION ALL\n".join(
            _by_day(name, source, day, where) for name, (source, day, where) in _FLOWS.items()
        ),
        every_day=True,
    ),
    CountSet(
        "vehicles",
        tuple(VEHICLE_FIGURES),
        _counted(VEHICLE_FIGURES, WHOLE_REGISTER, unit="vehicle.unit_id", where=REGISTERED),
        lists=TWIN_LISTS,
    ),
)


def took_ms(count_set: str) -> str:
    """The figure that says how long a set took, and by its row's time when it was counted."""
    return f"ms_{count_set}"
