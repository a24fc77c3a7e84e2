"""A decision that a run would question: what an officer decided, and what has changed since.

A run never undoes a decision. Where what it rested on has changed, a case is opened again and says so:
`evidence["decided"]` = {"case", "at", "disposition", "person", "person_name", "officer",
"register": {field: {"then", "now"}}, "population": {field: {"then", "now"}}, "gone": bool, "new": [name]}.
"""

from typing import Any

from django.db import connection

# The fields a verdict can rest on, under the names that evidence gives them.
_REGISTER = ("kind", "name", "id_number", "birth_date")
_POPULATION = ("personal_id", "name", "birth_date", "died_on")

_DIFFERENCES = """(
    SELECT coalesce(jsonb_object_agg(field,
        jsonb_build_object('then', {then}->field, 'now', {now}->field)), '{{}}')
    FROM unnest(ARRAY[{fields}]) AS field
    WHERE {then}->>field IS DISTINCT FROM {now}->>field)"""


def _differences(then: str, now: str, fields: tuple[str, ...]) -> str:
    return _DIFFERENCES.format(then=then, now=now, fields=", ".join(f"'{field}'" for field in fields))


# The last decision on each subject in `finding`, and the entry as it left it: what matching had seen, with
# the corrections that were approved. A licence's columns begin with `holder_`.
_LAST = """
    SELECT asked.subject_id, asked.kind, asked.seen, asked.evidence, closed.id AS case_id, closed.closed_at,
           closed.disposition, closed.person_id, settled.evidence AS was,
           settled.evidence->'register' || coalesce((
               SELECT jsonb_object_agg(regexp_replace(made->>'field', '^holder_', ''), made->'new')
               FROM jsonb_array_elements(closed.changes) AS made
               WHERE made->>'register' = %(register)s AND (made->>'id')::bigint = asked.subject_id
           ), '{}') AS left_as
    FROM finding AS asked
    CROSS JOIN LATERAL (
        SELECT last.* FROM cases_verificationcase AS last
        WHERE last.register = %(register)s AND last.subject_id = asked.subject_id AND last.state = 'closed'
        ORDER BY last.id DESC LIMIT 1
    ) AS closed
    CROSS JOIN LATERAL (
        SELECT found.evidence FROM cases_discrepancy AS found
        WHERE found.case_id = closed.id AND found.state = 'settled' AND found.evidence->'seen' ? 'persons'
        ORDER BY found.id DESC LIMIT 1
    ) AS settled"""

_QUESTION = f"""
UPDATE finding SET evidence = finding.evidence || jsonb_build_object('decided', told.decision)
FROM (
    SELECT last.subject_id, last.kind, jsonb_build_object(
        'case', last.case_id, 'at', last.closed_at, 'disposition', last.disposition,
        'person', last.person_id, 'person_name', chosen.full_name, 'officer', approval.actor_name,
        'register', {_differences("last.left_as", "last.evidence->'register'", _REGISTER)},
        'population', CASE WHEN known.said IS NULL THEN '{{}}'
            ELSE {_differences("last.was->'population'", "known.said", _POPULATION)} END,
        'gone', last.was->'population'->'id' IS NOT NULL AND last.was->'population' <> 'null'
            AND known.said IS NULL,
        'new', coalesce(fresh.names, '[]')) AS decision
    FROM ({_LAST}) AS last
    LEFT JOIN registry_person AS chosen ON chosen.id = last.person_id
    LEFT JOIN LATERAL (
        SELECT event.actor_name FROM cases_caseevent AS event
        WHERE event.case_id = last.case_id AND event.move = 'approve' ORDER BY event.id DESC LIMIT 1
    ) AS approval ON true
    LEFT JOIN LATERAL (
        SELECT jsonb_build_object('personal_id', person.personal_id, 'name', person.full_name,
            'birth_date', person.birth_date, 'died_on', person.died_on) AS said
        FROM registry_person AS person WHERE person.id = (last.was->'population'->>'id')::bigint
    ) AS known ON true
    LEFT JOIN LATERAL (
        SELECT jsonb_agg(person.full_name ORDER BY person.id) AS names
        FROM jsonb_object_keys(last.seen->'persons') AS shown(id)
        JOIN registry_person AS person ON person.id = shown.id::bigint
        WHERE NOT last.was->'seen'->'persons' ? shown.id
    ) AS fresh ON true
) AS told
WHERE told.subject_id = finding.subject_id AND told.kind = finding.kind"""


def question_decisions(params: dict[str, Any]) -> None:
    """Put the decision that each row of `finding` questions into its evidence."""
    with connection.cursor() as cursor:
        cursor.execute(_QUESTION, params)
