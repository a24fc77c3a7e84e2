"""The comparison of each field as SQL macros, and the conditions of the rules as SQL."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from cases.matching.levels import FIELDS, LEVELS
from cases.matching.templates import fill, literals

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_TYPE = "CREATE TYPE ${field}_level AS ENUM ($levels)"

_MACROS = (
    # Neighbours swapped: all before and after the two agrees, the two are crossed.
    """CREATE MACRO swapped_neighbours(a, b) AS len(list_filter(range(1, 12), lambda place:
        a[place:place + 1] = reverse(b[place:place + 1])
        AND a[:place - 1] = b[:place - 1] AND a[place + 2:] = b[place + 2:])) > 0""",
    """CREATE MACRO number_near(a, b) AS CASE
        WHEN a = b THEN 'same'
        WHEN length(a) <> length(b) THEN 'different'
        WHEN hamming(a, b) = 1 THEN 'one_digit'
        WHEN hamming(a, b) = 2 AND swapped_neighbours(a, b) THEN 'swap'
        WHEN hamming(a, b) = 2 THEN 'two_digits'
        ELSE 'different' END""",
    """CREATE MACRO former_rank(level) AS CASE level
        WHEN 'same' THEN 1 WHEN 'swap' THEN 2 WHEN 'one_digit' THEN 3 WHEN 'two_digits' THEN 4 ELSE 5 END""",
    """CREATE MACRO former_near(id9, formers) AS CASE
        list_min(list_transform(formers, lambda old: former_rank(number_near(id9, old))))
        WHEN 1 THEN 'former' WHEN 2 THEN 'swap' WHEN 3 THEN 'one_digit' WHEN 4 THEN 'two_digits'
        WHEN 5 THEN 'different' ELSE 'missing' END""",
    """CREATE MACRO number_level(id12, id9, personal_id, formers) AS (CASE
        WHEN id12 IS NOT NULL THEN number_near(id12, personal_id)
        WHEN id9 IS NOT NULL THEN former_near(id9, formers)
        ELSE 'missing' END)::number_level""",
    """CREATE MACRO parts_shared(a, b) AS
        (day(a) = day(b))::INT + (month(a) = month(b))::INT + (year(a) = year(b))::INT""",
    """CREATE MACRO exact_level(a, b) AS CASE
        WHEN a = b THEN 'same'
        WHEN year(a) = year(b) AND day(a) = month(b) AND month(a) = day(b) THEN 'swapped'
        WHEN parts_shared(a, b) = 2 THEN 'one_part'
        ELSE 'different' END""",
    """CREATE MACRO birth_level(a_exact, a_month, a_year, b_exact, b_month, b_year) AS (CASE
        WHEN a_year IS NULL OR b_year IS NULL THEN 'missing'
        WHEN a_exact IS NOT NULL AND b_exact IS NOT NULL THEN exact_level(a_exact, b_exact)
        WHEN a_year <> b_year THEN 'different'
        WHEN a_month <> b_month THEN 'different'
        WHEN a_month = b_month THEN 'month'
        ELSE 'year' END)::birth_level""",
    """CREATE MACRO ward_level(a, b) AS (CASE
        WHEN a IS NULL OR b IS NULL THEN 'missing'
        WHEN a = b THEN 'same' ELSE 'different' END)::ward_level""",
    # Spelled alike, or alike but for one side being wholly in capitals: no need to ask any further.
    """CREATE MACRO name_level_at_once(a, b) AS (CASE
        WHEN a = '' OR b = '' THEN 'missing'
        WHEN a = b OR a = upper(b) OR upper(a) = b THEN 'same' END)::name_level""",
    # A birth date is exact when the day is known; 1 January stands for "day not known" too often.
    """CREATE MACRO exact_birth(born, said) AS
        CASE WHEN said = 'day' AND NOT (day(born) = 1 AND month(born) = 1) THEN born END""",
    """CREATE MACRO month_of_birth(born, said) AS
        CASE WHEN said = 'month' OR exact_birth(born, said) IS NOT NULL
        THEN year(born) * 12 + month(born) END""",
)


def install(con: DuckDBPyConnection) -> None:
    """The level types and the comparison macros, in this connection."""
    for field in FIELDS:
        con.execute(fill(_TYPE, field=field, levels=literals(LEVELS[field])))
    for macro in _MACROS:
        con.execute(macro)


def condition(when: Mapping[str, tuple[str, ...]]) -> str:
    """SQL: every field named is on one of its levels."""
    parts = (f"{field} IN ({literals(levels)})" for field, levels in when.items())
    return " AND ".join(parts) or "true"
