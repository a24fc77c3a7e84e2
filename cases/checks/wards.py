"""The former wards that were divided, as a small table to look addresses up in."""

from typing import Final

from django.db import connection

from cases.runs.temporary import fresh_table

_COLUMNS: Final = """old_code text PRIMARY KEY, name text, district text, parts jsonb, ward_key text,
    district_key text"""
_BARE: Final = "regexp_replace(vr_fold({name}), '^(phuong|xa|thi tran|quan|huyen|thi xa|thanh pho) ', '')"

_FILL: Final = f"""
INSERT INTO split_ward
SELECT former.old_code, min(former.old_name), min(former.old_district),
       jsonb_agg(unit.name ORDER BY unit.name), {_BARE.format(name="min(former.old_name)")},
       {_BARE.format(name="min(former.old_district)")}
FROM registry_legacyunit AS former JOIN accounts_unit AS unit ON unit.id = former.unit_id
GROUP BY former.old_code HAVING NOT bool_and(former.moved = 'whole')"""


def gather_split_wards() -> None:
    """Fill the temporary table `split_ward`."""
    with connection.cursor() as cursor:
        fresh_table(cursor, "split_ward", _COLUMNS)
        cursor.execute(_FILL)
        cursor.execute("ANALYZE split_ward")
