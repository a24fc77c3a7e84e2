"""Two entries of one person become one owner, as an approval makes them: the vehicles go to the entry that is
right, the other keeps none. And back again. Over the rows of `going` that name the other owner in `into_id`.
"""

from cases.releases.writing import Params, run
from cases.runs.single import day_run

# Rows whose entry would become what another is already, or what an earlier row of the chunk becomes.
_COLLIDE = """
WITH becoming AS (
    SELECT going.row_id, entry.id, vr_party_key(entry.kind, person.personal_id, person.full_name) AS key
    FROM going
    JOIN registry_owner AS entry ON entry.id = going.subject_id
    JOIN registry_person AS person ON person.id = going.person_id
    WHERE going.reason IS NULL
), placed AS (
    SELECT *, row_number() OVER (PARTITION BY key ORDER BY row_id) AS place FROM becoming
)
UPDATE going SET key = placed.key
FROM placed
WHERE placed.row_id = going.row_id AND (placed.place > 1 OR EXISTS (
    SELECT FROM registry_owner AS holder WHERE holder.party_key = placed.key AND holder.id <> placed.id))"""

_LOCK_HOLDERS = """
SELECT count(*) FROM (
    SELECT holder.id FROM registry_owner AS holder
    WHERE holder.party_key IN (SELECT key FROM going WHERE key IS NOT NULL) OR holder.id IN (
        SELECT into_id FROM going)
    ORDER BY holder.id FOR UPDATE
) AS locked"""

_FIND_HOLDER = """
UPDATE going SET into_id = holder.id
FROM registry_owner AS holder WHERE going.key IS NOT NULL AND holder.party_key = going.key"""
_LEAVE_ALONE = "UPDATE going SET reason = 'needs_person' WHERE key IS NOT NULL AND into_id IS NULL"

_UNITED = "going.reason IS NULL AND going.into_id IS NOT NULL"

_NOTE_VEHICLES = f"""
UPDATE going SET vehicles = found.ids
FROM (SELECT owner_id, jsonb_agg(id ORDER BY id) AS ids FROM registry_vehicle
      WHERE owner_id IN (SELECT subject_id FROM going WHERE {_UNITED}) GROUP BY owner_id) AS found
WHERE {_UNITED} AND found.owner_id = going.subject_id"""

# Every claim of the entry that is given up is an old claim of the one that stays (decision 0009).
_CLAIMED = f"""
SELECT DISTINCT ON (into_id, field, claim) * FROM (
    SELECT going.into_id, said.field, said.claim, to_jsonb(holder)->>said.field AS stands
    FROM going
    JOIN registry_owner AS entry ON entry.id = going.subject_id
    JOIN registry_owner AS holder ON holder.id = going.into_id
    CROSS JOIN LATERAL (
        SELECT field, to_jsonb(entry)->>field AS claim
        FROM unnest(ARRAY['name', 'id_number', 'birth_date', 'birth_precision']) AS field
        UNION
        SELECT earlier.field, earlier.said FROM registry_correction AS earlier
        WHERE earlier.register = 'owner' AND earlier.entry_id = entry.id
          AND earlier.corrected IS NOT DISTINCT FROM to_jsonb(entry)->>earlier.field
    ) AS said
    WHERE {_UNITED}
) AS claims WHERE claim IS DISTINCT FROM stands"""
_REMEMBER = (
    f"""
UPDATE registry_correction AS earlier SET corrected = claimed.stands
FROM ({_CLAIMED}) AS claimed
WHERE earlier.register = 'owner' AND earlier.entry_id = claimed.into_id
  AND earlier.field = claimed.field AND earlier.corrected IS NOT DISTINCT FROM claimed.claim""",
    f"""
INSERT INTO registry_correction (register, entry_id, field, said, corrected, corrected_at)
SELECT 'owner', into_id, field, claim, stands, %(at)s FROM ({_CLAIMED}) AS claimed
ON CONFLICT (register, entry_id, field, said)
DO UPDATE SET corrected = excluded.corrected, corrected_at = excluded.corrected_at""",
)
_FORGET = f"""
DELETE FROM registry_correction AS ours
USING going
JOIN registry_owner AS entry ON entry.id = going.subject_id
JOIN cases_releasecase AS one ON one.id = going.row_id
WHERE {_UNITED} AND ours.register = 'owner' AND ours.entry_id = going.into_id
  AND ours.corrected_at = one.moved_at
  AND (ours.said IS NOT DISTINCT FROM to_jsonb(entry)->>ours.field OR EXISTS (
    SELECT FROM registry_correction AS earlier WHERE earlier.register = 'owner'
    AND earlier.entry_id = entry.id AND earlier.field = ours.field
    AND earlier.said IS NOT DISTINCT FROM ours.said))"""

_MOVE_VEHICLES = f"""
UPDATE registry_vehicle AS vehicle SET owner_id = going.{{to}}, changed_at = %(at)s
FROM going CROSS JOIN LATERAL jsonb_array_elements_text(going.vehicles) AS moved(id)
WHERE {_UNITED} AND vehicle.id = moved.id::bigint"""
_COUNT = f"""
UPDATE registry_owner AS owner
SET vehicle_count = greatest(0, owner.vehicle_count + changed.more), changed_at = %(at)s,
    person_id = coalesce(changed.person_id, owner.person_id)
FROM (
    SELECT owner_id, sum(more) AS more, max(person_id) AS person_id FROM (
        SELECT going.subject_id AS owner_id, NULL::bigint AS person_id,
               -({{sign}}) * coalesce(jsonb_array_length(going.vehicles), 0) AS more
        FROM going WHERE {_UNITED}
        UNION ALL
        SELECT going.into_id, CASE WHEN {{sign}} > 0 THEN (going.written->'person'->>'new')::bigint END,
               {{sign}} * coalesce(jsonb_array_length(going.vehicles), 0)
        FROM going WHERE {_UNITED}
    ) AS each GROUP BY owner_id
) AS changed
WHERE owner.id = changed.owner_id"""
_RETIRE = f"""
UPDATE cases_verdict AS verdict SET superseded_by_id = %(run)s
FROM going
WHERE {_UNITED} AND verdict.register = 'owner' AND verdict.subject_id = going.subject_id
  AND verdict.superseded_by_id IS NULL"""


def find_collisions(params: Params) -> None:
    """Mark the rows whose entry may not be written: another owner is, or becomes, the same."""
    run(_COLLIDE, params)


def unite(params: Params) -> None:
    """Give the vehicles of the marked entries to the owners that are right, once the others are written."""
    for statement in (
        _LOCK_HOLDERS,
        _FIND_HOLDER,
        _LEAVE_ALONE,
        _NOTE_VEHICLES,
        *_REMEMBER,
        _MOVE_VEHICLES.format(to="into_id"),
        _COUNT.format(sign="1"),
    ):
        run(statement, params)
    run(_RETIRE, params | {"run": day_run().pk})


def part(params: Params) -> None:
    """Give the vehicles back to the entries they were taken from."""
    for statement in (
        _LOCK_HOLDERS,
        _FORGET,
        _MOVE_VEHICLES.format(to="subject_id"),
        _COUNT.format(sign="-1"),
    ):
        run(statement, params)
