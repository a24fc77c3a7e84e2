"""Blocks of the vehicle register: what changed is noted by block, and counts are kept by block.

A block is 2,048 owners that follow each other. A vehicle belongs to its owner's block and an owner's verdict
to its subject's, so whatever changes names its block without looking anything up. The notes are only ever
added, so nobody waits for anybody; `cases.progress.blocks` counts the blocks that are noted.
"""

from typing import Final

import pgtrigger
from django.db import models

from cases.models.tally import changed_rows

BLOCK_BITS: Final = 11
# SQL: an owner's id is within the block of the row `changed`.
WITHIN_BLOCK: Final = (
    f"BETWEEN changed.block::bigint << {BLOCK_BITS} AND ((changed.block + 1)::bigint << {BLOCK_BITS}) - 1"
)
_ALL = "\nUNION ALL\n"


class ChangedBlock(models.Model):
    """Something in this block has changed. `numbers`: perhaps chassis or engine numbers, too."""

    block = models.IntegerField()
    numbers = models.BooleanField()


class BlockCount(models.Model):
    """Of the registered vehicles of a block and unit: how many there are, and how many have each quality."""

    block = models.IntegerField()
    unit = models.ForeignKey(
        "accounts.Unit", models.PROTECT, null=True, related_name="+", db_constraint=False, db_index=False
    )
    vehicles = models.IntegerField()
    are_correct = models.IntegerField()
    are_complete = models.IntegerField()
    are_clean = models.IntegerField()
    are_live = models.IntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["block", "unit"], name="cases_blockcount_once", nulls_distinct=False
            )
        ]


class TwinNumber(models.Model):
    """A chassis or engine number that stands on more than one registration, as of the last count."""

    field = models.CharField(max_length=12)
    number = models.CharField(max_length=60)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["field", "number"], name="cases_twinnumber_once")]


def block_triggers(
    *operations: pgtrigger.Operation, owner_id: str, where: str = "true", numbers: tuple[str, ...] = ()
) -> list[pgtrigger.Trigger]:
    """Note the blocks in which a statement has changed something.

    `owner_id`: the column that says whose the row is. `numbers`: those that decide which vehicles are twins.
    """
    return [_trigger(operation, owner_id, where, numbers) for operation in operations]


def _trigger(
    operation: pgtrigger.Operation, owner_id: str, where: str, numbers: tuple[str, ...]
) -> pgtrigger.Trigger:
    seen = changed_rows(operation)
    told = str(bool(numbers) and operation != pgtrigger.Update).lower()
    changed = [
        f"SELECT {owner_id} >> {BLOCK_BITS}, {told} FROM {rows} WHERE {where}"
        for rows in (seen.old, seen.new)
        if rows
    ]
    if numbers and operation == pgtrigger.Update:
        changed.append(_with_other_numbers(owner_id, numbers))
    return pgtrigger.Trigger(
        name=f"block_{str(operation).lower()}",
        level=pgtrigger.Statement,
        when=pgtrigger.After,
        operation=operation,
        referencing=seen,
        func=f"""INSERT INTO cases_changedblock (block, numbers)
SELECT block, bool_or(numbers) FROM (
{_ALL.join(changed)}
) AS changed(block, numbers) GROUP BY block; RETURN NULL;""",
    )


def _with_other_numbers(owner_id: str, numbers: tuple[str, ...]) -> str:
    """Not a join: its plan is kept with the trigger; one made for a row would serve a million."""
    columns = ", ".join(("id", owner_id, *numbers))
    return f"""SELECT {owner_id} >> {BLOCK_BITS}, true
FROM (SELECT {columns} FROM new_rows EXCEPT SELECT {columns} FROM old_rows) AS other"""
