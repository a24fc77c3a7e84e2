"""What leaves the engine: one verdict for each party, and the candidates worth showing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyarrow as pa

from cases.matching.comparisons import bits, score
from cases.matching.levels import FIELDS, SHOWN_AS
from cases.matching.templates import fill

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

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

_VERDICTS = """
SELECT register, party_id, verdict, pass_name, coalesce($score, 0.0) AS score, personal_id,
       coalesce(comparison, '{' || $levels || '}') AS comparison, $runner_up AS runner_up
FROM verdict JOIN party USING (pid)
ORDER BY register, party_id
"""

# The proposed person first, then by score; the holder of the number keeps the last place if need be.
_CANDIDATES = """
SELECT register, party_id,
       (row_number() OVER (PARTITION BY pid ORDER BY place))::INTEGER AS rank,
       personal_id, $score AS score, '{' || $comparison || '}' AS comparison
FROM (
    SELECT *, min(place) FILTER (holder) OVER (PARTITION BY pid) AS first_holder
    FROM (
        SELECT seen.*, row_number() OVER (
            PARTITION BY pid
            ORDER BY (seen.personal_id = proposed.personal_id) IS TRUE DESC, bits DESC, seen.personal_id
        ) AS place
        FROM (
            SELECT pid, personal_id, name, number, birth, ward, bits, bool_or(holder) AS holder
            FROM seen GROUP BY ALL
        ) AS seen
        JOIN (SELECT pid, personal_id FROM verdict) AS proposed USING (pid)
    )
)
JOIN party USING (pid)
WHERE place <= $kept - (coalesce(first_holder, 0) > $kept)::INT OR place = first_holder
ORDER BY register, party_id, rank
"""


def name_the_rest(con: DuckDBPyConnection) -> None:
    """Whoever no pass decided has no candidate, unless the number is known to be another's."""
    con.execute(_NOBODY)


def verdicts(con: DuckDBPyConnection) -> pa.Table:
    """One row for each party, by register and number."""
    levels = " || ', ' || ".join(fill("""'"$field": ' || $level""", field=f, level=_text(f)) for f in FIELDS)
    query = fill(_VERDICTS, score=score("bits"), runner_up=score("next_bits"), levels=levels)
    return con.sql(query).to_arrow_table()


def candidates(con: DuckDBPyConnection, rules: Ruleset) -> pa.Table:
    """Up to `rules.candidates_kept` persons for each party that is not plain, best first."""
    comparison = " || ', ' || ".join(
        fill(
            """'"$field": {"level": ' || $level || ', "bits": ' || $bits || '}'""",
            field=field,
            level=_text(field),
            bits=bits(rules.weights[field], field),
        )
        for field in FIELDS
    )
    query = fill(_CANDIDATES, score=score("bits"), comparison=comparison, kept=rules.candidates_kept)
    return con.sql(query).to_arrow_table()


def _text(field: str) -> str:
    """SQL: a level column as JSON text, under the name it has outside."""
    shown = " ".join(f"WHEN '{level}' THEN '{name}'" for level, name in SHOWN_AS.items())
    return fill(
        """coalesce('"' || CASE $field::VARCHAR $shown ELSE $field::VARCHAR END || '"', 'null')""",
        field=field,
        shown=shown,
    )
