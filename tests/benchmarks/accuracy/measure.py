"""What the engine said against the truth: precision, recall, and whether stated chances come true."""

from __future__ import annotations

from dataclasses import dataclass

import duckdb
import pyarrow as pa

# What the simulator did to an entry that no longer carries its owner's own number.
NO_NUMBER = (
    "number_missing|paper_without_number|digit_wrong|two_digits_wrong|digits_swapped"
    "|number_cut_short|number_scientific|relative_number"
)
BANDS = (0.0, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.99, 0.999)

# `linked`: without a human. Nobody is linked to the dead: they are found, and go to the heirs as a case.
_OUTCOMES = """
CREATE TEMP TABLE outcome AS
SELECT truth.register, truth.party_id, verdicts.verdict, verdicts.pass_name, verdicts.score,
       truth.personal_id AS wanted, truth.died AS died, said.personal_id AS said,
       NOT regexp_matches(truth.injected, '$no_number') AS own_number,
       verdicts.verdict IN ('verified', 'verified_former_id', 'name_variant') AS linked,
       said.personal_id IS NOT DISTINCT FROM truth.personal_id AS fits,
       coalesce(best.found, false) OR fits AS among_first_three
FROM truth
JOIN verdicts USING (register, party_id)
LEFT JOIN LATERAL (SELECT verdicts.personal_id) AS said ON true
LEFT JOIN (
    SELECT register, party_id, true AS found
    FROM candidates JOIN truth USING (register, party_id)
    WHERE rank <= 3 AND candidates.personal_id = truth.personal_id
) AS best USING (register, party_id)"""

_FIGURES = """
SELECT count(wanted) AS linkable,
       count(wanted) FILTER (NOT died) AS linkable_alive,
       count(wanted) FILTER (NOT died AND own_number) AS numbered,
       count(*) FILTER (linked AND fits AND own_number) AS numbered_linked,
       count(*) FILTER (linked) AS linked,
       count(*) FILTER (linked AND fits) AS linked_right,
       count(said) AS proposed,
       count(*) FILTER (said IS NOT NULL AND fits) AS proposed_right,
       count(*) FILTER (wanted IS NOT NULL AND among_first_three) AS among_three
FROM outcome"""

_CALIBRATION = """
SELECT list_max(list_filter($bands, lambda edge: edge <= score)) AS band, count(*) AS stated,
       avg(score) AS mean, avg(fits::INT) AS came_true
FROM outcome WHERE said IS NOT NULL GROUP BY band ORDER BY band"""

_BY_VERDICT = """
SELECT verdict, pass_name, count(*) AS parties, count(*) FILTER (said IS NOT NULL AND fits) AS fitting,
       count(*) FILTER (said IS NOT NULL AND NOT fits) AS wrong,
       count(*) FILTER (said IS NULL AND wanted IS NOT NULL) AS missed
FROM outcome GROUP BY ALL ORDER BY parties DESC"""


@dataclass(frozen=True, slots=True)
class Figures:
    """Counts of parties. `linkable`: their person is in the population; `numbered`: alive, and the entry
    carries their own number; `linked`: without a human.
    """

    linkable: int
    linkable_alive: int
    numbered: int
    numbered_linked: int
    linked: int
    linked_right: int
    proposed: int
    proposed_right: int
    among_three: int


@dataclass(frozen=True, slots=True)
class Band:
    """Proposals whose stated chance begins at `band`: how many, the mean stated, the share that was right."""

    band: float
    stated: int
    mean: float
    came_true: float


@dataclass(frozen=True, slots=True)
class Measured:
    figures: Figures
    bands: tuple[Band, ...]
    by_verdict: pa.Table


def measure(verdicts: pa.Table, candidates: pa.Table, truth: pa.Table) -> Measured:
    """`verdicts` and `candidates` as `MatchResult` has them, `truth` as `City` has it."""
    with duckdb.connect() as con:
        for name, table in (("verdicts", verdicts), ("candidates", candidates), ("truth", truth)):
            con.register(name, table)
        con.execute(_OUTCOMES.replace("$no_number", NO_NUMBER))
        figures = Figures(*con.execute(_FIGURES).fetchall()[0])
        bands = con.execute(_CALIBRATION, {"bands": list(BANDS)}).fetchall()
        return Measured(figures, tuple(Band(*row) for row in bands), con.sql(_BY_VERDICT).to_arrow_table())
