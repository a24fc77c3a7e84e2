"""Cases follow what was found: opened, refreshed, withdrawn; set by set, in one transaction.

The subjects stand in the temporary table `subject`, what is wrong with them in `finding`: by the verdicts
in force, or by declarations. An open case that no longer fits is locked first, like an approval does, so
that neither waits for the other in vain.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import connection
from django.db.backends.utils import CursorWrapper
from django.utils import timezone
from django.utils.translation import gettext as _

from cases.models import MatchRun
from cases.runs.findings import DECIDED, find
from cases.runs.parties import PARTY
from cases.runs.rules import KINDS, due_dates
from cases.runs.temporary import fresh_table, span_of_subjects
from vehreg.planner import only_by_index

_TABLES = {
    "present": "id bigint PRIMARY KEY, case_id bigint, subject_id bigint, kind text, stands boolean",
    "standing": "id bigint PRIMARY KEY, subject_id bigint, state text, kind text, priority int2",
    "dropped": "case_id bigint, kind text",
    "added": "case_id bigint, kind text, priority int2",
    "opened": "id bigint, subject_id bigint, kind text",
    "withdrawn": "id bigint",
}

# The subjects' open discrepancies of this source, and whether the very same is found now.
_PRESENT = """
INSERT INTO present
SELECT was.id, was.case_id, was.subject_id, was.kind, finding.subject_id IS NOT NULL
FROM subject
JOIN cases_discrepancy AS was ON was.register = %(register)s AND was.subject_id = subject.subject_id
    AND was.state = 'open' AND was.kind = ANY(%(kinds)s)
    AND was.subject_id BETWEEN %(first)s AND %(last)s
LEFT JOIN finding ON finding.subject_id = was.subject_id AND finding.kind = was.kind
    AND finding.seen = was.evidence->'seen'
    AND finding.pass_name IS NOT DISTINCT FROM was.evidence->>'pass'"""

# Open cases whose discrepancies are not what is found now. `+ 0`: see `only_by_index`.
_STANDING = """
INSERT INTO standing
SELECT held.id, held.subject_id, held.state, held.kind, held.priority
FROM (
    SELECT subject_id FROM present WHERE NOT stands
    UNION
    SELECT finding.subject_id
    FROM finding LEFT JOIN present ON present.subject_id = finding.subject_id
        AND present.kind = finding.kind AND present.stands
    WHERE present.id IS NULL
) AS moved
JOIN cases_verificationcase AS held ON held.register = %(register)s
    AND held.subject_id = moved.subject_id AND held.state NOT IN ('approved', 'closed', 'withdrawn')
    AND held.subject_id BETWEEN %(first)s AND %(last)s
ORDER BY held.id + 0 FOR NO KEY UPDATE OF held"""

_LOCK = """
SELECT held.id
FROM subject
JOIN cases_verificationcase AS held ON held.register = %s
    AND held.subject_id = subject.subject_id AND held.state NOT IN ('closed', 'withdrawn')
ORDER BY held.id + 0 FOR NO KEY UPDATE OF held"""

_DROP = """
WITH ended AS (
    UPDATE cases_discrepancy AS was SET state = 'withdrawn', ended_at = %(at)s
    FROM present JOIN standing ON standing.id = present.case_id
    WHERE was.id = present.id AND NOT present.stands AND was.state = 'open'
    RETURNING was.case_id, was.kind
)
INSERT INTO dropped SELECT * FROM ended"""

_NEW_DISCREPANCY = """
INSERT INTO cases_discrepancy (register, subject_id, case_id, kind, state, evidence, run_id,
                               declaration_id, found_at)
SELECT %(register)s, finding.subject_id, {case}.id, finding.kind, 'open', finding.evidence, %(run)s,
       finding.declaration_id, %(at)s
FROM finding JOIN {case} USING (subject_id)
ON CONFLICT DO NOTHING"""

_ADD = f"""
WITH made AS ({_NEW_DISCREPANCY.format(case="standing")} RETURNING case_id, kind)
INSERT INTO added
SELECT made.case_id, made.kind, finding.priority
FROM made JOIN standing ON standing.id = made.case_id
JOIN finding ON finding.subject_id = standing.subject_id AND finding.kind = made.kind"""

_OPEN = """
WITH made AS (
    INSERT INTO cases_verificationcase (register, subject_id, unit_id, state, kind, priority, due_on, version,
        subject_name, vehicle_count, opened_at, opened_by_run_id, moved_at, waiting_for, disposition,
        changes, reason)
    SELECT %(register)s, finding.subject_id, finding.unit_id, 'open', finding.kind, finding.priority,
           due.on_day, 1, finding.subject_name, finding.vehicle_count, %(at)s, %(run)s, %(at)s, '', '',
           '[]', ''
    FROM finding
    JOIN (VALUES {due}) AS due(priority, on_day) ON due.priority = finding.priority
    WHERE NOT EXISTS (
        SELECT FROM cases_verificationcase AS held
        WHERE held.register = %(register)s AND held.subject_id = finding.subject_id
          AND held.subject_id BETWEEN %(first)s AND %(last)s AND held.state NOT IN ('closed', 'withdrawn'))
      AND {still}
    ORDER BY finding.subject_id, finding.priority, finding.kind
    ON CONFLICT DO NOTHING
    RETURNING id, subject_id, kind
)
INSERT INTO opened SELECT * FROM made"""

_OPENED_EVENTS = """
INSERT INTO cases_caseevent (case_id, at, move, from_state, to_state, actor_name, reason, detail)
SELECT id, %(at)s, 'opened', '', 'open', '', '',
       jsonb_strip_nulls(jsonb_build_object('run', %(run)s::bigint, 'kind', kind))
FROM opened
ORDER BY id"""

_WITHDRAW = """
WITH causeless AS (
    SELECT standing.id, standing.state, why.cause, why.reason, why.detail,
           CASE WHEN standing.state = 'proposed' THEN jsonb_build_object('disposition', held.disposition,
               'person', held.person_id, 'changes', held.changes, 'reason', held.reason,
               'proposed_by', held.proposed_by_id, 'proposed_at', held.proposed_at) END AS proposal
    FROM standing
    JOIN cases_verificationcase AS held ON held.id = standing.id
    CROSS JOIN LATERAL ({why}) AS why
    WHERE NOT EXISTS (
        SELECT FROM cases_discrepancy AS still WHERE still.case_id = standing.id AND still.state = 'open')
), moved AS (
    UPDATE cases_verificationcase AS held
    SET state = 'withdrawn', version = version + 1, moved_at = %(at)s, closed_at = %(at)s
    FROM causeless WHERE held.id = causeless.id
), told AS (
    INSERT INTO cases_caseevent (case_id, at, move, from_state, to_state, actor_name, reason, detail)
    SELECT id, %(at)s, 'withdraw', state, 'withdrawn', '', reason,
           jsonb_strip_nulls(detail || jsonb_build_object('run', %(run)s::bigint, 'cause', cause,
               'proposal', proposal))
    FROM causeless ORDER BY id
)
INSERT INTO withdrawn SELECT id FROM causeless"""

# Why no verdict stands behind a case any more.
_CAUSE = """CASE WHEN party.party_id IS NULL THEN 'gone' WHEN NOT party.live THEN 'no_vehicle'
    WHEN verdict.id IS NULL THEN 'gone' WHEN verdict.verdict = ANY(%(kinds)s) THEN 'decided'
    ELSE 'agrees' END"""

_VERDICT_STILL = f"""EXISTS (SELECT FROM cases_verdict AS verdict
    WHERE verdict.id = finding.verdict_id AND verdict.superseded_by_id IS NULL) AND NOT {DECIDED}"""
_VERDICT_WHY = f"""
    SELECT told.cause, %(causes)s::jsonb->>told.cause AS reason,
           jsonb_build_object('verdict', told.verdict) AS detail
    FROM (
        SELECT verdict.verdict, {_CAUSE} AS cause
        FROM (VALUES (1)) AS one
        LEFT JOIN ({{party}}) AS party ON party.party_id = standing.subject_id
        LEFT JOIN cases_verdict AS verdict ON verdict.register = %(register)s
            AND verdict.subject_id = standing.subject_id AND verdict.superseded_by_id IS NULL
    ) AS told"""

# A case that stays with other discrepancies than before. One that was proposed goes back to its officer:
# nobody may approve what was proposed on other evidence.
_REFRESH = """
WITH kept AS (
    SELECT standing.id, standing.state, added.kind AS added, added.priority AS added_priority,
           CASE WHEN standing.state = 'proposed' THEN 'returned' ELSE standing.state END AS becomes,
           CASE WHEN added.kind IS NOT NULL
                 AND (lost.head OR added.priority < standing.priority) THEN added.kind
                WHEN lost.head THEN coalesce(rest.kind, standing.kind)
                ELSE standing.kind END AS kind,
           lost.kinds AS dropped
    FROM standing
    LEFT JOIN LATERAL (
        SELECT found.kind, found.priority FROM added AS found
        WHERE found.case_id = standing.id ORDER BY found.priority, found.kind LIMIT 1
    ) AS added ON true
    CROSS JOIN LATERAL (
        SELECT coalesce(bool_or(dropped.kind = standing.kind), false) AS head,
               jsonb_agg(dropped.kind) AS kinds
        FROM dropped WHERE dropped.case_id = standing.id
    ) AS lost
    LEFT JOIN LATERAL (
        SELECT still.kind FROM cases_discrepancy AS still
        WHERE still.case_id = standing.id AND still.state = 'open' ORDER BY still.id LIMIT 1
    ) AS rest ON true
    WHERE standing.id NOT IN (SELECT id FROM withdrawn)
      -- A case another run has just opened looked different a moment ago; nothing of it changed.
      AND (added.kind IS NOT NULL OR lost.kinds IS NOT NULL)
), moved AS (
    UPDATE cases_verificationcase AS held
    SET state = kept.becomes, kind = kept.kind, version = version + 1, moved_at = %(at)s,
        priority = CASE WHEN kept.kind = kept.added THEN kept.added_priority ELSE held.priority END,
        due_on = least(held.due_on, due.on_day)
    FROM kept LEFT JOIN (VALUES {due}) AS due(priority, on_day) ON due.priority = kept.added_priority
    WHERE held.id = kept.id
)
INSERT INTO cases_caseevent (case_id, at, move, from_state, to_state, actor_name, reason, detail)
SELECT id, %(at)s, CASE WHEN state = 'proposed' THEN 'reopen_stale' ELSE 'refreshed' END, state, becomes, '',
       CASE WHEN state = 'proposed' THEN %(stale)s ELSE '' END,
       jsonb_strip_nulls(jsonb_build_object('run', %(run)s::bigint, 'found', added, 'dropped', dropped))
FROM kept ORDER BY id"""


@dataclass(frozen=True)
class Followed:
    """How many cases were opened and withdrawn."""

    opened: int
    withdrawn: int


@dataclass(frozen=True)
class Source:
    """Who found what stands in `finding`.

    `kinds` are the discrepancies it makes and takes back; `still` is the SQL condition on which a finding
    may still open a case; `why` is SQL over `standing` that gives (cause, reason, detail) of a case without
    a cause. `params` are what `still` and `why` need, `stale` is why a proposal is returned.
    """

    kinds: Sequence[str]
    still: str
    why: str
    stale: str
    run: int | None = None
    params: Mapping[str, Any] = field(default_factory=dict)


def lock_cases(register: str) -> None:
    """Hold the open cases of `subject`. Whoever changes verdicts and cases in one transaction begins here."""
    with connection.cursor() as cursor:
        cursor.execute(_LOCK, [register])


def follow_verdicts(*, run: MatchRun, register: str) -> Followed:
    """Open, refresh and withdraw the cases of the parties in `subject`, in the present transaction."""
    find(register, {"run": run.pk, "register": register})
    source = Source(
        kinds=KINDS,
        still=_VERDICT_STILL,
        why=_VERDICT_WHY.format(party=PARTY[register]),
        stale=_("Another matching run found something else since this was proposed. Look again."),
        run=run.pk,
        params={"causes": json.dumps(_causes(), ensure_ascii=False)},
    )
    return follow(source, register=register, at=timezone.now())


def follow(source: Source, *, register: str, at: datetime) -> Followed:
    """Bring the cases of `subject` in line with `finding`. All that is made carries the time `at`."""
    params = {
        **source.params,
        "run": source.run,
        "register": register,
        "at": at,
        "kinds": list(source.kinds),
        "stale": source.stale,
        **span_of_subjects(),
    }
    with connection.cursor() as cursor:
        for name, columns in _TABLES.items():
            fresh_table(cursor, name, columns)
        with only_by_index():
            for statement in _statements(source):
                cursor.execute(statement, params)
        return Followed(_count(cursor, "opened"), _count(cursor, "withdrawn"))


def _statements(source: Source) -> list[str]:
    due = ", ".join(f"({priority}, DATE '{day}')" for priority, day in due_dates().items())
    return [
        _PRESENT,
        "ANALYZE present (id, case_id, subject_id)",
        _STANDING,
        "ANALYZE standing (id, subject_id)",
        _DROP,
        _ADD,
        _OPEN.format(due=due, still=source.still),
        _NEW_DISCREPANCY.format(case="opened"),
        _OPENED_EVENTS,
        _WITHDRAW.format(why=source.why),
        _REFRESH.format(due=due),
    ]


def _causes() -> dict[str, str]:
    """What the timeline says of each reason to withdraw."""
    return {
        "agrees": _("The registers agree now: nothing is left to verify."),
        "no_vehicle": _("The owner has no registered vehicle any more."),
        "gone": _("The entry is no longer in the register."),
        "decided": _("An officer has decided this before, on the same evidence."),
    }


def _count(cursor: CursorWrapper, table: str) -> int:
    cursor.execute(f"SELECT count(*) FROM {table}")
    return int(cursor.fetchone()[0])
