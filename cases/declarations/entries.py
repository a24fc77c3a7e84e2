"""Which vehicle or licence a declaration is about, found by the keys PostgreSQL keeps of both."""

from typing import Any

from django.conf import settings
from django.db import connection
from django.utils import timezone

from cases.declarations.beside import CAUGHT
from cases.declarations.near import find_near
from cases.declarations.statuses import KINDS, MISSING
from cases.models.subject import Register

COLUMN = {Register.VEHICLE.value: "vehicle_id", Register.LICENCE.value: "licence_id"}
TABLE = {Register.VEHICLE.value: "registry_vehicle", Register.LICENCE.value: "registry_driverlicence"}

_TWO_WHEELS = "('motorbike', 'moped', 'electric_motorbike')"
_LIVE = "vehicle.status NOT IN ('revoked', 'scrapped')"

# Plate, kind and colour name a vehicle. Where kind or colour is not given or does not fit, the plate alone
# does when one live registration has it; but a motorbike's 29-F1 0123 and a car's 29F-101.23 are both
# 29F10123, so there a kind of the other sort is another vehicle. A registration that has ended is found
# only when no live one has the plate.
_VEHICLE = f"""
    SELECT count(*) = 0 AS none, coalesce(
        min(met.entry_id) FILTER (WHERE met.live AND met.misfit = 0),
        CASE WHEN count(*) FILTER (WHERE met.live AND met.misfit < 2) = 1
             THEN min(met.entry_id) FILTER (WHERE met.live AND met.misfit < 2) END,
        CASE WHEN count(*) FILTER (WHERE met.live) = 1 THEN min(met.entry_id) FILTER (WHERE met.live) END,
        CASE WHEN NOT bool_or(met.live) THEN max(met.entry_id) FILTER (WHERE met.misfit = 0) END
    ) AS entry_id
    FROM (
        SELECT vehicle.id AS entry_id, {_LIVE} AS live,
               CASE WHEN vehicle.vehicle_kind = wanted.vehicle_kind
                    THEN (vehicle.plate_colour <> coalesce(wanted.plate_colour, 'white'))::int
                    ELSE 2 END AS misfit
        FROM registry_vehicle AS vehicle
        WHERE vehicle.plate_key = wanted.plate_key AND wanted.plate_key <> '' AND (
            wanted.vehicle_kind IS NULL OR wanted.plate_key !~ '^[0-9]{{2}}[A-Z][0-9]{{5}}$'
            OR (vehicle.vehicle_kind IN {_TWO_WHEELS}) = (wanted.vehicle_kind IN {_TWO_WHEELS}))
    ) AS met"""

# A card's number is one holder's, with a row for each class; a paper licence's number is unique nowhere,
# so its holder's name or number must fit, too.
_LICENCE = """
    SELECT count(*) = 0 AS none, coalesce(
        CASE WHEN count(*) FILTER (WHERE met.class_fits AND met.holder_fits) = 1
             THEN min(met.entry_id) FILTER (WHERE met.class_fits AND met.holder_fits) END,
        CASE WHEN count(*) FILTER (WHERE met.class_fits) = 1
             THEN min(met.entry_id) FILTER (WHERE met.class_fits) END,
        CASE WHEN count(*) FILTER (WHERE met.holder_fits) = 1
             THEN min(met.entry_id) FILTER (WHERE met.holder_fits) END,
        CASE WHEN count(*) = 1 THEN min(met.entry_id) END
    ) AS entry_id
    FROM (
        SELECT licence.id AS entry_id, fits.holder_fits,
               upper(licence.licence_class) = upper(wanted.licence_class) AS class_fits
        FROM registry_driverlicence AS licence
        CROSS JOIN LATERAL (SELECT licence.name_key = wanted.name_key
            OR (wanted.id_key <> '' AND licence.id_key = wanted.id_key) IS TRUE AS holder_fits) AS fits
        WHERE licence.number_key = wanted.licence_key AND wanted.licence_key <> '' AND (
            fits.holder_fits OR licence.medium = 'pet' OR licence.number_key ~ '^[0-9]{12}$')
    ) AS met"""
_FINDERS = {Register.VEHICLE.value: _VEHICLE, Register.LICENCE.value: _LICENCE}

# Each declaration looks for its own entry: how many have just come, the planner does not know, and it would
# hold all that was found against all that is wanted.
_FIND = """
WITH wanted AS (
    SELECT * FROM cases_declaration AS declaration
    WHERE declaration.state IN ({states}) AND declaration.subject = %(register)s
      AND declaration.id BETWEEN %(first)s AND %(last)s
), answer AS (
    SELECT wanted.id, about.entry_id,
           CASE WHEN about.entry_id IS NOT NULL THEN 'received' ELSE 'unknown' END AS state,
           CASE WHEN about.entry_id IS NULL
                THEN jsonb_build_object('entry', CASE WHEN found.none THEN 'none' ELSE 'several' END)
                WHEN found.entry_id IS NULL THEN jsonb_build_object('linked', wanted.finding->'linked')
                ELSE '{{}}'::jsonb END AS finding
    FROM wanted CROSS JOIN LATERAL ({finder}) AS found
    -- An officer said which entry it is: that holds for as long as none is found.
    CROSS JOIN LATERAL (SELECT coalesce(found.entry_id, (
        SELECT linked.id FROM {table} AS linked
        WHERE linked.id = (wanted.finding->'linked'->>'entry')::bigint)) AS entry_id) AS about
)
UPDATE cases_declaration AS declaration
SET {column} = answer.entry_id, {other} = NULL, state = answer.state, finding = answer.finding,
    reconciled_at = CASE WHEN answer.entry_id IS NULL THEN %(at)s END
FROM answer
WHERE declaration.id = answer.id
  AND (declaration.{column}, declaration.{other}, declaration.state, declaration.finding - 'candidates')
      IS DISTINCT FROM (answer.entry_id, NULL::bigint, answer.state, answer.finding)"""

# Entries with something to reconcile: a declaration that nobody has judged yet.
_CAME = """
    SELECT declaration.{column} AS entry_id FROM cases_declaration AS declaration
    WHERE declaration.state = 'received' AND declaration.{column} IS NOT NULL"""
# Or a discrepancy whose declaration is gone, or speaks of another entry now that registers have changed.
_MOVED = """
    UNION
    SELECT discrepancy.subject_id FROM cases_discrepancy AS discrepancy
    LEFT JOIN cases_declaration AS declaration ON declaration.id = discrepancy.declaration_id
    WHERE discrepancy.register = '{register}' AND discrepancy.state = 'open'
      AND discrepancy.kind IN ({kinds})
      AND declaration.{column} IS DISTINCT FROM discrepancy.subject_id"""
# After an undo: declarations whose replacement is no longer there.
_WIDOWED = """
    UNION
    SELECT declaration.{column} FROM cases_declaration AS declaration
    WHERE declaration.state = 'replaced' AND declaration.{column} IS NOT NULL AND NOT EXISTS (
        SELECT FROM cases_declaration AS later
        WHERE later.id = (declaration.finding->>'replaced_by')::bigint)"""
_MISSING_SINCE = f"""coalesce((missing.evidence->>'since')::date,
    ((missing.evidence->>'declared_at')::timestamptz AT TIME ZONE '{settings.TIME_ZONE}')::date)"""
# After a delivery of violations: missing vehicles of which their evidence does not tell them all.
_SEEN_SINCE = f"""
    UNION
    SELECT missing.subject_id FROM cases_discrepancy AS missing
    WHERE missing.register = 'vehicle' AND '{{register}}' = 'vehicle' AND missing.state = 'open'
      AND missing.kind IN ({", ".join(f"'{kind}'" for kind in MISSING)})
      AND coalesce((missing.evidence->>'violation_count')::int, 0) <> (
        SELECT count(*) FROM ({CAUGHT.format(vehicle="missing.subject_id", since=_MISSING_SINCE)}
        ) AS caught)"""


def find_entries(*, first: int, last: int, came: bool = False) -> None:
    """Find the entries of the declarations with these ids that are not reconciled, in the transaction.

    Of what only `came` those that were not found before are not looked for again.
    """
    states = waiting_states(came=came)
    at = timezone.now()
    params: dict[str, Any] = {"first": first, "last": last, "at": at}
    with connection.cursor() as cursor:
        for register, finder in _FINDERS.items():
            (other,) = (column for name, column in COLUMN.items() if name != register)
            sql = _FIND.format(
                finder=finder, states=states, column=COLUMN[register], other=other, table=TABLE[register]
            )
            cursor.execute(sql, params | {"register": register})
    find_near(first=first, last=last, at=at)


def waiting_states(*, came: bool) -> str:
    """The states of declarations that wait for their entry, as SQL literals."""
    return "'received'" if came else "'received', 'unknown'"


def work_sql(
    register: str, *, came: bool = False, after_undo: bool = False, after_violations: bool = False
) -> str:
    """SELECT of the `entry_id` of each entry of a register with something to reconcile, once or more.

    `came`: declarations came, and nothing else has changed since. `after_undo`: some may have gone.
    `after_violations`: missing vehicles may have been seen.
    """
    parts = _CAME if came else _CAME + _MOVED
    if after_undo:
        parts += _WIDOWED
    if after_violations:
        parts += _SEEN_SINCE
    kinds = ", ".join(f"'{kind}'" for kind in KINDS)
    return parts.format(register=register, column=COLUMN[register], kinds=kinds)
