"""What the planner knows of a register: renewed where a delivery made it another one."""

from collections.abc import Iterable
from typing import Final

from registry.deliveries.merges import table_of
from registry.deliveries.staging import row_of, run

# A register that grew by less than a tenth is left to autovacuum: looking at three registers took a second,
# as much for a day's difference as for a first load.
_LITTLE: Final = 10


def analyze_grown(models: Iterable[str], *, new: int) -> None:
    """Who reads a register next must not plan for the empty table it was. `new` rows came at most."""
    grown = [table for table in map(table_of, models) if _known_rows(table) < new * _LITTLE]
    if grown:
        run(f"ANALYZE {', '.join(grown)}")


def _known_rows(table: str) -> int:
    """As last counted; -1 where nobody has."""
    (rows,) = row_of(f"SELECT reltuples::bigint FROM pg_class WHERE oid = '{table}'::regclass")
    return rows
