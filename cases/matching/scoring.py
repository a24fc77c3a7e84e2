"""Pairs scored by Splink: the bits of each field, and of all together.

The levels of a pair are known already, so the same narrow table stands on both sides of Splink's comparison.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from splink import DuckDBAPI
from splink.internals.realtime import compare_records

from cases.matching.levels import FIELDS
from cases.matching.model import PAIR
from cases.matching.templates import fill

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

    from cases.matching.model import Model

# How often somebody else agrees on this level with this very name: what Splink calls a term frequency.
_VECTORS = """
CREATE OR REPLACE TEMP TABLE vectors AS
SELECT row_number() OVER () AS $pair, 'pairs' AS source_dataset, $fields,
       $chance * shared_by / $people / $typical AS tf_name,
       pid, personal_id, died, shared_by
FROM $pairs
"""

_SCORED = """
CREATE OR REPLACE TEMP TABLE scored AS
SELECT pid, personal_id, died, shared_by, $fields,
       round(mw_name + mw_tf_adj_name, 3) AS name_bits,
       round($prior + mw_name + mw_tf_adj_name + $others, 3) AS bits
FROM vectors JOIN $predicted ON $pair = ${pair}_l
"""

_OTHERS = " + ".join(f"mw_{field}" for field in FIELDS if field != "name")


def score_pairs(con: DuckDBPyConnection, model: Model, population_size: int, *, pairs: str = "pairs") -> None:
    """`scored`: each of `pairs` with `bits` (log2 of the odds) and `name_bits`, in a fixed order of sums.

    `pairs` has pid, personal_id, the level of each field, died, and `shared_by`: how many people carry the
    person's folded name (NULL: not asked, the name counts as one of common frequency).
    """
    con.execute(_vectors(model, population_size, pairs))
    table = con.table("vectors")
    predicted = compare_records(
        table,
        table,
        model.settings(population_size),
        DuckDBAPI(connection=con),
        sql_cache_key=f"{model.version}-{population_size}",
        join_condition=f"l.{PAIR} = r.{PAIR}",
    ).physical_name
    fields, prior = ", ".join(FIELDS), model.prior_bits(population_size)
    con.execute(fill(_SCORED, fields=fields, prior=prior, others=_OTHERS, predicted=predicted, pair=PAIR))
    con.execute(f"DROP TABLE {predicted}")


def _vectors(model: Model, population_size: int, pairs: str) -> str:
    chances = " ".join(f"WHEN '{name}' THEN {level.u!r}" for name, level in model.levels["name"].items())
    return fill(
        _VECTORS,
        pair=PAIR,
        fields=", ".join(FIELDS),
        chance=f"CASE name {chances} END",
        people=float(population_size),
        typical=model.typical_share,
        pairs=pairs,
    )
