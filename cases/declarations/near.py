"""Entries near to what was declared, where none is it: one sign off, another kind, the holder's other card.

The ways in which a plate or number may be mistyped are written out and looked up by the index of the keys:
nothing is compared with the whole register.
"""

from datetime import datetime
from typing import Any

from django.db import connection

from cases.models.subject import Register
from cases.runs.temporary import fresh_table
from vehreg.planner import only_by_index

# Entries kept on a declaration.
_KEPT = 5

_COLUMNS = """id bigint PRIMARY KEY, key text, kind text, colour text, class text, name_key text,
    id_key text, chassis_no text, engine_no text"""
_TABLES = {
    "variant": "id bigint, key text, why text",
    "hit": "id bigint, entry_id bigint, why text, fits boolean, alike boolean",
}

# Those whose entry was not found just now; and earlier ones, once the registers have changed since.
_MISSING = """
INSERT INTO missing
SELECT declaration.id, coalesce(declaration.{key}, ''), declaration.vehicle_kind, declaration.plate_colour,
       declaration.licence_class, declaration.name_key, coalesce(declaration.id_key, ''),
       declaration.chassis_no, declaration.engine_no
FROM cases_declaration AS declaration
WHERE declaration.state = 'unknown' AND declaration.subject = %(register)s
  AND declaration.id BETWEEN %(first)s AND %(last)s
  AND (declaration.reconciled_at = %(at)s OR declaration.reconciled_at < (
    SELECT max(delivery.applied_at) FROM registry_delivery AS delivery
    WHERE delivery.kind = %(delivered)s))"""

# Signs taken for one another, by eye or by ear; a digit is mistyped as another digit, a letter as a letter.
_LOOK_ALIKE = """(VALUES ('O', '0'), ('0', 'O'), ('Q', '0'), ('D', '0'), ('0', 'D'), ('I', '1'), ('1', 'I'),
    ('L', '1'), ('1', 'L'), ('B', '8'), ('8', 'B'), ('S', '5'), ('5', 'S'), ('Z', '2'), ('2', 'Z'),
    ('G', '6'), ('6', 'G'), ('D', 'Đ'), ('Đ', 'D')) AS mistaken(sign, other)"""
_DIGITS = "0123456789"
_LETTERS = "ABCDEFGHIKLMNOPQRSTUVXYZĐ"

_VARIANT = f"""
INSERT INTO variant
SELECT missing.id, missing.key, 'same' FROM missing WHERE missing.key <> ''
UNION
SELECT missing.id, left(missing.key, -5) || translate(right(missing.key, 5), 'OQDILBSZG', '000118526'),
       'look_alike'
FROM missing WHERE missing.key <> ''
UNION
SELECT missing.id, overlay(missing.key PLACING mistaken.other FROM place FOR 1), 'look_alike'
FROM missing CROSS JOIN generate_series(1, length(missing.key)) AS place
JOIN {_LOOK_ALIKE} ON mistaken.sign = substr(missing.key, place, 1)
UNION
SELECT missing.id, overlay(missing.key PLACING other FROM place FOR 1), 'one_sign'
FROM missing CROSS JOIN generate_series(1, length(missing.key)) AS place
CROSS JOIN LATERAL regexp_split_to_table(
    CASE WHEN substr(missing.key, place, 1) ~ '[0-9]' THEN '{_DIGITS}' ELSE '{_LETTERS}' END, '') AS other
UNION
SELECT missing.id, overlay(missing.key PLACING substr(missing.key, place + 1, 1)
    || substr(missing.key, place, 1) FROM place FOR 2), 'swapped'
FROM missing CROSS JOIN generate_series(1, length(missing.key) - 1) AS place
UNION
SELECT missing.id, overlay(missing.key PLACING '' FROM place FOR 1), 'one_sign'
FROM missing CROSS JOIN generate_series(1, length(missing.key)) AS place
UNION
SELECT missing.id, overlay(missing.key PLACING digit FROM place FOR 0), 'one_sign'
FROM missing CROSS JOIN generate_series(3, length(missing.key) + 1) AS place
CROSS JOIN regexp_split_to_table('{_DIGITS}', '') AS digit WHERE missing.key <> ''"""

_FITS = """coalesce({party}.name_key = missing.name_key, false)
    OR coalesce({party}.id_key = missing.id_key AND missing.id_key <> '', false)"""

# The vehicles with one key, each with its owner. `OFFSET 0`: looked up for each key, whatever the planner
# holds of the tables; it would rather read the whole register in order of its owners.
_MET = """CROSS JOIN LATERAL (
    SELECT vehicle.id, vehicle.vehicle_kind, owner.name_key, owner.id_key
    FROM registry_vehicle AS vehicle JOIN registry_owner AS owner ON owner.id = vehicle.owner_id
    WHERE vehicle.{column} = {key} OFFSET 0) AS met"""
_MET_FITS = f"{_FITS.format(party='met')}, coalesce(met.vehicle_kind = missing.kind, true)"

# The very plate is of another kind or colour, or of several. A stamped number tells the vehicle, too.
_VEHICLES = f"""
INSERT INTO hit
SELECT missing.id, met.id, CASE
           WHEN variant.why <> 'same' THEN variant.why
           WHEN missing.kind IS NULL THEN 'same_plate'
           WHEN met.vehicle_kind IS DISTINCT FROM missing.kind THEN 'other_kind'
           ELSE 'other_colour' END, {_MET_FITS}
FROM missing JOIN variant USING (id) {_MET.format(column="plate_key", key="variant.key")}
UNION ALL
SELECT missing.id, met.id, 'same_chassis', {_MET_FITS}
FROM missing {_MET.format(column="chassis_no", key="missing.chassis_no")}
WHERE length(missing.chassis_no) > 5
UNION ALL
SELECT missing.id, met.id, 'same_engine', {_MET_FITS}
FROM missing {_MET.format(column="engine_no", key="missing.engine_no")}
WHERE length(missing.engine_no) > 5"""

_CARD = """CROSS JOIN LATERAL (
    SELECT licence.id, licence.licence_class, licence.name_key, licence.id_key
    FROM registry_driverlicence AS licence
    WHERE licence.{column} = {key} AND licence.{column} <> '' OFFSET 0) AS met"""

# A licence's number alone is near to many: its holder's name or number must be the declarant's.
_LICENCES = f"""
INSERT INTO hit
SELECT missing.id, met.id, CASE WHEN variant.why = 'same' THEN 'same_number' ELSE variant.why END, true,
       coalesce(upper(met.licence_class) = upper(missing.class), false)
FROM missing JOIN variant USING (id) {_CARD.format(column="number_key", key="variant.key")}
WHERE {_FITS.format(party="met")}
UNION ALL
SELECT missing.id, met.id, 'same_holder', true,
       coalesce(upper(met.licence_class) = upper(missing.class), false)
FROM missing {_CARD.format(column="id_key", key="missing.id_key")}
WHERE missing.id_key <> ''"""
_HITS = {Register.VEHICLE.value: _VEHICLES, Register.LICENCE.value: _LICENCES}

# Best first. One sign off is a neighbour's plate as a rule, unless the owner is the declarant.
_KEEP = f"""
UPDATE cases_declaration AS declaration
SET finding = (declaration.finding - 'candidates') || coalesce(near.candidates, '{{}}'),
    reconciled_at = %(at)s
FROM missing LEFT JOIN (
    SELECT ranked.id, jsonb_build_object('candidates', jsonb_agg(jsonb_build_object('entry',
        ranked.entry_id, 'why', ranked.why, 'fits', ranked.fits) ORDER BY ranked.place)) AS candidates
    FROM (
        SELECT best.*, row_number() OVER (PARTITION BY best.id
            ORDER BY best.fits DESC, best.weight, best.alike DESC, best.entry_id) AS place
        FROM (
            SELECT DISTINCT ON (hit.id, hit.entry_id) hit.*, rule.weight
            FROM hit JOIN (VALUES ('same_chassis', 1), ('same_engine', 2), ('same_plate', 3),
                ('other_colour', 3), ('other_kind', 4), ('same_number', 5), ('look_alike', 6), ('swapped', 7),
                ('one_sign', 8), ('same_holder', 9)) AS rule(why, weight) ON rule.why = hit.why
            WHERE hit.fits OR hit.alike OR hit.why <> 'one_sign'
            ORDER BY hit.id, hit.entry_id, rule.weight
        ) AS best
    ) AS ranked
    WHERE ranked.place <= {_KEPT} GROUP BY ranked.id
) AS near ON near.id = missing.id
WHERE declaration.id = missing.id"""

_OF = {
    Register.VEHICLE.value: ("plate_key", "vehicles"),
    Register.LICENCE.value: ("licence_key", "licences"),
}


def find_near(*, first: int, last: int, at: datetime) -> None:
    """Keep near entries on the declarations with these ids of which none was found (`finding.candidates`).

    Looked for when a declaration has just been understood (`reconciled_at` is `at`), and again after
    each delivery of the register.
    """
    for register, (key, delivered) in _OF.items():
        params: dict[str, Any] = {
            "register": register, "first": first, "last": last, "at": at, "delivered": delivered,
        }  # fmt: skip
        with connection.cursor() as cursor:
            fresh_table(cursor, "missing", _COLUMNS)
            cursor.execute(_MISSING.format(key=key), params)
            if not cursor.rowcount:
                continue
            for name, columns in _TABLES.items():
                fresh_table(cursor, name, columns)
            cursor.execute(_VARIANT)
            cursor.execute("ANALYZE missing")
            cursor.execute("ANALYZE variant")
            with only_by_index():
                cursor.execute(_HITS[register])
            cursor.execute(_KEEP, params)
