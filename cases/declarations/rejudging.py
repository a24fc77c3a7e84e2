"""Declarations of entries that were corrected are judged anew: what differed may agree now.

The only way back from a correction to what was declared. A register that a delivery changes does not turn
an old declaration around.
"""

from collections.abc import Iterable
from typing import Any, Final

from django.db import connection

from cases.declarations.entries import COLUMN
from cases.declarations.reconcile import Reconciled, reconcile_anew
from cases.models.subject import Register

# The entries that declarations speak of, by the register that was corrected: an owner's are the vehicles.
_ENTRIES: Final = {
    Register.OWNER.value: (
        Register.VEHICLE.value,
        "SELECT vehicle.id FROM registry_vehicle AS vehicle WHERE vehicle.owner_id IN ({ids})",
    ),
    Register.VEHICLE.value: (Register.VEHICLE.value, "{ids}"),
    Register.LICENCE.value: (Register.LICENCE.value, "{ids}"),
}
_DECLARED: Final = """
SELECT DISTINCT declaration.{column} FROM cases_declaration AS declaration
WHERE declaration.{column} IN ({entries}) AND declaration.state IN ('confirms', 'differs')"""


def declared_entries(corrected: Iterable[tuple[str, int]]) -> dict[str, list[int]]:
    """The entries with declarations behind (register, id) of rows about to be corrected, by register."""
    found: dict[str, set[int]] = {}
    for register, entry_id in corrected:
        about, sql = _declared(register, "%(id)s")
        with connection.cursor() as cursor:
            cursor.execute(sql, {"id": entry_id})
            found.setdefault(about, set()).update(entry for (entry,) in cursor.fetchall())
    return {about: sorted(entries) for about, entries in found.items() if entries}


def rejudge(entries: dict[str, list[int]]) -> None:
    """Judge the declarations of these entries anew, in the present transaction."""
    for register, ids in entries.items():
        reconcile_anew(register, "SELECT unnest(%(ids)s::bigint[])", {"ids": ids})


def rejudge_corrected(register: str, ids: str, params: dict[str, Any] | None = None) -> Reconciled:
    """The same for the rows of a register whose ids the SQL selects, many at once."""
    about, sql = _declared(register, ids)
    return reconcile_anew(about, sql, params or {})


def _declared(register: str, ids: str) -> tuple[str, str]:
    about, entries = _ENTRIES[register]
    return about, _DECLARED.format(column=COLUMN[about], entries=entries.format(ids=ids))
