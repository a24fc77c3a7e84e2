"""What the verdicts in force find wrong with the subjects at hand, with the evidence a case keeps."""

from typing import Any

from django.db import connection
from django.utils.translation import gettext as _

from cases.runs.parties import PARTY
from cases.runs.questioned import question_decisions
from cases.runs.rules import MASS_HOLDER, RULES
from cases.runs.temporary import fresh_table, span_of_subjects
from vehreg.accounts.models import Unit
from vehreg.jobs.kinds import Refused
from vehreg.planner import only_by_index

# One row for each thing wrong with a subject. Of `verdict_id` and `declaration_id` one is NULL: who found it.
FINDING = """subject_id bigint, verdict_id bigint, kind text, priority int2, subject_name text,
    vehicle_count int, unit_id bigint, changed_at timestamptz, pass_name text, seen jsonb, evidence jsonb,
    declaration_id bigint"""

# Each step is a table of its own, with figures for the planner: in one query it guesses too low, and loops.
_TABLES = {
    "ruled": """verdict_id bigint, subject_id bigint, run_id bigint, rules_version text, verdict text,
        pass_name text, score float8, person_id bigint, comparison jsonb, kind text, priority int2""",
    "shown": "verdict_id bigint, persons jsonb, first bigint",
    "finding": FINDING,
}
# The columns of each by which the next step joins: figures of the evidence would cost more than they tell.
_JOINED_BY = {
    "ruled": "verdict_id, subject_id, person_id",
    "shown": "verdict_id, first",
    "finding": "subject_id, verdict_id, kind, priority",
}

# What a decision rests on: the party as registered, and what the population said of each person shown.
_PARTY_MARK = """md5(concat_ws('|', party.kind, party.name, party.id_number, party.birth_date))"""
_PERSON_MARK = """left(md5(concat_ws('|', person.personal_id, person.full_name, person.birth_date,
    person.died_on)), 12)"""

_REGISTER_SAID = """jsonb_build_object('kind', party.kind, 'name', party.name,
    'id_number', party.id_number, 'birth_date', party.birth_date,
    'birth_precision', party.birth_precision, 'address', party.address)"""
_POPULATION_SAID = """CASE WHEN proposed.id IS NOT NULL THEN jsonb_build_object('id', proposed.id,
    'personal_id', proposed.personal_id, 'name', proposed.full_name, 'former_ids', proposed.former_ids,
    'birth_date', proposed.birth_date, 'birth_precision', proposed.birth_precision,
    'gender', proposed.gender, 'address', proposed.address, 'died_on', proposed.died_on,
    'as_of', proposed.as_of) END"""

_RULED = """
INSERT INTO ruled
SELECT verdict.id, verdict.subject_id, verdict.run_id, run.rules_version, verdict.verdict,
       verdict.pass_name, verdict.score, verdict.person_id, verdict.comparison, rule.kind, rule.priority
FROM subject
JOIN cases_verdict AS verdict ON verdict.register = %(register)s
    AND verdict.subject_id = subject.subject_id AND verdict.superseded_by_id IS NULL
    AND verdict.subject_id BETWEEN %(first)s AND %(last)s
JOIN cases_matchrun AS run ON run.id = verdict.run_id
JOIN (VALUES {rules}) AS rule(verdict, kind, priority, needs)
    ON rule.verdict = verdict.verdict AND verdict.comparison @> rule.needs::jsonb"""

_SHOWN = f"""
INSERT INTO shown
SELECT ruled.verdict_id, jsonb_object_agg(person.id, {_PERSON_MARK}),
       (array_agg(person.id ORDER BY candidate.rank))[1]
FROM ruled
JOIN cases_candidate AS candidate USING (verdict_id)
JOIN registry_person AS person ON person.id = candidate.person_id
GROUP BY ruled.verdict_id"""

_FIND = """
INSERT INTO finding
SELECT ruled.subject_id, ruled.verdict_id, ruled.kind, {priority}, party.name, party.vehicle_count,
       coalesce(party.unit_id, proposed.unit_id, %(city)s), party.changed_at, ruled.pass_name,
       seen.marks,
       jsonb_build_object('verdict', ruled.verdict, 'pass', ruled.pass_name, 'score', ruled.score,
           'comparison', ruled.comparison, 'run', ruled.run_id, 'rules', ruled.rules_version,
           'register', {register_said}, 'population', {population_said}, 'seen', seen.marks)
FROM ruled
JOIN ({party}) AS party ON party.party_id = ruled.subject_id AND party.live
    AND party.party_id BETWEEN %(first)s AND %(last)s
LEFT JOIN shown USING (verdict_id)
LEFT JOIN registry_person AS proposed ON proposed.id = coalesce(ruled.person_id, shown.first)
CROSS JOIN LATERAL (SELECT jsonb_build_object(
    'party', {party_mark}, 'persons', coalesce(shown.persons, '{{}}')) AS marks) AS seen"""

# Whoever holds very many vehicles, or a stolen one, is looked at a step sooner.
_PRIORITY = {
    "owner": """greatest(1, ruled.priority - (party.vehicle_count >= %(mass)s OR EXISTS (
        SELECT FROM registry_vehicle AS vehicle
        WHERE vehicle.owner_id = party.party_id AND vehicle.status = 'stolen'))::int)""",
    "licence": "ruled.priority",
}

# An officer closed a case on this subject, and nothing the decision rested on has changed since: the
# register says the same (or was last changed by that very decision), and nobody new is proposed.
DECIDED = """EXISTS (
    SELECT FROM (
        SELECT last.id, last.closed_at FROM cases_verificationcase AS last
        WHERE last.register = %(register)s AND last.subject_id = finding.subject_id
          AND last.state = 'closed'
        ORDER BY last.id DESC LIMIT 1
    ) AS closed
    JOIN cases_discrepancy AS settled ON settled.case_id = closed.id AND settled.state = 'settled'
    WHERE settled.evidence->'seen' IS NOT NULL
      AND ((settled.evidence->'seen'->>'party') = (finding.seen->>'party')
           OR finding.changed_at <= closed.closed_at)
      AND (settled.evidence->'seen'->'persons') @> (finding.seen->'persons'))"""


def find(register: str, params: dict[str, Any]) -> None:
    """Fill the temporary table `finding`: one row for each of `subject` that something is wrong with."""
    known = params | {"mass": MASS_HOLDER, "city": city_unit_id()} | span_of_subjects()
    with connection.cursor() as cursor:
        for name, statement in _steps(register).items():
            fresh_table(cursor, name, _TABLES[name])
            cursor.execute(statement, known)
            cursor.execute(f"ANALYZE {name} ({_JOINED_BY[name]})")
    leave_out(DECIDED, params)
    with only_by_index():
        question_decisions(params)


def leave_out(decided: str, params: dict[str, Any]) -> None:
    """Take from `finding` what an officer has decided before, by a condition on its rows.

    It is asked for each of them: the cases of a subject are looked up by index.
    """
    with connection.cursor() as cursor, only_by_index():
        cursor.execute(f"DELETE FROM finding WHERE {decided}", params)


def city_unit_id() -> int:
    """The city team: it gets the cases of which nobody knows the ward. Raises `Refused`."""
    unit_id = Unit.objects.filter(kind=Unit.Kind.CITY).order_by("code").values_list("pk", flat=True).first()
    if unit_id is None:
        raise Refused(_("There is no city team among the units: load the units first."))
    return unit_id


def _steps(register: str) -> dict[str, str]:
    """The temporary tables in order, and what fills each."""
    rules = ", ".join(f"('{rule.verdict}', '{rule.kind}', {rule.priority}, '{rule.needs}')" for rule in RULES)
    find = _FIND.format(
        party=PARTY[register],
        priority=_PRIORITY[register],
        party_mark=_PARTY_MARK,
        register_said=_REGISTER_SAID,
        population_said=_POPULATION_SAID,
    )
    return {"ruled": _RULED.format(rules=rules), "shown": _SHOWN, "finding": find}
