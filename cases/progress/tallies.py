"""Tallies brought up to date: what statements left behind is added up, and once a day all is counted anew.

Adding up looks at no case and no declaration, so it costs the same in a city of any size.
"""

from typing import Any, Final

from django.db import connection

from cases.models.case import CASES_TALLIED
from cases.models.counted import LICENCES_TALLIED, VEHICLES_TALLIED
from cases.models.declaration import DECLARATIONS_TALLIED
from cases.progress.basis import has_changed

_TABLES: Final = {
    "cases_verificationcase": CASES_TALLIED,
    "cases_declaration": DECLARATIONS_TALLIED,
    "registry_driverlicence": LICENCES_TALLIED,
    "registry_vehicle": VEHICLES_TALLIED,
}
_ALL_ROWS: Final = "\nUNION ALL\n".join(tallied.rows(**{table: 1}) for table, tallied in _TABLES.items())

_ADD_UP = """
WITH left_behind AS (DELETE FROM cases_tallychange RETURNING what, unit_id, day, more)
INSERT INTO cases_tally AS tally (what, unit_id, day, value)
SELECT what, unit_id, day, sum(more) FROM left_behind GROUP BY 1, 2, 3 HAVING sum(more) <> 0
ON CONFLICT (what, unit_id, day) DO UPDATE SET value = tally.value + excluded.value"""

# One statement: the rows it counts are just those whose changes it drops.
_COUNT_ALL = f"""
WITH left_behind AS (DELETE FROM cases_tallychange)
INSERT INTO cases_tally (what, unit_id, day, value)
{_ALL_ROWS}"""


def bring_up_to_date(params: dict[str, Any], *, anew: bool) -> None:
    """Add up what has changed; `anew`, or on a new day, count all rows instead."""
    anew = has_changed("tallies", params["today"], _ALL_ROWS) or anew
    with connection.cursor() as cursor:
        if anew:
            cursor.execute("DELETE FROM cases_tally")
        cursor.execute(_COUNT_ALL if anew else _ADD_UP)
