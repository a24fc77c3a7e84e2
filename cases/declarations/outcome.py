"""What follows from the judged declarations: their state, the entries they make live, the cases' timeline."""

from datetime import datetime
from typing import Any

from django.db import connection

from cases.declarations.entries import TABLE
from cases.declarations.statuses import KINDS, priorities_sql
from vehreg.planner import only_by_index

_KEEP = """
UPDATE cases_declaration AS declaration
SET state = said.becomes, person_id = said.person_id, finding = said.result, reconciled_at = %(at)s
FROM (
    SELECT said.*, CASE
        WHEN said.replaced_by IS NOT NULL
        THEN coalesce(said.finding, '{}') || jsonb_build_object('replaced_by', said.replaced_by)
        WHEN NOT said.fresh THEN said.finding - 'contested'
        ELSE jsonb_strip_nulls(jsonb_build_object('declarant', said.who, 'kind', said.kind,
            'differs', nullif(said.differs, '{}'), 'plain', nullif(said.plain, false),
            'linked', said.finding->'linked')) END
        || CASE WHEN said.contested THEN '{"contested": true}'::jsonb ELSE '{}'::jsonb END AS result
    FROM said
) AS said
WHERE declaration.id = said.id
  AND (declaration.state, declaration.finding) IS DISTINCT FROM (said.becomes, said.result)"""

# Live from the day of the last declaration in which the owner confirms the entry; never older than it was.
_CONFIRM = """
UPDATE {table} AS entry SET confirmed_on = told.day, confirmed_by = 'declaration'
FROM (
    SELECT subject_id, max(day) AS day FROM said
    WHERE fresh AND becomes = 'confirms' AND who = 'owner' GROUP BY subject_id
) AS told
WHERE entry.id = told.subject_id AND (entry.confirmed_on IS NULL OR entry.confirmed_on < told.day)"""

# What else is known of what stands: told by those who declared since, seen by the registers beside.
_RETELL = """
UPDATE cases_discrepancy AS found SET evidence = finding.evidence
FROM finding
WHERE found.register = %(register)s AND found.subject_id = finding.subject_id AND found.kind = finding.kind
  AND found.state = 'open' AND found.evidence->'seen' = finding.seen
  AND found.evidence IS DISTINCT FROM finding.evidence"""

# Of several kinds that are as urgent, always the same one heads the case, whoever declared first.
_HEAD = f"""
UPDATE cases_verificationcase AS held SET kind = head.kind
FROM subject
CROSS JOIN LATERAL (
    SELECT found.kind FROM cases_discrepancy AS found
    JOIN (VALUES {priorities_sql()}) AS rule(kind, priority) ON rule.kind = found.kind
    WHERE found.register = %(register)s AND found.subject_id = subject.subject_id AND found.state = 'open'
    ORDER BY rule.priority, found.kind LIMIT 1
) AS head
WHERE held.register = %(register)s AND held.subject_id = subject.subject_id
  AND held.state NOT IN ('closed', 'withdrawn')
  AND held.kind = ANY(%(kinds)s) AND held.kind <> head.kind"""

_TELL_DECLARED = """
INSERT INTO cases_caseevent (case_id, at, move, from_state, to_state, actor_name, reason, detail)
SELECT discrepancy.case_id, %(at)s, 'declared', '', '', '', '',
       jsonb_build_object('declaration', discrepancy.declaration_id, 'kind', discrepancy.kind)
FROM subject
JOIN cases_discrepancy AS discrepancy ON discrepancy.register = %(register)s
    AND discrepancy.subject_id = subject.subject_id AND discrepancy.found_at = %(at)s
    AND discrepancy.declaration_id IS NOT NULL AND discrepancy.state = 'open'
ORDER BY discrepancy.id"""

_TELL_CONFIRMED = """
INSERT INTO cases_caseevent (case_id, at, move, from_state, to_state, actor_name, reason, detail)
SELECT held.id, %(at)s, 'confirmed', '', '', '', '', jsonb_build_object('declaration', said.id)
FROM said
JOIN cases_verificationcase AS held ON held.register = %(register)s AND held.subject_id = said.subject_id
    AND held.state NOT IN ('closed', 'withdrawn')
WHERE said.fresh AND said.becomes = 'confirms' AND said.who = 'owner'
ORDER BY held.id"""


def write_back(register: str, at: datetime) -> None:
    """Keep what was judged, and make the entries live that were confirmed."""
    with connection.cursor() as cursor:
        cursor.execute(_KEEP, {"at": at})
        cursor.execute(_CONFIRM.format(table=TABLE[register]))


def tell(register: str, at: datetime) -> None:
    """Append to the cases of the entries what was declared, after the cases have followed it."""
    params: dict[str, Any] = {"register": register, "at": at, "kinds": list(KINDS)}
    with connection.cursor() as cursor, only_by_index():
        cursor.execute(_RETELL, params)
        cursor.execute(_HEAD, params)
        cursor.execute(_TELL_DECLARED, params)
        cursor.execute(_TELL_CONFIRMED, params)
