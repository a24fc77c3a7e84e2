"""The next model, estimated from the data at hand; nobody has to say which pairs are one person.

How often a level is met among pairs of one person (m) comes from expectation–maximisation by Splink, over
pairs found without the field in question: names and birth dates over pairs that share a number, numbers and
wards over pairs that share name and birth date. How often among pairs of two (u) is counted
over pairs that cannot be one person. See docs/decisions/0014.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pyarrow as pa
from splink import DuckDBAPI, Linker

from cases.matching import comparisons, tables
from cases.matching.blocks import BLOCKS, NAMED_BLOCKS
from cases.matching.chance import Chances, count_chances
from cases.matching.commonness import load_name_counts
from cases.matching.engine import workspace
from cases.matching.levels import FIELDS
from cases.matching.model import PAIR, Level, Model, splink_settings
from cases.matching.passes import BY_NUMBER, find_hits, find_pairs

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

    from cases.matching.tables import Population

# A level met in few pairs of a session leans on what the model before said of it, as if met this often more.
_PSEUDO_PAIRS = 50.0


class TrainingError(ValueError):
    """Too few pairs to estimate anything from."""


@dataclass(frozen=True, slots=True)
class Session:
    """Pairs found by one block, which say how the other fields behave between two records of one person.

    Wards are not learnt from shared numbers: who carries the number of another is mostly a relative under
    the same roof.
    """

    block: str
    estimates: tuple[str, ...]


SESSIONS = (
    Session("number", ("name", "birth")),
    Session("former", ("name", "birth")),
    Session("name_birth", ("number", "ward")),
)
FEWEST_PAIRS = 500


@dataclass(frozen=True, slots=True)
class Estimate:
    """What one session says: for each field, the m of each level; `matches` of its `pairs` are one person."""

    block: str
    pairs: int
    matches: float
    m: Mapping[str, Mapping[str, float]]


def train(
    parties: pa.Table,
    population: Population,
    *,
    before: Model,
    version: str,
    threads: int = 2,
    memory_limit_mb: int = 4096,
) -> Model:
    """A model from a sample of parties against the whole population. Raises `TrainingError`.

    `parties` and `population` are as for `engine.match`; `before` is leant on where data are few.
    """
    with workspace(threads, memory_limit_mb) as con:
        comparisons.install(con)
        tables.load(con, parties, population, None)
        load_name_counts(con, None)
        if not _people(con):
            raise TrainingError("nobody in the population")
        tables.add_keys(con)
        tables.cut_slice(con, "named", NAMED_BLOCKS)
        chances = count_chances(con)
        con.execute("CREATE TEMP TABLE found(pid INTEGER, fits BOOLEAN)")
        estimates = [one for session in SESSIONS if (one := _estimate(con, session, before, chances))]
        if not estimates:
            raise TrainingError("too few pairs share a number, or name and birth date")
        m = _combined(estimates, before)
        numbers = {**chances.u["number"], **_strangers(con, estimates), **_held(con)}
        u = {**chances.u, "number": numbers}
        return Model(version, _levels(m, u), _linkable(con, m), chances.typical_share, _told(con, before))


def _estimate(con: DuckDBPyConnection, session: Session, before: Model, chances: Chances) -> Estimate | None:
    """Splink's expectation–maximisation over the pairs of the session's block; None where too few."""
    block = BLOCKS[session.block]
    if not find_hits(con, [block], 0):
        return None
    find_pairs(con, block.source)
    _learn_numbers(con, by_number=block.source in BY_NUMBER)
    count = _number_pairs(con)
    if count < FEWEST_PAIRS:
        return None
    linker = _linker(con, session, before, chances)
    ended = linker.training.estimate_parameters_using_expectation_maximisation(
        f"l.{PAIR} = r.{PAIR}", estimate_without_term_frequencies=True
    )
    settings = ended.core_model_settings
    m = {comparison.output_column_name: _trained(comparison) for comparison in settings.comparisons}
    return Estimate(session.block, count, count * settings.probability_two_random_records_match, m)


# Pairs that share a number tell whose number fits, and whose is somebody else's.
_FOUND = "INSERT INTO found SELECT pid, bool_or(name <> 'different') FROM pairs GROUP BY pid"
_HOLD = """
CREATE OR REPLACE TEMP TABLE undecided AS
SELECT * REPLACE (pid IN (SELECT pid FROM found WHERE NOT fits) AS held) FROM undecided
"""
# Whoever is found by number is nobody else: namesakes born on the same day would blur the picture.
_NAMESAKES = """
DELETE FROM pairs WHERE number NOT IN ('same', 'former') AND pid IN (SELECT pid FROM found WHERE fits)
"""


def _learn_numbers(con: DuckDBPyConnection, *, by_number: bool) -> None:
    for statement in (_FOUND, _HOLD) if by_number else (_NAMESAKES,):
        con.execute(statement)


def _people(con: DuckDBPyConnection) -> int:
    return int(con.execute("SELECT coalesce(sum(people), 0) FROM name_counts").fetchall()[0][0])


def _number_pairs(con: DuckDBPyConnection) -> int:
    con.execute(
        f"""CREATE OR REPLACE TEMP TABLE training AS
        SELECT row_number() OVER () AS {PAIR}, {", ".join(FIELDS)} FROM pairs"""
    )
    return int(con.execute("SELECT count(*) FROM training").fetchall()[0][0])


def _linker(con: DuckDBPyConnection, session: Session, before: Model, chances: Chances) -> Linker:
    levels = {
        field: {name: Level(level.m, chances.u[field][name]) for name, level in before.levels[field].items()}
        for field in session.estimates
    }
    api = DuckDBAPI(connection=con)
    sides = [api.register("training", table_name=side) for side in ("party", "person")]
    return Linker(sides, splink_settings(levels, prior=0.9, commonness=False), log_level=None)


def _trained(comparison: Any) -> dict[str, float]:
    """Level → m; a level that was not observed has none."""
    return {
        level.label_for_charts: float(level.m_probability)
        for level in comparison.comparison_levels
        if not level.is_null_level and isinstance(level.m_probability, float)
    }


def _combined(estimates: list[Estimate], before: Model) -> dict[str, dict[str, float]]:
    """The m of all sessions, each weighed by the pairs it rests on."""
    combined = {}
    for field in FIELDS:
        told = [(one.matches, one.m[field]) for one in estimates if field in one.m]
        told.append((_PSEUDO_PAIRS, {name: level.m for name, level in before.levels[field].items()}))
        met = {name: sum(weight * m.get(name, 0.0) for weight, m in told) for name in before.levels[field]}
        combined[field] = {name: count / sum(met.values()) for name, count in met.items()}
    return combined


def _strangers(con: DuckDBPyConnection, estimates: list[Estimate]) -> dict[str, float]:
    """How often a party carries the number of one given stranger: too rare to be met in a sample."""
    [(parties,)] = con.execute("SELECT count(*) FROM undecided").fetchall()
    people = _people(con)
    levels = {"number": "same", "former": "former"}
    return {
        levels[one.block]: max(one.pairs - one.matches, 1.0) / float(parties) / people
        for one in estimates
        if one.block in levels
    }


_HELD_SHARE = """
SELECT count(*) FILTER (held) / count(*)::DOUBLE FROM undecided WHERE id12 IS NOT NULL OR id9 IS NOT NULL"""


def _held(con: DuckDBPyConnection) -> dict[str, float]:
    """People lend their number to a relative's vehicle whether or not the relative is in the population."""
    share = con.execute(_HELD_SHARE).fetchall()[0][0]
    return {"held": max(float(share or 0.0), 1e-6)}


def _levels(
    m: Mapping[str, Mapping[str, float]], u: Mapping[str, Mapping[str, float]]
) -> dict[str, dict[str, Level]]:
    return {field: {name: Level(m[field][name], u[field][name]) for name in m[field]} for field in FIELDS}


_FOUND_BY_NUMBER = """
SELECT count(DISTINCT a.pid)::DOUBLE / nullif((SELECT count(*) FROM undecided WHERE id12 IS NOT NULL), 0)
FROM undecided AS a JOIN person AS b ON a.id12 = b.personal_id
WHERE name_level_at_once(a.name, b.name) IS NOT NULL OR a.given = split_part(b.name_key, ' ', -1)"""


def _linkable(con: DuckDBPyConnection, m: Mapping[str, Mapping[str, float]]) -> float:
    """The share of parties whose person is in the population, under a name by which they can be found.

    Of the parties with a number of twelve digits, so many are found by it with a name that fits; of those
    who are there, the model knows how many have their number right. Never so sure as to be certain.
    """
    found = float(con.execute(_FOUND_BY_NUMBER).fetchall()[0][0] or 0.5)
    right = m["number"]["same"] / (1 - m["number"]["former"])
    there = min(found / right, 0.98)
    return max(there * (1 - m["name"]["different"]), 0.05)


def _told(con: DuckDBPyConnection, before: Model) -> dict[str, Any]:
    [(parties,)] = con.execute("SELECT count(*) FROM undecided").fetchall()
    people = _people(con)
    return {"parties": int(parties), "people": people, "before": before.version}
