"""What was declared of the entries at hand, beside the register's party and the population, in one table.

The temporary table `said` has one row for each declaration of the entries in `subject`. Names and numbers
that are not equal letter by letter are compared by the library of identity, each distinct pair once.
"""

from collections.abc import Callable, Iterable

import pyarrow as pa
from django.conf import settings
from django.db import connection
from django.db.backends.utils import CursorWrapper

from cases.declarations.entries import COLUMN
from cases.declarations.statuses import UNSAID
from cases.links import linked_sql
from cases.models.subject import Register
from cases.runs.temporary import csv_lines, fresh_table
from registry.identity.name_levels import VARIANT_LEVELS, compare_names
from registry.identity.numbers import number_distance

_COLUMNS = """
    id bigint PRIMARY KEY, subject_id bigint, state text, finding jsonb, fresh boolean,
    declared_at timestamptz, day date, label text, status text, name text, name_key text, id_key text,
    number text, raw_number text, phone text, unit_id bigint, chassis_no text, engine_no text,
    licence_class text, counterparty text, counterparty_key text, counterparty_id_key text,
    counterparty_number text, counterparty_person bigint, since date, note text, mark text,
    person_id bigint, person_name text, person_name_key text, person_birth date, person_died date,
    entry_unit bigint, entry_status text, entry_chassis text, entry_engine text, entry_class text,
    registered_on date, vehicle_count int,
    party_kind text, party_name text, party_name_key text, party_id_key text, party_number text,
    party_raw_number text, party_birth date, party_exact boolean, party_phone text, linked boolean,
    known_id bigint, known_name text, known_name_key text, known_died date, known_unit bigint,
    replaced_by bigint, who text, differs jsonb, kind text, gives boolean DEFAULT false,
    takes boolean DEFAULT false, meets boolean DEFAULT false, passed boolean DEFAULT false,
    contested boolean DEFAULT false, becomes text, plain boolean DEFAULT false"""

# An entry and its party under one set of names.
_ENTRY = {
    Register.VEHICLE.value: f"""
SELECT entry.id AS entry_id, entry.unit_id AS entry_unit, entry.status AS entry_status,
       entry.chassis_no AS entry_chassis, entry.engine_no AS entry_engine, NULL AS entry_class,
       entry.registered_on, 1 AS vehicle_count, party.kind AS party_kind, party.name AS party_name,
       party.name_key AS party_name_key, party.id_key AS party_id_key, party.id_number AS party_raw_number,
       party.birth_date AS party_birth, party.birth_precision AS party_precision,
       party.phone AS party_phone, {linked_sql(Register.OWNER, "party")} AS party_person_id
FROM registry_vehicle AS entry JOIN registry_owner AS party ON party.id = entry.owner_id""",
    Register.LICENCE.value: f"""
SELECT entry.id AS entry_id, entry.unit_id AS entry_unit, NULL AS entry_status,
       NULL AS entry_chassis, NULL AS entry_engine, entry.licence_class AS entry_class,
       NULL::date AS registered_on, 0 AS vehicle_count, 'citizen' AS party_kind,
       entry.holder_name AS party_name, entry.name_key AS party_name_key, entry.id_key AS party_id_key,
       entry.holder_id_number AS party_raw_number, entry.holder_birth_date AS party_birth,
       entry.holder_birth_precision AS party_precision, NULL AS party_phone,
       {linked_sql(Register.LICENCE)} AS party_person_id
FROM registry_driverlicence AS entry""",
}

# A person by number: today's twelve digits or the former nine; of several the one of that name.
_BY_NUMBER = """
    SELECT person.* FROM registry_person AS person
    WHERE person.personal_id = {number} AND length({number}) = 12
    UNION ALL
    (SELECT person.* FROM registry_person AS person
    WHERE person.former_ids @> ARRAY[{number}::varchar(12)] AND length({number}) = 9
    ORDER BY person.name_key = {name} DESC, person.id LIMIT 1)"""

_GATHER = """
INSERT INTO said
SELECT declaration.id, entry.entry_id, declaration.state, declaration.finding,
       false, declaration.declared_at,
       least((declaration.declared_at AT TIME ZONE %(zone)s)::date, (now() AT TIME ZONE %(zone)s)::date),
       declaration.channel || ':' || declaration.external_id, coalesce(declaration.usage_status, %(unsaid)s),
       declaration.declarant_name, declaration.name_key, coalesce(declaration.id_key, ''),
       coalesce(vr_compact(declaration.declarant_id), ''), declaration.declarant_id,
       declaration.declarant_phone, declaration.unit_id, declaration.chassis_no, declaration.engine_no,
       declaration.licence_class, declaration.counterparty_name,
       coalesce(vr_fold(declaration.counterparty_name), ''),
       coalesce(vr_id_key(declaration.counterparty_id), ''), declaration.counterparty_id, facing.id,
       declaration.since, declaration.note,
       left(md5(concat_ws('|', declaration.usage_status, declaration.declarant_id,
           declaration.declarant_name, declaration.chassis_no, declaration.engine_no,
           declaration.counterparty_name, declaration.counterparty_id, declaration.since,
           declaration.note)), 12),
       person.id, person.full_name, person.name_key, person.birth_date, person.died_on,
       entry.entry_unit, entry.entry_status, entry.entry_chassis, entry.entry_engine, entry.entry_class,
       entry.registered_on, entry.vehicle_count, entry.party_kind, entry.party_name, entry.party_name_key,
       coalesce(entry.party_id_key, ''), coalesce(vr_compact(entry.party_raw_number), ''),
       entry.party_raw_number, entry.party_birth, coalesce(entry.party_precision, 'day') = 'day',
       entry.party_phone, entry.party_person_id IS NOT NULL, known.id, known.full_name, known.name_key,
       known.died_on, known.unit_id
FROM subject
JOIN cases_declaration AS declaration ON declaration.{column} = subject.subject_id
    AND declaration.state <> 'unknown'
JOIN ({entry}) AS entry ON entry.entry_id = subject.subject_id
LEFT JOIN LATERAL ({declarant}) AS person ON true
LEFT JOIN LATERAL ({facing}) AS facing ON declaration.counterparty_id <> ''
LEFT JOIN LATERAL (
    SELECT linked.* FROM registry_person AS linked WHERE linked.id = entry.party_person_id
    UNION ALL
    SELECT numbered.* FROM ({party}) AS numbered WHERE entry.party_person_id IS NULL
    LIMIT 1
) AS known ON true"""

# The last word of each declarant counts: the same number, the same person, or the same name and telephone.
_REPLACE = """
UPDATE said SET replaced_by = (
    SELECT later.id FROM said AS later
    WHERE later.subject_id = said.subject_id
      AND (later.declared_at, later.id) > (said.declared_at, said.id)
      AND ((later.id_key = said.id_key AND said.id_key <> '') OR later.person_id = said.person_id
           OR (later.name_key = said.name_key AND later.phone = said.phone))
    ORDER BY later.declared_at DESC, later.id DESC LIMIT 1)
WHERE subject_id IN (SELECT subject_id FROM said GROUP BY subject_id HAVING count(*) > 1)"""

# What was judged stays judged: a register that changes later does not turn an earlier word around.
_FRESH = """
UPDATE said SET fresh = true WHERE replaced_by IS NULL AND state IN ('received', 'replaced')"""

_PAIRS = """
SELECT one, other FROM (
    SELECT name AS one, person_name AS other FROM said WHERE fresh AND name_key <> person_name_key
    UNION SELECT name, party_name FROM said WHERE fresh AND name_key <> party_name_key
    UNION SELECT party_name, known_name FROM said WHERE fresh AND party_name_key <> known_name_key
) AS pairs"""
_NUMBERS = """
SELECT DISTINCT id_key, party_id_key FROM said
WHERE fresh AND id_key <> party_id_key AND id_key <> '' AND party_id_key <> ''"""

# Names that differ as spellings of one name do; numbers a slip apart.
_SIMILAR = VARIANT_LEVELS | {"same"}
_NEAR = frozenset({"one_digit", "two_digits", "swap"})


def gather(register: str) -> None:
    """Fill `said`, and `alike` and `near` with the pairs of names and numbers that mean the same."""
    declarant = _BY_NUMBER.format(number="declaration.id_key", name="declaration.name_key")
    party = _BY_NUMBER.format(number="entry.party_id_key", name="entry.party_name_key")
    facing = _BY_NUMBER.format(
        number="vr_id_key(declaration.counterparty_id)", name="vr_fold(declaration.counterparty_name)"
    )
    sql = _GATHER.format(
        column=COLUMN[register], entry=_ENTRY[register], declarant=declarant, facing=facing, party=party
    )
    with connection.cursor() as cursor:
        fresh_table(cursor, "said", _COLUMNS)
        cursor.execute(sql, {"zone": settings.TIME_ZONE, "unsaid": UNSAID.value})
        cursor.execute("CREATE INDEX ON said (subject_id)")
        cursor.execute("ANALYZE said")
        cursor.execute(_REPLACE)
        cursor.execute(_FRESH)
        _keep_pairs(cursor, "alike", _PAIRS, lambda one, other: compare_names(one, other) in _SIMILAR)
        _keep_pairs(cursor, "near", _NUMBERS, lambda one, other: number_distance(one, other) in _NEAR)


def _keep_pairs(cursor: CursorWrapper, table: str, query: str, agree: Callable[[str, str], bool]) -> None:
    cursor.execute(query)
    kept: Iterable[tuple[str, str]] = [pair for pair in cursor.fetchall() if agree(*pair)]
    ones, others = zip(*kept, strict=True) if kept else ((), ())
    fresh_table(cursor, table, "one text, other text")
    if kept:
        rows = pa.table({"one": pa.array(ones, pa.string()), "other": pa.array(others, pa.string())})
        with cursor.copy(f"COPY {table} FROM STDIN (FORMAT csv)") as copy:
            copy.write(csv_lines(rows))
