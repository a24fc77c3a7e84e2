"""Releases a chunk of an accepted lot: each case ends as if one officer had proposed and another approved it.

Registers corrected with their history, old claims remembered, corrections numbered, discrepancies settled,
cases closed with the steps of an approval, parties matched again. What changed since the lot was frozen is
left as a case, with the reason.
"""

from django.utils import timezone
from django.utils.translation import gettext as _

from cases.models import Release
from cases.models.case import Disposition
from cases.models.subject import Register
from cases.releases.lots import JUDGED, OTHER_DISCREPANCY, REFUSED
from cases.releases.rechecking import recheck_written
from cases.releases.rules import REGISTERS
from cases.releases.uniting import find_collisions, unite
from cases.releases.writing import (
    Params,
    fill_going,
    lock_chunk,
    mark_rows,
    record_changes,
    run,
    write_entries,
)
from cases.runs.parties import TABLE
from cases.services.corrections import planned_changes_sql

_GONE = {Register.OWNER.value: "entry.vehicle_count = 0", Register.LICENCE.value: "false"}

# Why a case of the lot is left, the first that holds; over `one`, `held`, `entry`, `person`.
_LEFT: dict[str, str] = {
    "not_same": JUDGED.format(row="one", outcomes="'no_match'"),
    "undecidable": JUDGED.format(row="one", outcomes="'undecidable'"),
    "case_touched": """held.state <> 'open' OR held.assignee_id IS NOT NULL
        OR held.version <> one.case_version""",
    "other_discrepancy": OTHER_DISCREPANCY,
    "refused": REFUSED.format(row="one"),
    "entry_changed": "entry.id IS NULL OR entry.changed_at <> one.party_at OR {gone}",
    "person_changed": """person.id IS NULL OR person.changed_at <> one.person_at
        OR person.died_on IS NOT NULL""",
    "verdict_changed": """NOT EXISTS (SELECT FROM cases_verdict AS verdict
        WHERE verdict.id = one.verdict_id AND verdict.superseded_by_id IS NULL)""",
}

_JUDGE = """
SELECT one.id, one.case_id, one.subject_id, held.unit_id, one.person_id, why.reason, planned.changes,
       (SELECT jsonb_object_agg(change->>'field',
            jsonb_build_object('old', change->'old', 'new', change->'new'))
        FROM jsonb_array_elements(planned.changes) AS change), NULL, NULL, NULL
FROM cases_releasecase AS one
JOIN cases_verificationcase AS held ON held.id = one.case_id
LEFT JOIN {table} AS entry ON entry.id = one.subject_id
LEFT JOIN registry_person AS person ON person.id = one.person_id
CROSS JOIN LATERAL (SELECT CASE {reasons} END AS reason) AS why
CROSS JOIN LATERAL (SELECT CASE WHEN why.reason IS NULL THEN {changes} END AS changes) AS planned
WHERE one.release_id = %(release)s AND one.register = %(register)s AND one.state = 'held'
  AND one.id BETWEEN %(first)s AND %(last)s"""

# Decision 0009: what the source said, and what stands in its place.
_CLAIM = """
SELECT going.subject_id, said.key AS field, said.value->>'old' AS claim, said.value->>'new' AS stands
FROM going CROSS JOIN LATERAL jsonb_each(going.written) AS said
WHERE going.reason IS NULL AND going.into_id IS NULL AND said.key <> 'person'"""
_CLAIMS = (
    f"""
UPDATE registry_correction AS earlier SET corrected = claimed.stands
FROM ({_CLAIM}) AS claimed
WHERE earlier.register = %(register)s AND earlier.entry_id = claimed.subject_id
  AND earlier.field = claimed.field AND earlier.corrected IS NOT DISTINCT FROM claimed.claim""",
    f"""
INSERT INTO registry_correction (register, entry_id, field, said, corrected, corrected_at)
SELECT %(register)s, subject_id, field, claim, stands, %(at)s FROM ({_CLAIM}) AS claimed
ON CONFLICT (register, entry_id, field, said)
DO UPDATE SET corrected = excluded.corrected, corrected_at = excluded.corrected_at""",
)

_CLOSE = """
UPDATE cases_verificationcase AS held
SET state = 'closed', version = held.version + 3, moved_at = %(at)s, closed_at = %(at)s,
    disposition = %(disposition)s, person_id = going.person_id, changes = going.changes,
    proposed_by_id = %(proposer_id)s, proposed_at = %(proposed_at)s, approved_by_id = %(approver_id)s
FROM going WHERE going.reason IS NULL AND held.id = going.case_id"""

_STEPS = """
INSERT INTO cases_caseevent (case_id, at, move, from_state, to_state, actor_id, actor_name, reason, detail)
SELECT going.case_id, %(at)s, step.move, step.from_state, step.to_state, step.actor_id, step.actor_name, '',
       jsonb_build_object('release', %(release)s::bigint) || CASE step.move
           WHEN 'propose' THEN jsonb_build_object('disposition', %(disposition)s::text,
               'person', going.person_id, 'changes', jsonb_array_length(going.changes))
           WHEN 'corrected' THEN jsonb_build_object('fields',
               (SELECT jsonb_agg(change->'field') FROM jsonb_array_elements(going.changes) AS change))
               || jsonb_strip_nulls(jsonb_build_object('into', going.into_id, 'vehicles', going.vehicles))
           ELSE '{}' END
FROM going
CROSS JOIN (VALUES
    (1, 'propose', 'open', 'proposed', %(proposer_id)s::bigint, %(proposer)s),
    (2, 'approve', 'proposed', 'approved', %(approver_id)s::bigint, %(approver)s),
    (3, 'corrected', '', '', NULL, ''),
    (4, 'close', 'approved', 'closed', NULL, '')
) AS step(place, move, from_state, to_state, actor_id, actor_name)
WHERE going.reason IS NULL AND (step.move <> 'corrected' OR going.written IS NOT NULL)
ORDER BY going.case_id, step.place"""

_SETTLE = """
UPDATE cases_discrepancy AS found SET state = 'settled', ended_at = %(at)s
FROM going
WHERE going.reason IS NULL AND found.case_id = going.case_id AND found.state = 'open'"""

# What the blind sample said against a pair stands in the story of its case.
_TELL = """
INSERT INTO cases_caseevent (case_id, at, move, from_state, to_state, actor_name, reason, detail)
SELECT case_id, %(at)s, 'sampled', '', '', '',
       CASE reason WHEN 'not_same' THEN %(not_same)s ELSE %(undecidable)s END,
       jsonb_build_object('release', %(release)s::bigint, 'outcome', reason)
FROM going WHERE reason IN ('not_same', 'undecidable') ORDER BY case_id"""


def release_chunk(release: Release, *, first: int, last: int) -> int:
    """Release the rows of the lot from `first` to `last` that are still held. Returns how many ended."""
    return sum(_release_register(release, register, first, last) for register in REGISTERS)


def _release_register(release: Release, register: str, first: int, last: int) -> int:
    params = _params(release, register, first, last)
    lock_chunk(register, params)
    fill_going(_judge(register), params)
    if register == Register.OWNER:
        find_collisions(params)
    write_entries(register, params)
    if register == Register.OWNER:
        unite(params)
    for statement in (*_CLAIMS, _CLOSE, _STEPS, _SETTLE, _TELL):
        run(statement, params)
    recheck_written(register)
    record_changes(params)
    return mark_rows(params)


def _params(release: Release, register: str, first: int, last: int) -> Params:
    return {
        "release": release.pk, "register": register, "first": first, "last": last, "state": "held",
        "at": timezone.now(), "done": "released", "left": "skipped",
        "disposition": Disposition.LINK_PERSON.value, "proposed_at": release.drawn_at,
        "proposer_id": release.drawn_by_id, "proposer": release.drawn_by_name,
        "approver_id": release.released_by_id, "approver": release.released_by_name,
        "not_same": _("Two officers judged this pair blind: not the same person. Decide it one by one."),
        "undecidable": _("Officers who judged this pair blind could not tell. Decide it one by one."),
    }  # fmt: skip


def _judge(register: str) -> str:
    reasons = " ".join(
        f"WHEN {holds.format(gone=_GONE[register])} THEN '{reason}'" for reason, holds in _LEFT.items()
    )
    return _JUDGE.format(table=TABLE[register], reasons=reasons, changes=planned_changes_sql(register))
