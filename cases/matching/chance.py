"""How often pairs of two different people agree: the u of each level, counted."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cases.matching.levels import LEVELS, MISSING
from cases.matching.names import compare_open_pairs
from cases.matching.passes import BIRTH_COMPARED, NEAR, NUMBER_COMPARED, WARD_COMPARED
from cases.matching.tables import NAME_PARTS
from cases.matching.templates import fill

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

# Parties, and people of the population, that are held against each other: near numbers are rarest.
_PARTIES = 1500
_PEOPLE_FOR = {"number": 800_000, "name": 80_000, "birth": 8_000, "ward": 8_000}
# A level met by nobody may still be met by the next: as if half a pair had been.
_UNMET = 0.5
# Letters two folded names may differ by to be compared: beyond, they are different.
_EDITS = 3

_TYPICAL = "SELECT sum(people), sum(people * people) / pow(sum(people), 2) FROM name_counts"

_PARTY_SAMPLE = """
CREATE OR REPLACE TEMP TABLE some_parties AS
SELECT * FROM undecided WHERE name_key IS NOT NULL ORDER BY hash(pid) LIMIT $parties
"""

_PEOPLE_SAMPLE = """
CREATE OR REPLACE TEMP TABLE some_people AS
SELECT *, $name_parts
FROM person WHERE name_key IS NOT NULL AND hash(personal_id) % $people < $wanted
"""

# Who may be the party (the same number, or perhaps born on the same day) is left out.
_OTHERS = """a.exact <> b.exact AND a.id12 IS DISTINCT FROM b.personal_id
    AND NOT coalesce(list_contains(b.former_ids, a.id9), false)"""

_NAME_HITS = """
CREATE OR REPLACE TEMP TABLE hits AS
SELECT DISTINCT pid, personal_id FROM (
    SELECT a.pid, b.personal_id FROM some_parties AS a JOIN some_people AS b ON a.given = b.given WHERE $near
    UNION ALL
    SELECT a.pid, b.personal_id FROM some_parties AS a JOIN some_people AS b ON a.head = b.head WHERE $near
    UNION ALL
    SELECT a.pid, b.personal_id FROM some_parties AS a JOIN some_people AS b ON a.rotated = b.name_key
)
"""

_NAME_PAIRS = """
CREATE OR REPLACE TEMP TABLE pairs AS
SELECT a.pid, b.personal_id, name_level_at_once(a.name, b.name) AS name,
       CASE WHEN name_level_at_once(a.name, b.name) IS NULL THEN a.name END AS party_name,
       CASE WHEN name_level_at_once(a.name, b.name) IS NULL THEN b.name END AS person_name
FROM hits JOIN some_parties AS a USING (pid) JOIN some_people AS b USING (personal_id)
WHERE $others
"""

# Numbers are given out by birth year and sex: two people born in one year are much nearer in their numbers
# than any two. So they are counted between people of one year; else near numbers would prove too much.
_NUMBERS = f"""
SELECT {NUMBER_COMPARED}::VARCHAR, count(*)
FROM (SELECT * FROM some_parties WHERE id12 IS NOT NULL OR id9 IS NOT NULL) AS a
JOIN some_people AS b ON a.year = b.year
WHERE $others
GROUP BY 1
"""

_ANY = """
SELECT $level::VARCHAR, count(*)
FROM some_parties AS a CROSS JOIN some_people AS b
GROUP BY 1
"""


@dataclass(frozen=True, slots=True)
class Chances:
    """`u`: by field and level. `typical_share`: the chance that two people carry one folded name."""

    u: Mapping[str, Mapping[str, float]]
    typical_share: float


def count_chances(con: DuckDBPyConnection) -> Chances:
    """Counts over pairs of different people. Needs `undecided` with its keys, `person` and `name_counts`."""
    [(people, typical)] = con.execute(_TYPICAL).fetchall()
    con.execute(fill(_PARTY_SAMPLE, parties=_PARTIES))
    u = {}
    for field, wanted in _PEOPLE_FOR.items():
        con.execute(fill(_PEOPLE_SAMPLE, name_parts=NAME_PARTS, people=max(int(people), 1), wanted=wanted))
        u[field] = _shares(field, _COUNTED[field](con))
    return Chances(u, float(typical))


def _names(con: DuckDBPyConnection) -> dict[str, float]:
    """All pairs of some parties with some people; those that share no part of a name are different."""
    con.execute(fill(_NAME_HITS, near=fill(NEAR, edits=_EDITS)))
    con.execute(fill(_NAME_PAIRS, others=_OTHERS))
    compare_open_pairs(con)
    met = _count(con, "SELECT name::VARCHAR, count(*) FROM pairs WHERE name <> 'different' GROUP BY name")
    [(pairs,)] = con.execute(
        """SELECT (SELECT count(*) FROM some_parties WHERE exact IS NOT NULL)
                * (SELECT count(*) FROM some_people)"""
    ).fetchall()
    return met | {"different": float(pairs) - sum(met.values())}


def _count(con: DuckDBPyConnection, query: str) -> dict[str, float]:
    return {str(level): float(count) for level, count in con.execute(query).fetchall()}


def _shares(field: str, counts: Mapping[str, float]) -> dict[str, float]:
    """Level → share of the pairs in which the field says something."""
    names = [name for name in LEVELS[field] if name != MISSING]
    total = sum(counts.get(name, 0.0) for name in names) + _UNMET
    return {name: (counts.get(name, 0.0) or _UNMET) / total for name in names}


_COUNTED: dict[str, Callable[[DuckDBPyConnection], dict[str, float]]] = {
    "name": _names,
    "number": lambda con: _count(con, fill(_NUMBERS, others=_OTHERS)),
    "birth": lambda con: _count(con, fill(_ANY, level=BIRTH_COMPARED)),
    "ward": lambda con: _count(con, fill(_ANY, level=WARD_COMPARED)),
}
