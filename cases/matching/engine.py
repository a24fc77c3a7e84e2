"""The engine: parties and population in, one verdict for each party out.

The verdict of a party depends on that party, the population, the rules and the model only. So the parties may
come in any chunks, or one alone with the slice of the population that `lookups.py` names, and each
gets the same verdict.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

import duckdb
import pyarrow as pa

from cases.matching import comparisons, kinds, results, tables
from cases.matching.blocks import BLOCKS, NAMED_BLOCKS
from cases.matching.commonness import NameCounts, load_name_counts
from cases.matching.passes import run_pass
from cases.matching.scoring import Scorer
from cases.matching.templates import fill

if TYPE_CHECKING:
    from cases.matching.model import Model
    from cases.matching.rules import Pass, Ruleset


@dataclass(frozen=True, slots=True)
class MatchResult:
    """`verdicts`: register, party_id, verdict, pass_name, score, personal_id, comparison, runner_up.

    `candidates`: register, party_id, rank, personal_id, score, comparison. Both are in the order of
    register and party_id; `comparison` is JSON.
    """

    verdicts: pa.Table
    candidates: pa.Table


def match(
    parties: pa.Table,
    population: tables.Population,
    *,
    refusals: pa.Table | None = None,
    rules: Ruleset,
    model: Model,
    population_size: int | None = None,
    name_counts: NameCounts = None,
    threads: int = 2,
    memory_limit_mb: int = 2048,
) -> MatchResult:
    """Matches the parties against the population: a table, or the path of a Parquet file of one.

    `refusals` (register, party_id, personal_id) are pairs that a person ruled out for ever.
    `population_size` and `name_counts` (name_key, people) are those of the whole register where `population`
    is only a slice of it.
    """
    with workspace(threads, memory_limit_mb) as con:
        comparisons.install(con)
        tables.load(con, parties, population, refusals)
        load_name_counts(con, name_counts)
        kinds.decide_by_kind(con)
        size = population_size or _count(con, "population_in")
        _run_passes(con, rules, Scorer(con, model, size))
        results.name_the_rest(con)
        results.gather_shown(con, model)
        return MatchResult(
            results.verdicts(con, rules), results.candidates(con, rules, model, model.prior_bits(size))
        )


def _run_passes(con: duckdb.DuckDBPyConnection, rules: Ruleset, scorer: Scorer) -> None:
    cut: set[str] = set()
    for step in rules.passes:
        if not _count(con, "undecided"):
            return
        _cut_slices(con, step, cut)
        run_pass(con, rules, scorer, step)


def _count(con: duckdb.DuckDBPyConnection, table: str) -> int:
    return int(con.execute(fill("SELECT count(*) FROM $table", table=table)).fetchall()[0][0])


def _cut_slices(con: duckdb.DuckDBPyConnection, step: Pass, cut: set[str]) -> None:
    """Cuts the slice that the pass needs, unless it was cut before (`cut` remembers)."""
    if step.source not in ("named", "near"):
        return
    if not cut:
        tables.add_keys(con)
    if step.source == "near":
        tables.cut_slice(con, "near", [BLOCKS[name] for name in step.blocks])
    elif "named" not in cut:
        tables.cut_slice(con, "named", NAMED_BLOCKS)
    cut.add(step.source)


@contextmanager
def workspace(threads: int, memory_limit_mb: int) -> Iterator[duckdb.DuckDBPyConnection]:
    """A private database in memory; what does not fit spills to a folder that goes with it."""
    with tempfile.TemporaryDirectory(prefix=f"scratch-{os.getpid()}-") as folder:
        settings: dict[str, str | bool | int | float | list[str]] = {
            "threads": threads,
            "memory_limit": f"{memory_limit_mb}MB",
            "temp_directory": folder,
        }
        with duckdb.connect(":memory:", config=settings) as con:
            yield con
