"""Which cases a rule takes now, in SQL; freezing them as a lot.

A case is in a lot only while nobody has touched it: open, nobody's, never moved by a person, with exactly
one open discrepancy, whose verdict in force names a living person whom nobody ruled out: no officer for this
entry, and no blind review of the pair.
"""

from collections.abc import Mapping
from typing import Any, TypeVar

from django.db import connection

from cases.models import Release
from cases.models.subject import Register
from cases.releases.rules import Rule
from cases.runs.parties import TABLE
from cases.services.corrections import planned_changes_sql
from vehreg.adminsite.counting import COUNT_CAP
from vehreg.adminsite.patience import TookTooLong, within

Params = dict[str, Any]
Key = TypeVar("Key")

# Milliseconds that a page waits for the sizes of lots.
_SIZES_MS = 1000

# A comparison leaves out the level of a field of which one side says nothing.
MISSING = "missing"

REFUSED = """EXISTS (SELECT FROM cases_refusal AS refusal WHERE refusal.register = {row}.register
    AND refusal.subject_id = {row}.subject_id AND refusal.person_id = {row}.person_id)"""
JUDGED = """EXISTS (SELECT FROM cases_reviewpair AS pair WHERE pair.register = {row}.register
    AND pair.subject_id = {row}.subject_id AND pair.person_id = {row}.person_id
    AND pair.outcome = ANY(ARRAY[{outcomes}]))"""
OTHER_DISCREPANCY = """EXISTS (SELECT FROM cases_discrepancy AS other
    WHERE other.case_id = held.id AND other.state = 'open' AND other.kind <> held.kind)"""

_OPEN = """
SELECT held.id AS case_id, held.version AS case_version, held.register, held.subject_id,
       verdict.id AS verdict_id, verdict.person_id, entry.changed_at AS party_at,
       person.changed_at AS person_at
FROM cases_verificationcase AS held
JOIN cases_verdict AS verdict ON verdict.register = held.register
    AND verdict.subject_id = held.subject_id AND verdict.superseded_by_id IS NULL
    AND verdict.verdict = held.kind
JOIN registry_person AS person ON person.id = verdict.person_id AND person.died_on IS NULL
JOIN {table} AS entry ON entry.id = held.subject_id
WHERE held.register = '{register}' AND held.state = 'open' AND held.assignee_id IS NULL
  AND {conditions}"""

# What every class asks.
_UNTOUCHED = (
    """EXISTS (SELECT FROM cases_discrepancy AS found
    WHERE found.case_id = held.id AND found.state = 'open' AND found.kind = held.kind)""",
    f"NOT {OTHER_DISCREPANCY}",
    """NOT EXISTS (SELECT FROM cases_caseevent AS step
    WHERE step.case_id = held.id AND step.actor_id IS NOT NULL)""",
    "NOT " + REFUSED.format(row="verdict"),
    "NOT " + JUDGED.format(row="verdict", outcomes="'no_match', 'undecidable'"),
)
_LIVE = {Register.OWNER.value: "entry.vehicle_count > 0", Register.LICENCE.value: "true"}

_FREEZE = """
INSERT INTO cases_releasecase (release_id, case_id, case_version, register, subject_id, verdict_id,
                               person_id, party_at, person_at, state, reason)
SELECT %(release)s, case_id, case_version, register, subject_id, verdict_id, person_id, party_at, person_at,
       'held', ''
FROM ({lot}) AS lot ORDER BY case_id"""

_PLANNED = """
SELECT change->>'field', count(*)
FROM cases_releasecase AS one
JOIN {table} AS entry ON entry.id = one.subject_id
JOIN registry_person AS person ON person.id = one.person_id
CROSS JOIN LATERAL jsonb_array_elements({changes}) AS change
WHERE one.release_id = %(release)s AND one.register = '{register}'
GROUP BY 1"""


def lot_sql(rule: Rule, prefix: str = "") -> tuple[str, Params]:
    """SQL of the cases a rule takes now, and its parameters (their names begin with `prefix`)."""
    asked = _asked(rule, prefix)
    conditions = [*_UNTOUCHED, *(sql.format(value=f"%({name})s") for name, (sql, _value) in asked.items())]
    parts = (
        _OPEN.format(
            table=TABLE[register],
            register=register,
            conditions=" AND ".join([_LIVE[register], *conditions]),
        )
        for register in rule.registers
    )
    return " UNION ALL ".join(parts), {name: value for name, (_sql, value) in asked.items()}


def _asked(rule: Rule, prefix: str) -> dict[str, tuple[str, Any]]:
    """What this rule asks beyond what every class does: parameter → condition on its `value`, the value."""
    asked: dict[str, tuple[str, Any]] = {f"{prefix}kinds": ("held.kind = ANY({value})", list(rule.kinds))}
    for name, allowed in rule.levels.items():
        level = f"coalesce(verdict.comparison->>'{name}', '{MISSING}') = ANY({{value}})"
        asked[f"{prefix}level_{name}"] = (level, list(allowed))
    if rule.min_score:
        asked[f"{prefix}score"] = ("verdict.score >= {value}", rule.min_score)
    if rule.max_vehicles is not None:
        asked[f"{prefix}vehicles"] = ("held.vehicle_count <= {value}", rule.max_vehicles)
    if rule.units:
        units = "held.unit_id IN (SELECT id FROM accounts_unit WHERE code = ANY({value}))"
        asked[f"{prefix}units"] = (units, list(rule.units))
    return asked


def lot_sizes(rules: Mapping[Key, Rule], *, most: int = COUNT_CAP) -> dict[Key, int | None]:
    """How many cases each rule takes now, all in one query: `most + 1` where there are more.

    None for each where it takes too long.
    """
    if not rules:
        return {}
    parts: list[str] = []
    params: Params = {}
    for number, rule in enumerate(rules.values()):
        sql, values = lot_sql(rule, prefix=f"r{number}_")
        parts.append(f"(SELECT count(*) FROM (SELECT FROM ({sql}) AS lot LIMIT {most + 1}) AS capped)")
        params |= values
    try:
        with within(_SIZES_MS, row_by_row=True), connection.cursor() as cursor:
            cursor.execute(f"SELECT {', '.join(parts)}", params)
            found = cursor.fetchone()
    except TookTooLong:
        return dict.fromkeys(rules)
    return dict(zip(rules, found, strict=True))


def freeze_lot(release: Release, rule: Rule) -> int:
    """Write down the cases of a lot as they are now. Returns how many."""
    sql, params = lot_sql(rule)
    with connection.cursor() as cursor:
        cursor.execute(_FREEZE.format(lot=sql), params | {"release": release.pk})
        return int(cursor.rowcount)


def planned_corrections(release: Release) -> dict[str, int]:
    """In how many entries of a frozen lot each field will be corrected: {"owner.name": 12, …}."""
    found: dict[str, int] = {}
    with connection.cursor() as cursor:
        for register, table in TABLE.items():
            sql = _PLANNED.format(table=table, register=register, changes=planned_changes_sql(register))
            cursor.execute(sql, {"release": release.pk})
            found |= {f"{register}.{field}": count for field, count in cursor.fetchall()}
    return found
