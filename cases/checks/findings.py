"""What the rules find wrong with the entries in `subject`: kept as findings, and handed on to the cases.

`found` has a row for each rule an entry breaks; `finding`, made from it, those that may open a case.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any, Final

from django.db import connection

from cases.checks.entries import NAMED, source_sql
from cases.checks.rule import Rule
from cases.models.case import Disposition
from cases.runs.findings import FINDING, city_unit_id, leave_out
from cases.runs.temporary import fresh_table

_FOUND: Final = "subject_id bigint, rule text, evidence jsonb, PRIMARY KEY (subject_id, rule)"

_FIND: Final = """
INSERT INTO found
SELECT entry.id, told.rule, told.evidence
FROM {source}
CROSS JOIN LATERAL (VALUES
    {rules}
) AS told(rule, evidence)
WHERE told.evidence IS NOT NULL"""
_TOLD: Final = """('{code}', CASE WHEN ({condition}) THEN
        jsonb_build_object('rule', '{code}', 'version', {version}, 'seen', {seen}) || {beside} END)"""

# What the subjects' findings were and are not any more; then what is new or rests on something else now.
_FORGET: Final = """
DELETE FROM cases_checkfinding AS was USING subject
WHERE was.register = %(register)s AND was.subject_id = subject.subject_id AND was.rule = ANY(%(checked)s)
  AND NOT EXISTS (SELECT FROM found WHERE found.subject_id = was.subject_id AND found.rule = was.rule)"""
_KEEP: Final = """
INSERT INTO cases_checkfinding AS was (register, subject_id, rule, unit_id, evidence, found_at)
SELECT %(register)s, found.subject_id, found.rule, coalesce(named.unit_id, %(city)s), found.evidence, %(at)s
FROM found JOIN ({named}) AS named ON named.entry_id = found.subject_id
ORDER BY found.subject_id, found.rule
ON CONFLICT (register, subject_id, rule) DO UPDATE
SET evidence = excluded.evidence, unit_id = excluded.unit_id
WHERE (was.evidence, was.unit_id) IS DISTINCT FROM (excluded.evidence, excluded.unit_id)"""

_RAISE: Final = """
INSERT INTO finding
SELECT found.subject_id, NULL, found.rule, raised.priority, named.name, named.vehicle_count,
       coalesce(named.unit_id, %(city)s), NULL, NULL, found.evidence->'seen', found.evidence, NULL
FROM found
JOIN (VALUES {priorities}) AS raised(rule, priority) ON raised.rule = found.rule
JOIN ({named}) AS named ON named.entry_id = found.subject_id"""

# Whoever ended a case so had the entry itself before their eyes, not only who its owner is.
_DECIDING: Final = ", ".join(
    f"'{one.value}'"
    for one in (
        Disposition.ENTRY_RIGHT,
        Disposition.CORRECT_ENTRY,
        Disposition.CHANGE_STATUS,
        Disposition.TRANSFER,
    )
)
# An officer has ended a case with the same before their eyes, and a second one agreed. Where that decision
# changed one of the fields, the old value is no decision: it has come back.
DECIDED: Final = f"""EXISTS (
    SELECT FROM cases_verificationcase AS closed
    JOIN cases_discrepancy AS settled ON settled.case_id = closed.id AND settled.state = 'settled'
    WHERE closed.register = %(register)s AND closed.subject_id = finding.subject_id
      AND closed.state = 'closed' AND closed.disposition IN ({_DECIDING})
      AND settled.kind = finding.kind AND settled.evidence->'seen' @> finding.seen
      AND NOT EXISTS (SELECT FROM jsonb_array_elements(closed.changes) AS change
          WHERE change->>'register' = closed.register AND finding.seen ? (change->>'field')))"""


def find(register: str, *, rules: Sequence[Rule], checked: Sequence[str], day: date, at: datetime) -> None:
    """Fill `found` and `finding` and bring the kept findings in line.

    `rules` are looked for, `checked` names all those whose findings are renewed: one that is off or out of
    force is checked and not found.
    """
    params: dict[str, Any] = {"register": register, "checked": list(checked), "at": at, "today": day}
    params["city"] = city_unit_id()
    for rule in rules:
        params |= rule.params(day)
    named = NAMED[register]
    with connection.cursor() as cursor:
        fresh_table(cursor, "found", _FOUND)
        fresh_table(cursor, "finding", FINDING)
        if rules:
            cursor.execute(_find_sql(register, rules), params)
        cursor.execute("ANALYZE found")
        cursor.execute(_FORGET, params)
        cursor.execute(_KEEP.format(named=named), params)
        if priorities := _priorities(rules):
            cursor.execute(_RAISE.format(priorities=priorities, named=named), params)
        leave_out(DECIDED, params)
        cursor.execute("ANALYZE finding")


def _find_sql(register: str, rules: Sequence[Rule]) -> str:
    told = ",\n    ".join(_told(rule) for rule in rules)
    return _FIND.format(source=source_sql(register), rules=told)


def _told(rule: Rule) -> str:
    return _TOLD.format(
        code=rule.code,
        condition=rule.condition,
        version=rule.version,
        seen=_object(rule.seen),
        beside=_object(rule.beside),
    )


def _object(fields: Mapping[str, str]) -> str:
    pairs = ", ".join(f"'{name}', {sql}" for name, sql in fields.items())
    return f"jsonb_build_object({pairs})"


def _priorities(rules: Sequence[Rule]) -> str:
    return ", ".join(f"('{rule.code}', {int(rule.priority)}::int2)" for rule in rules if rule.opens_case)
