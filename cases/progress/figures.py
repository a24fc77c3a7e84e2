"""Every figure by name, and the SQL that reads it from the kept counts.

A set gives rows (day, unit, name, value); what is nought has no row. `%(today)s` is the day, `%(start)s`
the first day of the campaign.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from cases.models.case import ENDED_STATES, CaseState
from cases.progress import blocks, tallies
from cases.progress.behind import AGES
from cases.progress.qualities import QUALITIES

CLOCK = "ms_"


def _of_age(older_than: int | None, younger_than: int | None) -> str:
    """Open cases between two ages in days."""
    condition = "what = 'open_since'"
    if older_than is not None:
        condition += f" AND day < %(today)s::date - {older_than}"
    if younger_than is not None:
        condition += f" AND day >= %(today)s::date - {younger_than}"
    return condition


_ENDED = ", ".join(f"'state_{state}'" for state in ENDED_STATES)

# Figures by which tallies they add up, and of which days.
CASE_FIGURES: Final[dict[str, str]] = {
    **{f"state_{state}": f"what = 'state_{state}'" for state in CaseState.values},
    "backlog": "what = 'open_since'",
    "done": f"what IN ({_ENDED})",
    "overdue": "what = 'open_until' AND day < %(today)s",
    **{f"age_{name}": _of_age(*bounds) for name, bounds in AGES.items()},
}
# Declarations that wait for an officer of the ward.
WAITING_FIGURES: Final[dict[str, str]] = {
    name: f"what = '{name}'" for name in ("to_confirm", "to_confirm_plain")
}
LICENCE_FIGURES: Final[dict[str, str]] = {
    "licences": "what = 'licences'",
    "licences_live": "what = 'licences' AND day >= %(start)s",
}
VEHICLE_SUMS: Final[dict[str, str]] = {
    "vehicles": "sum(vehicles)",
    **{quality: f"sum(are_{quality})" for quality in QUALITIES},
}
# What happened on each day of the campaign: tallies of the same name.
FLOWS: Final = ("opened", "closed", "declared", "declared_licences", "confirmed", "ward_confirmed")


def _by_unit(sums: Mapping[str, str], source: str) -> str:
    """A column for each figure, then a row for each that is not nought."""
    columns = ",\n    ".join(f"{total} AS {name}" for name, total in sums.items())
    pairs = ", ".join(f"('{name}', {name})" for name in sums)
    return f"""SELECT %(today)s::date, unit_id, figure.name, figure.value::bigint
FROM (
  SELECT unit_id,
    {columns}
  FROM {source} GROUP BY 1
) AS counted
CROSS JOIN LATERAL (VALUES {pairs}) AS figure(name, value) WHERE figure.value > 0"""


def _tallied(figures: Mapping[str, str]) -> str:
    sums = {name: f"sum(value) FILTER (WHERE {condition})" for name, condition in figures.items()}
    return _by_unit(sums, "cases_tally")


_FLOWS = f"""SELECT day, unit_id, what, value FROM cases_tally
WHERE what IN ({", ".join(f"'{name}'" for name in FLOWS)}) AND value > 0
  AND day BETWEEN %(start)s AND %(today)s"""


@dataclass(frozen=True)
class Part:
    """Figures read by one statement. `every_day`: of each day of the campaign, otherwise of today."""

    names: tuple[str, ...]
    sql: str
    every_day: bool = False


@dataclass(frozen=True)
class CountSet:
    """Figures that rest on the same kept counts, and what brings these up to date."""

    name: str
    bring_up_to_date: Callable[..., None]
    parts: tuple[Part, ...]

    @property
    def clock(self) -> str:
        """The figure that says how long the set took, and by its row's time when it was counted."""
        return f"{CLOCK}{self.name}"


SETS: Final = (
    CountSet(
        "cases",
        tallies.bring_up_to_date,
        (
            Part(tuple(CASE_FIGURES), _tallied(CASE_FIGURES)),
            Part(tuple(WAITING_FIGURES), _tallied(WAITING_FIGURES)),
            Part(tuple(LICENCE_FIGURES), _tallied(LICENCE_FIGURES)),
            Part(FLOWS, _FLOWS, every_day=True),
        ),
    ),
    CountSet(
        "vehicles",
        blocks.bring_up_to_date,
        (Part(tuple(VEHICLE_SUMS), _by_unit(VEHICLE_SUMS, "cases_blockcount")),),
    ),
)
