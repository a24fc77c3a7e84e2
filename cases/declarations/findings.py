"""What the declarations in `said` find wrong with their entries, one row for each kind and entry."""

from typing import Any

from django.db import connection

from cases.declarations.beside import tell_beside
from cases.declarations.statuses import RELATIONS, TRANSFERS, priorities_sql
from cases.models.kinds import DeclaredKind
from cases.runs.findings import FINDING, city_unit_id, leave_out
from cases.runs.temporary import fresh_table

# Both sides of a transfer are told as one. A contested claim is told once: as the conflict.
_RAISED = f"""
    SELECT id, subject_id, kind, mark, declared_at FROM said
    WHERE replaced_by IS NULL AND kind IS NOT NULL
      AND NOT (meets AND (kind <> '{DeclaredKind.DECLARED_DIFFERS}'
                          OR coalesce(differs, '{{}}') - 'name' - 'number' = '{{}}'))
      AND NOT (contested AND who <> 'owner' AND kind = '{DeclaredKind.DECLARED_DIFFERS}')
    UNION ALL
    SELECT id, subject_id, '{DeclaredKind.DECLARED_TRANSFER}', mark, declared_at FROM said WHERE meets
    UNION ALL
    SELECT id, subject_id, '{DeclaredKind.DECLARED_CONFLICT}', mark, declared_at FROM said WHERE contested"""

_WITH_HANDS = ", ".join(f"'{kind}'" for kind in (*TRANSFERS, *RELATIONS))

# The newest declaration of a kind leads; whoever else declared the entry is told beside it.
_FIND = f"""
WITH raised AS ({_RAISED}),
grouped AS (
    SELECT subject_id, kind, jsonb_object_agg(id, mark) AS marks,
           (array_agg(id ORDER BY declared_at DESC, id DESC))[1] AS lead
    FROM raised GROUP BY subject_id, kind
)
INSERT INTO finding
SELECT grouped.subject_id, NULL, grouped.kind, rule.priority, said.party_name, said.vehicle_count,
       coalesce(said.entry_unit, said.unit_id, %(city)s), NULL, NULL, seen.marks,
       jsonb_build_object('declaration', said.id, 'declarant', said.name, 'status', said.status,
           'declared_at', said.declared_at, 'since', said.since, 'counterparty', said.counterparty,
           'note', said.note, 'differs', coalesce(said.differs, '{{}}'),
           'others', coalesce(others.told, '[]'), 'seen', seen.marks)
           || CASE WHEN chain.hands IS NOT NULL
                   THEN jsonb_build_object('hands', chain.hands, 'waits_for', chain.waits_for)
                   ELSE '{{}}' END,
       said.id
FROM grouped
JOIN said ON said.id = grouped.lead
JOIN (VALUES {priorities_sql()}) AS rule(kind, priority) ON rule.kind = grouped.kind
CROSS JOIN LATERAL (SELECT jsonb_build_object('declarations', grouped.marks) AS marks) AS seen
LEFT JOIN LATERAL (
    SELECT jsonb_agg(jsonb_build_object('declaration', beside.id, 'declarant', beside.name,
        'status', beside.status, 'declared_at', beside.declared_at) ORDER BY beside.declared_at) AS told
    FROM said AS beside
    WHERE beside.subject_id = grouped.subject_id AND beside.id <> said.id AND beside.replaced_by IS NULL
) AS others ON true
LEFT JOIN chain ON chain.subject_id = grouped.subject_id AND grouped.kind IN ({_WITH_HANDS})"""

# An officer has settled a discrepancy of this kind with these declarations before their eyes.
DECIDED = """EXISTS (
    SELECT FROM cases_discrepancy AS settled
    JOIN cases_verificationcase AS closed ON closed.id = settled.case_id
    WHERE closed.register = %(register)s AND closed.subject_id = finding.subject_id
      AND settled.kind = finding.kind AND settled.state = 'settled'
      AND (settled.evidence->'seen'->'declarations') @> (finding.seen->'declarations'))"""


def find(register: str) -> None:
    """Fill the temporary table `finding`."""
    params: dict[str, Any] = {"register": register, "city": city_unit_id()}
    with connection.cursor() as cursor:
        fresh_table(cursor, "finding", FINDING)
        cursor.execute(_FIND, params)
        leave_out(DECIDED, params)
        cursor.execute("ANALYZE finding")
    tell_beside(register)
