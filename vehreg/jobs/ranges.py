"""Chunks of even size over whatever rows there are to work on."""

from collections.abc import Mapping
from typing import Any, Final

from django.db import connection

from vehreg.jobs.kinds import ChunkPlan

_RANGES: Final = """
SELECT min(id), max(id), count(*) FROM (
    SELECT id, (row_number() OVER (ORDER BY id) - 1) / %(size)s AS part FROM ({ids}) AS ids
) AS parts GROUP BY part ORDER BY part"""


def even_ranges(ids: str, *, size: int, params: Mapping[str, Any] | None = None) -> list[ChunkPlan]:
    """A chunk {"first", "last"} for each `size` rows of the SELECT `ids`, whose one column is `id`."""
    with connection.cursor() as cursor:
        cursor.execute(_RANGES.format(ids=ids), {"size": size, **(params or {})})
        return [ChunkPlan({"first": first, "last": last}, count) for first, last, count in cursor.fetchall()]
