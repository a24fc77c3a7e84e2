"""Tallies: what is counted while it happens. A statement that changes rows leaves by how much it did.

So a figure of a day is known without looking at the rows again. The leavings are only ever added, one row
for each thing counted, so nobody waits for anybody; `cases.progress.tallies` adds them up.
"""

from dataclasses import dataclass
from typing import Final

import pgtrigger
from django.conf import settings
from django.db import models


class Counted(models.Model):
    """`what` of which unit on which day; without a day where the day does not matter."""

    what = models.CharField(max_length=24)
    unit = models.ForeignKey(
        "accounts.Unit", models.PROTECT, null=True, related_name="+", db_constraint=False, db_index=False
    )
    day = models.DateField(null=True)

    class Meta:
        abstract = True


class Tally(Counted):
    """How many there are, as of the last count."""

    value = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["what", "unit", "day"], name="cases_tally_once", nulls_distinct=False
            )
        ]


class TallyChange(Counted):
    """How many more (or less) a statement made it, since."""

    more = models.BigIntegerField()


class CountBasis(models.Model):
    """On what kept counts rest: when this is another, all is counted anew."""

    name = models.CharField(max_length=20, primary_key=True)
    basis = models.TextField()


# A table that was emptied as a whole, or that somebody counted before there were triggers.
FORGET_COUNTS: Final = pgtrigger.Trigger(
    name="forget_counts",
    level=pgtrigger.Statement,
    when=pgtrigger.After,
    operation=pgtrigger.Truncate,
    func="DELETE FROM cases_countbasis; RETURN NULL;",
)


@dataclass(frozen=True)
class Tallied:
    """What is counted of the rows of a table.

    `columns`: those that decide it. `tallies`: SQL about `counted`, a row: what it is called, on which
    day it counts, whether it counts.
    """

    columns: tuple[str, ...]
    tallies: tuple[tuple[str, str, str], ...]

    def rows(self, **signs: int) -> str:
        """SQL of (what, unit_id, day, number) over the tables named, each row for so many.

        Rows that say the same are put together first: of what a run opens, and what did not change, little
        is left to look at.
        """
        columns = ", ".join(self.columns)
        sources = " UNION ALL ".join(f"SELECT {columns}, {sign} FROM {rows}" for rows, sign in signs.items())
        tallies = ", ".join(f"({', '.join(tally)})" for tally in self.tallies)
        return f"""SELECT tally.what, counted.unit_id, tally.day, sum(counted.rows)
FROM (
  SELECT {columns}, sum(sign) AS rows FROM ({sources}) AS row({columns}, sign)
  GROUP BY {columns} HAVING sum(sign) <> 0
) AS counted
CROSS JOIN LATERAL (VALUES {tallies}) AS tally(what, day, counts)
WHERE tally.counts GROUP BY 1, 2, 3 HAVING sum(counted.rows) <> 0"""

    def triggers(self) -> list[pgtrigger.Trigger]:
        return [
            self._note(pgtrigger.Insert, new_rows=1),
            self._note(pgtrigger.Update, new_rows=1, old_rows=-1),
            self._note(pgtrigger.Delete, old_rows=-1),
        ]

    def _note(self, operation: pgtrigger.Operation, **signs: int) -> pgtrigger.Trigger:
        return pgtrigger.Trigger(
            name=f"tally_{str(operation).lower()}",
            level=pgtrigger.Statement,
            when=pgtrigger.After,
            operation=operation,
            referencing=changed_rows(operation),
            func=f"""INSERT INTO cases_tallychange (what, unit_id, day, more)
{self.rows(**signs)}; RETURN NULL;""",
        )


def changed_rows(operation: pgtrigger.Operation) -> pgtrigger.Referencing:
    """What a statement's trigger sees of the rows before and after."""
    return pgtrigger.Referencing(  # type: ignore[no-untyped-call]
        old=None if operation == pgtrigger.Insert else "old_rows",
        new=None if operation == pgtrigger.Delete else "new_rows",
    )


def day_of(column: str) -> str:
    """The day of the city in which a moment lies."""
    return f"(counted.{column} AT TIME ZONE '{settings.TIME_ZONE}')::date"
