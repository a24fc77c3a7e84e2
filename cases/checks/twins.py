"""Registrations that share a number: found once for the whole register, or by index for a few of them.

The temporary table `twin` has a row for each entry of `subject` and each number it shares: who the others
are, ten at most. Nobody is joined with himself row by row: numbers are grouped, then their holders fetched.
"""

from typing import Final

from django.db import connection

from cases.checks.entries import LIVE
from cases.models import CheckRun
from cases.models.subject import Register
from cases.runs.temporary import fresh_table

_LIVE: Final = LIVE[Register.VEHICLE.value]
_SHOWN: Final = 10
_COLUMNS: Final = "field text, subject_id bigint, ids jsonb, others jsonb, PRIMARY KEY (field, subject_id)"

# Kinds that share series of plates.
_SERIES: Final = """CASE WHEN {alias}.vehicle_kind IN ('motorbike', 'moped', 'electric_motorbike') THEN 'two'
    WHEN {alias}.vehicle_kind IN ('car', 'tractor', 'trailer') THEN 'four'
    ELSE {alias}.vehicle_kind END || {alias}.plate_colour"""
# Something that no vehicle has for its own stands on thousands.
_A_NUMBER: Final = "{alias}.{key} ~ '[0-9]' AND btrim({alias}.{key}, left({alias}.{key}, 1)) <> ''"

# By the name the rules know it: the column with the index, what else must agree, what may be compared.
_SHARED: Final = {
    "chassis_no": ("chassis_no", "''", _A_NUMBER),
    "engine_no": ("engine_no", "''", _A_NUMBER),
    "plate": ("plate_key", _SERIES, "true"),
    "colour": ("plate_key", "{alias}.vehicle_kind", "true"),
}
KEYS: Final = ("chassis_no", "engine_no", "plate_key")
"""Columns in which two registrations may carry the same."""

_SHARED_KEYS: Final = """
INSERT INTO cases_checktwin (run_id, field, key)
SELECT %(run)s, '{key}', {key} FROM registry_vehicle
WHERE {key} IS NOT NULL AND {key} <> '' GROUP BY {key} HAVING count(*) > 1"""

_KNOWN: Final = """JOIN cases_checktwin AS shared ON shared.run_id = %(run)s AND shared.field = '{key}'
        AND shared.key = entry.{key}"""

_GATHER: Final = """
INSERT INTO twin
WITH mine AS MATERIALIZED (
    SELECT entry.id, entry.{key} AS key, {mine_also} AS also
    FROM subject JOIN registry_vehicle AS entry ON entry.id = subject.subject_id AND {live}
    {known}
    WHERE entry.{key} <> '' AND {usable}
), held AS (
    SELECT other.{key} AS key, {other_also} AS also,
           (array_agg(other.id ORDER BY other.id))[1:{some}] AS ids,
           (array_agg(other.plate ORDER BY other.id))[1:{some}] AS plates
    FROM (SELECT DISTINCT key FROM mine) AS keys
    JOIN registry_vehicle AS other ON other.{key} = keys.key AND {other_live}
    GROUP BY 1, 2 HAVING count(*) > 1
)
SELECT '{field}', mine.id, beside.ids, beside.others
FROM mine JOIN held ON held.key = mine.key AND held.also = mine.also
CROSS JOIN LATERAL (
    SELECT jsonb_agg(one.id ORDER BY one.id) AS ids,
           jsonb_agg(jsonb_build_object('id', one.id, 'plate', one.plate) ORDER BY one.id) AS others
    FROM (
        SELECT * FROM unnest(held.ids, held.plates) AS member(id, plate)
        WHERE member.id <> mine.id ORDER BY member.id LIMIT {shown}
    ) AS one
) AS beside"""


def find_shared(run: CheckRun, key: str) -> None:
    """Write down the numbers that stand on two registrations, in one pass over the index of the column."""
    with connection.cursor() as cursor:
        cursor.execute(_SHARED_KEYS.format(key=key), {"run": run.pk})
        cursor.execute("ANALYZE cases_checktwin")


def gather_twins(run: CheckRun | None) -> None:
    """Fill `twin` for the vehicles in `subject`; by what `run` has written down, or by index where None."""
    with connection.cursor() as cursor:
        fresh_table(cursor, "twin", _COLUMNS)
        for field, (key, also, usable) in _SHARED.items():
            sql = _GATHER.format(
                field=field,
                key=key,
                mine_also=also.format(alias="entry"),
                other_also=also.format(alias="other"),
                usable=usable.format(alias="entry", key=key),
                live=_LIVE,
                other_live=_LIVE.replace("entry.", "other."),
                known=_KNOWN.format(key=key) if run else "",
                some=_SHOWN + 1,
                shown=_SHOWN,
            )
            cursor.execute(sql, {"run": run.pk if run else None})
        cursor.execute("ANALYZE twin")
