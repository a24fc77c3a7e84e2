"""Takes a chunk of a release back: entries say again what they said before, as far as nobody touched them.

Nothing is deleted: the correction stays on record and a reverse one is added; the case that was closed is
withdrawn, and matching, asked again, opens a new one. What a person, a delivery or another decision changed
since is kept, with the reason.
"""

from django.utils import timezone

from cases.models import Release
from cases.models.subject import Register
from cases.releases.rechecking import recheck_written
from cases.releases.rules import REGISTERS
from cases.releases.uniting import part
from cases.releases.writing import (
    Params,
    fill_going,
    lock_chunk,
    mark_rows,
    record_changes,
    run,
    stored_columns,
    write_entries,
)
from cases.runs.parties import TABLE

# Why an entry is kept as it is, the first that holds; over `one`, `held`, `entry` and `written`.
_KEPT: dict[str, str] = {
    "gone": "entry.id IS NULL OR (gave.into_id IS NOT NULL AND holder.id IS NULL)",
    "decided_since": """EXISTS (SELECT FROM cases_changerecord AS later
        WHERE later.register = one.register AND later.subject_id = one.subject_id
          AND later.case_id <> one.case_id AND later.at >= one.moved_at)
     OR EXISTS (SELECT FROM cases_verificationcase AS later
        WHERE later.register = one.register AND later.subject_id = one.subject_id
          AND later.id > one.case_id AND later.state = 'closed')""",
    "changed_since": "CASE WHEN gave.into_id IS NULL THEN {changed} ELSE {parted} END",
    "taken": "gave.into_id IS NULL AND {taken}",
}

# The history since holds another name or number than the entry has now. They go together: the number of one
# person is not given back to the name of another.
_NAMES_WHO = {
    Register.OWNER.value: ("name", "id_number"),
    Register.LICENCE.value: ("holder_name", "holder_id_number"),
}
_RENAMED = """EXISTS (SELECT FROM {table}event AS was
        WHERE was.pgh_obj_id = entry.id AND was.pgh_created_at >= one.moved_at
          AND ({was}) IS DISTINCT FROM ({now}))"""

_MOVED_ON = """EXISTS (SELECT FROM jsonb_array_elements_text(gave.vehicles) AS given(id)
    LEFT JOIN registry_vehicle AS vehicle ON vehicle.id = given.id::bigint
    WHERE vehicle.owner_id IS DISTINCT FROM gave.into_id)"""

# {"field": {"old": what the release wrote, "new": what stood there before}}
_REVERSE = """(SELECT jsonb_object_agg(change->>'field',
        jsonb_build_object('old', change->'new', 'new', change->'old'))
    FROM jsonb_array_elements(held.changes) AS change)"""

_ROWS = f"""
FROM cases_releasecase AS one
JOIN cases_verificationcase AS held ON held.id = one.case_id
LEFT JOIN {{table}} AS entry ON entry.id = one.subject_id
CROSS JOIN LATERAL (SELECT {_REVERSE} AS written) AS back
LEFT JOIN LATERAL (SELECT (step.detail->>'into')::bigint AS into_id, step.detail->'vehicles' AS vehicles
    FROM cases_caseevent AS step
    WHERE step.case_id = one.case_id AND step.move = 'corrected' LIMIT 1) AS gave ON true
LEFT JOIN registry_owner AS holder ON holder.id = gave.into_id
CROSS JOIN LATERAL (SELECT CASE {{reasons}} END AS reason) AS why
WHERE one.release_id = %(release)s AND one.register = '{{register}}' AND one.state = 'released'"""

_JUDGE = """
SELECT one.id, one.case_id, one.subject_id, held.unit_id, one.person_id, why.reason, NULL::jsonb,
       back.written, gave.into_id, gave.vehicles, NULL
{rows} AND one.id BETWEEN %(first)s AND %(last)s"""

# Another owner carries the number and the name that this one would get back.
_TAKEN = """EXISTS (SELECT FROM registry_owner AS holder WHERE holder.id <> entry.id
    AND holder.party_key = vr_party_key(entry.kind, {id_number}, {name}))"""
# Two entries of the chunk that would get back the same.
_COLLIDE = """
WITH placed AS (
    SELECT going.row_id, becoming.key,
           row_number() OVER (PARTITION BY becoming.key ORDER BY going.row_id) AS place
    FROM going
    JOIN registry_owner AS entry ON entry.id = going.subject_id
    CROSS JOIN LATERAL (SELECT going.written) AS back
    CROSS JOIN LATERAL (SELECT vr_party_key(entry.kind, {id_number}, {name}) AS key) AS becoming
    WHERE going.reason IS NULL AND going.into_id IS NULL
)
UPDATE going SET reason = 'taken'
FROM placed WHERE placed.row_id = going.row_id AND placed.place > 1 AND placed.key IS NOT NULL"""

_CLAIM = """
SELECT going.subject_id, said.key AS field, said.value->>'old' AS wrote, said.value->>'new' AS stands
FROM going CROSS JOIN LATERAL jsonb_each(going.written) AS said
WHERE going.reason IS NULL AND going.into_id IS NULL AND said.key <> 'person'"""
# What the release remembered goes; what was corrected before it is corrected to what it was again.
_CLAIMS = (
    f"""
DELETE FROM registry_correction AS ours USING ({_CLAIM}) AS claimed
WHERE ours.register = %(register)s AND ours.entry_id = claimed.subject_id AND ours.field = claimed.field
  AND ours.said IS NOT DISTINCT FROM claimed.stands AND ours.corrected IS NOT DISTINCT FROM claimed.wrote""",
    f"""
UPDATE registry_correction AS earlier SET corrected = claimed.stands
FROM ({_CLAIM}) AS claimed
WHERE earlier.register = %(register)s AND earlier.entry_id = claimed.subject_id
  AND earlier.field = claimed.field AND earlier.corrected IS NOT DISTINCT FROM claimed.wrote""",
)

_WITHDRAW = """
UPDATE cases_verificationcase AS held
SET state = 'withdrawn', version = held.version + 1, moved_at = %(at)s
FROM going WHERE going.reason IS NULL AND held.id = going.case_id AND held.state = 'closed'"""

# The decision no longer stands, so it no longer keeps matching from opening a case on the same evidence.
_UNSETTLE = """
UPDATE cases_discrepancy AS found SET state = 'withdrawn', ended_at = %(at)s
FROM going
WHERE going.reason IS NULL AND found.case_id = going.case_id AND found.state = 'settled'"""

_STEP = """
INSERT INTO cases_caseevent (case_id, at, move, from_state, to_state, actor_id, actor_name, reason, detail)
SELECT case_id, %(at)s, 'undo', 'closed', 'withdrawn', %(taker_id)s, %(taker)s, %(reason)s,
       jsonb_build_object('release', %(release)s::bigint)
FROM going WHERE reason IS NULL ORDER BY case_id"""


def restore_chunk(release: Release, *, first: int, last: int) -> int:
    """Take back the rows from `first` to `last` that were released. Returns how many were looked at."""
    return sum(_restore_register(release, register, first, last) for register in REGISTERS)


def kept_now_sql(register: str) -> str:
    """SQL over the released rows of a release that would be kept, as things stand: (reason)."""
    return f"SELECT why.reason {_rows(register)} AND why.reason IS NOT NULL"


def _restore_register(release: Release, register: str, first: int, last: int) -> int:
    params = _params(release, register, first, last)
    lock_chunk(register, params)
    fill_going(_JUDGE.format(rows=_rows(register)), params)
    if register == Register.OWNER:
        run(_COLLIDE.format(**_former_owner()), params)
    write_entries(register, params)
    if register == Register.OWNER:
        part(params)
    for statement in (*_CLAIMS, _WITHDRAW, _UNSETTLE, _STEP):
        run(statement, params)
    recheck_written(register)
    record_changes(params)
    return mark_rows(params)


def _params(release: Release, register: str, first: int, last: int) -> Params:
    return {
        "release": release.pk, "register": register, "first": first, "last": last, "state": "released",
        "at": timezone.now(), "done": "restored", "left": "kept", "reason": release.take_back_reason,
        "taker_id": release.taken_back_by_id, "taker": release.taken_back_by_name,
        "proposer": release.taken_back_by_name, "approver": release.taken_back_by_name,
    }  # fmt: skip


def _rows(register: str) -> str:
    taken = _TAKEN.format(**_former_owner()) if register == Register.OWNER else "false"
    holds = {"changed": f"({_changed(register)})", "parted": _parted(register), "taken": taken}
    reasons = " ".join(f"WHEN {when.format(**holds)} THEN '{reason}'" for reason, when in _KEPT.items())
    return _ROWS.format(table=TABLE[register], register=register, reasons=reasons)


def _changed(register: str) -> str:
    """Whether a field that the release wrote now says something else, or the entry names somebody else."""
    written = " OR ".join(
        f"(back.written ? '{name}'"
        f" AND entry.{column} IS DISTINCT FROM (back.written->'{name}'->>'old')::{kind})"
        for name, (column, kind) in stored_columns(register).items()
    )
    return f"{written} OR {_renamed(register)}"


def _parted(register: str) -> str:
    """Whether an entry given up says something else since, or a vehicle it gave has gone elsewhere."""
    said = " OR ".join(
        f"(back.written ? '{name}'"
        f" AND entry.{column} IS DISTINCT FROM (back.written->'{name}'->>'new')::{kind})"
        for name, (column, kind) in stored_columns(register).items()
        if name != "person"
    )
    return f"({said} OR {_MOVED_ON})"


def _renamed(register: str) -> str:
    was, now = (", ".join(f"{row}.{column}" for column in _NAMES_WHO[register]) for row in ("was", "entry"))
    return _RENAMED.format(table=TABLE[register], was=was, now=now)


def _former_owner() -> dict[str, str]:
    """SQL of an owner's number and name as they would be given back."""
    return {
        name: f"CASE WHEN back.written ? '{name}' THEN back.written->'{name}'->>'new' ELSE entry.{name} END"
        for name in ("id_number", "name")
    }
