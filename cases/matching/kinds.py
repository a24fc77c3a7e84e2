"""Pass 0: organisations and foreigners are not in the population register by nature."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyarrow as pa

from registry.identity.numbers import tax_code_valid

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_TAX_CODES = "SELECT DISTINCT id_number FROM party WHERE kind = 'organisation' AND id_number <> ''"

_ORGANISATIONS = """
INSERT INTO verdict (pid, verdict, pass_name, comparison)
SELECT pid, 'organisation', 'kind', '{"tax_code": "' || coalesce(tax_codes.state, 'missing') || '"}'
FROM party LEFT JOIN tax_codes USING (id_number) WHERE kind = 'organisation'
"""

_FOREIGNERS = """
INSERT INTO verdict (pid, verdict, pass_name, comparison)
SELECT pid, 'foreigner', 'kind',
       '{"document": "' || CASE WHEN id_number = '' THEN 'missing' ELSE 'present' END || '"}'
FROM party WHERE kind = 'foreigner'
"""


def decide_by_kind(con: DuckDBPyConnection) -> None:
    """Verdicts of organisations (tax code valid, invalid or missing) and foreigners (document or none)."""
    numbers = con.sql(_TAX_CODES).to_arrow_table().column("id_number")
    states = ["valid" if tax_code_valid(number) else "invalid" for number in numbers.to_pylist()]
    con.register("tax_codes", pa.table({"id_number": numbers, "state": pa.array(states, pa.string())}))
    con.execute(_ORGANISATIONS)
    con.execute(_FOREIGNERS)
