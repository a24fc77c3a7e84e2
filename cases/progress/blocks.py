"""The vehicles of the blocks that changed, counted again; once a day, all of them."""

from typing import Any, Final

from django.db import connection

from cases.models.block import BLOCK_BITS, WITHIN_BLOCK
from cases.progress import twins
from cases.progress.basis import has_changed
from cases.progress.qualities import OWNER, QUALITIES, REGISTERED, VERDICT

# Above this part of all blocks, twins are found by one pass over the numbers of the whole register.
_MANY = 0.1

_TAKE = """
WITH taken AS (DELETE FROM cases_changedblock RETURNING block, numbers)
SELECT block, bool_or(numbers) FROM taken GROUP BY block"""
_FORGET = "DELETE FROM cases_blockcount WHERE block = ANY(%(blocks)s)"
_FORGET_ALL = "DELETE FROM cases_blockcount"

_COLUMNS = ", ".join(f"are_{quality}" for quality in QUALITIES)
_COUNTS = ",\n    ".join(f"count(*) FILTER (WHERE {condition})" for condition in QUALITIES.values())
# Block by block: each is a short stretch of three indexes.
_COUNT: Final = f"""
INSERT INTO cases_blockcount (block, unit_id, vehicles, {_COLUMNS})
SELECT changed.block, counted.* FROM unnest(%(blocks)s::int[]) AS changed(block)
CROSS JOIN LATERAL (
  SELECT vehicle.unit_id, count(*),
    {_COUNTS}
  FROM registry_vehicle AS vehicle
  {OWNER} AND owner.id {WITHIN_BLOCK}
  {VERDICT} AND verdict.subject_id {WITHIN_BLOCK}
  WHERE {REGISTERED} AND vehicle.owner_id {WITHIN_BLOCK}
  GROUP BY 1
) AS counted"""


def bring_up_to_date(params: dict[str, Any], *, anew: bool) -> None:
    """Count the blocks that changed; `anew`, or when conditions mean something else today, all of them."""
    anew = has_changed("vehicles", params["today"], params["start"], twins.CONDITIONS, _COUNT) or anew
    changed, every = _take_changed(), _every_block()
    numbers = [block for block, numbers_changed in changed.items() if numbers_changed]
    if anew or len(numbers) > _MANY * len(every):
        concerned = twins.bring_up_to_date(None)
    else:
        concerned = twins.bring_up_to_date(numbers)
    _count(every if anew else changed.keys() | concerned, params, anew=anew)


def _take_changed() -> dict[int, bool]:
    """The blocks that were noted, and whether numbers may have changed. What is noted later stays."""
    with connection.cursor() as cursor:
        cursor.execute(_TAKE)
        return dict(cursor.fetchall())


def _every_block() -> set[int]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT coalesce(max(id) >> {BLOCK_BITS}, -1) FROM registry_owner")
        return set(range(cursor.fetchone()[0] + 1))


def _count(blocks: set[int], params: dict[str, Any], *, anew: bool) -> None:
    with connection.cursor() as cursor:
        cursor.execute(_FORGET_ALL if anew else _FORGET, {"blocks": list(blocks)})
        cursor.execute(_COUNT, params | {"blocks": sorted(blocks)})
