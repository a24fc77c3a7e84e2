"""What leaves the engine: one verdict for each party, and the candidates worth showing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import pyarrow as pa

from cases.matching.levels import FIELDS, SHOWN_AS
from cases.matching.templates import fill

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

    from cases.matching.model import Level, Model
    from cases.matching.rules import Ruleset

# A number whose holder was ruled out by a person still belongs to somebody else.
_NOBODY = """
INSERT INTO verdict (pid, verdict, pass_name, number)
SELECT pid, CASE WHEN held THEN 'id_conflict' ELSE 'no_candidate' END, 'nobody',
       CASE WHEN id12 IS NULL AND id9 IS NULL THEN 'missing'
            WHEN NOT held THEN 'different'
            WHEN id12 IS NOT NULL THEN 'same' ELSE 'former' END
FROM undecided
"""

# Each person seen for a party, once, and the odds of all of them together against "nobody of these".
# Whoever was found by name and ward only has as many rivals as carry that name in other wards: nobody looked
# at them one by one. Whole numbers, so that the sum does not depend on the order in which threads add it up.
_SHOWN = """
CREATE TEMP TABLE shown AS
SELECT *, sum($odds) OVER (PARTITION BY pid) + coalesce(max($elsewhere) FILTER (
        birth = 'missing' AND ward = 'same' AND number IN ('missing', 'different') AND NOT holder
    ) OVER (PARTITION BY pid), 0) AS all_odds
FROM (
    SELECT pid, personal_id, name, number, birth, ward, shared_by, name_bits, bits, bool_or(holder) AS holder
    FROM seen GROUP BY ALL
)
"""

_ELSEWHERE = "bits - $same + $different + log2(shared_by)"

_ODDS = "CASE WHEN $bits IS NOT NULL THEN pow(2, least($bits, 60) + 20)::HUGEINT END"

_SHARE = "round($odds / ((1 << 20) + coalesce(all_odds, $odds)), 4)"

_VERDICTS = """
SELECT register, party_id, verdict, pass_name, coalesce(share, 0.0) AS score,
       CASE WHEN share > $named_from THEN personal_id END AS personal_id,
       comparison, runner_up
FROM (
    SELECT register, party_id, verdict, pass_name, personal_id, $share AS share, $next_share AS runner_up,
           coalesce(comparison, '{' || $levels || '}') AS comparison
    FROM verdict JOIN party USING (pid)
    LEFT JOIN (SELECT DISTINCT pid, all_odds FROM shown) AS shown USING (pid)
)
ORDER BY register, party_id
"""

# The proposed person first, then by score; the holder of the number keeps the last place if need be.
_CANDIDATES = """
SELECT register, party_id,
       (row_number() OVER (PARTITION BY pid ORDER BY place))::INTEGER AS rank,
       personal_id, $share AS score, '{' || $comparison || '}' AS comparison
FROM (
    SELECT *, min(place) FILTER (holder) OVER (PARTITION BY pid) AS first_holder
    FROM (
        SELECT shown.*, row_number() OVER (
            PARTITION BY pid
            ORDER BY (shown.personal_id = proposed.personal_id) IS TRUE DESC, bits DESC, shown.personal_id
        ) AS place
        FROM shown JOIN (SELECT pid, personal_id FROM verdict) AS proposed USING (pid)
    )
)
JOIN party USING (pid)
WHERE place <= $kept - (coalesce(first_holder, 0) > $kept)::INT OR place = first_holder
ORDER BY register, party_id, rank
"""


_PRIOR = """'"prior": {"bits": $bits}'"""
_NAME = """'"name": {"level": ' || $level || ', "bits": ' || name_bits
    || coalesce(', "shared_by": ' || shared_by::BIGINT, '') || '}'"""
_FIELD = """'"$field": {"level": ' || $level || ', "bits": ' || $bits || '}'"""


def name_the_rest(con: DuckDBPyConnection) -> None:
    """Whoever no pass decided has no candidate, unless the number is known to be another's."""
    con.execute(_NOBODY)


def gather_shown(con: DuckDBPyConnection, model: Model) -> None:
    """`shown`: the persons worth showing, with the odds that a score is a share of."""
    ward = model.levels["ward"]
    elsewhere = fill(_ELSEWHERE, same=ward["same"].bits, different=ward["different"].bits)
    con.execute(fill(_SHOWN, odds=fill(_ODDS, bits="bits"), elsewhere=fill(_ODDS, bits=elsewhere)))


def verdicts(con: DuckDBPyConnection, rules: Ruleset) -> pa.Table:
    """One row for each party, by register and number."""
    levels = " || ', ' || ".join(fill("""'"$field": ' || $level""", field=f, level=_text(f)) for f in FIELDS)
    query = fill(
        _VERDICTS,
        share=_share("bits"),
        next_share=_share("next_bits"),
        levels=levels,
        named_from=rules.named_from,
    )
    return con.sql(query).to_arrow_table()


def candidates(con: DuckDBPyConnection, rules: Ruleset, model: Model, prior_bits: float) -> pa.Table:
    """Up to `rules.candidates_kept` persons for each party that is not plain, best first.

    `comparison`, as JSON: `prior` with its bits; each field with level and bits; with `name`, `shared_by`.
    """
    parts = [fill(_PRIOR, bits=round(prior_bits, 3)), fill(_NAME, level=_text("name"))]
    parts += [
        fill(_FIELD, field=field, level=_text(field), bits=_bits(model.levels[field], field))
        for field in FIELDS
        if field != "name"
    ]
    comparison = " || ', ' || ".join(parts)
    query = fill(_CANDIDATES, share=_share("bits"), comparison=comparison, kept=rules.candidates_kept)
    return con.sql(query).to_arrow_table()


def _share(column: str) -> str:
    """SQL: the probability that it is this person and not another one seen, nor anybody else."""
    return fill(_SHARE, odds=fill(_ODDS, bits=column))


def _text(field: str) -> str:
    """SQL: a level column as JSON text, under the name it has outside."""
    shown = " ".join(f"WHEN '{level}' THEN '{name}'" for level, name in SHOWN_AS.items())
    return fill(
        """coalesce('"' || CASE $field::VARCHAR $shown ELSE $field::VARCHAR END || '"', 'null')""",
        field=field,
        shown=shown,
    )


def _bits(levels: Mapping[str, Level], column: str) -> str:
    """SQL: the bits of a level column as the model has them; `missing` has none."""
    cases = " ".join(f"WHEN '{name}' THEN {round(level.bits, 3)!r}" for name, level in levels.items())
    return f"(CASE {column} {cases} ELSE 0.0 END)::DOUBLE"
