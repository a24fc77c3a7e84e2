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
FROM pairs
"""

_SCORED = """
CREATE OR REPLACE TEMP TABLE scored AS
SELECT pid, personal_id, died, shared_by, $fields,
       round(mw_name + mw_tf_adj_name, 3) AS name_bits,
       round($prior + mw_name + mw_tf_adj_name + $others, 3) AS bits
FROM vectors JOIN $predicted ON $pair = ${pair}_l
"""

_OTHERS = " + ".join(f"mw_{field}" for field in FIELDS if field != "name")


class Scorer:
    """Scores pairs by one model. One serves all passes: each handle of Splink opens a database of its own."""

    def __init__(self, con: DuckDBPyConnection, model: Model, population_size: int) -> None:
        self._con, self._model, self._people = con, model, population_size
        self._splink = DuckDBAPI(connection=con)

    def score(self) -> None:
        """`scored`: each of `pairs` with `bits` (log2 of the odds) and `name_bits`, in a fixed order of sums.

        `pairs` has pid, personal_id, the level of each field, died, and `shared_by`: how many people carry
        the person's folded name (NULL: not asked, the name counts as one of common frequency).
        """
        self._con.execute(_vectors(self._model, self._people))
        table = self._con.table("vectors")
        predicted = compare_records(
            table,
            table,
            self._model.settings(self._people),
            self._splink,
            sql_cache_key=f"{self._model.version}-{self._people}",
            join_condition=f"l.{PAIR} = r.{PAIR}",
        ).physical_name
        self._con.execute(
            fill(
                _SCORED,
                fields=", ".join(FIELDS),
                prior=self._model.prior_bits(self._people),
                others=_OTHERS,
                predicted=predicted,
                pair=PAIR,
            )
        )
        self._con.execute(f"DROP TABLE {predicted}")


def _vectors(model: Model, population_size: int) -> str:
    chances = " ".join(f"WHEN '{name}' THEN {level.u!r}" for name, level in model.levels["name"].items())
    return fill(
        _VECTORS,
        pair=PAIR,
        fields=", ".join(FIELDS),
        chance=f"CASE name {chances} END",
        people=float(population_size),
        typical=model.typical_share,
    )
