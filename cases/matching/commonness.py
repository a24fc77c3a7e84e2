"""How common a name is: the people of the whole population who carry the same folded name."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

import pyarrow as pa

from cases.matching.templates import fill

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

NameCounts: TypeAlias = pa.Table | str | Path | None

_COUNT = """
CREATE TEMP TABLE name_counts AS
SELECT name_key, count(*) AS people FROM population_in WHERE name_key <> '' GROUP BY name_key
"""

# A name of fewer people than this counts as one of so many.
FEWEST = 16

# To the nearest power of two: a few people more or fewer must not change every score. Where number and
# name agree nobody asks how common the name is.
_ADD = """
CREATE OR REPLACE TEMP TABLE pairs AS
SELECT pairs.*, CASE WHEN NOT (number = 'same' AND name = 'same')
    THEN pow(2, round(log2(greatest(people, $fewest)))) END AS shared_by
FROM pairs LEFT JOIN (
    SELECT * FROM name_counts
    WHERE name_key IN (SELECT name_key FROM pairs WHERE NOT (number = 'same' AND name = 'same'))
) AS counted USING (name_key)
"""


def load_name_counts(con: DuckDBPyConnection, counts: NameCounts) -> None:
    """`name_counts`: name_key, people; given, or counted over the population at hand."""
    if counts is None:
        con.execute(_COUNT)
    elif isinstance(counts, pa.Table):
        con.register("name_counts", counts)
    else:
        con.read_parquet(str(counts)).create_view("name_counts")


def add_commonness(con: DuckDBPyConnection) -> None:
    """Gives each of `pairs` the column `shared_by`; NULL where it was not asked."""
    con.execute(fill(_ADD, fewest=FEWEST))
