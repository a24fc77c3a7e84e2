"""Which parties and which persons can meet in the engine, in SQL: more pairs than it compares, never fewer.

The conditions cover every block of `cases.matching.blocks`; a test holds them together. Read one way they
find the persons to match a few parties against, read the other way the parties whom a changed person may
concern.
"""

from django.db import connection

from cases.models import MatchRun
from cases.runs.parties import PARTY, REGISTERS, counted_names_sql, persons_sql

# Above this many parties the whole population is read: a scan is then cheaper than look-ups.
SLICE_PARTIES = 20_000

_GIVEN = "substring({side}.name_key FROM '[^ ]*$')"
_HEAD = "regexp_replace({side}.name_key, ' ?[^ ]*$', '')"
_SAME_GIVEN = f"{_GIVEN.format(side='party')} = {_GIVEN.format(side='person')}"
_SAME_HEAD = f"{_HEAD.format(side='party')} = {_HEAD.format(side='person')}"
_YEAR = "extract(year FROM party.birth_date) = extract(year FROM person.birth_date)"
_ROTATED = "regexp_replace(party.name_key, '^([^ ]*) (.*)$', '\\2 \\1')"

MEETINGS: dict[str, str] = {
    "number": "person.personal_id = party.id_key",
    "former": "person.former_ids @> ARRAY[party.id_key::varchar(12)] AND length(party.id_key) = 9",
    "name": f"""person.name_key = party.name_key AND party.name_key <> '' AND ({_YEAR}
        OR person.unit_id = party.unit_id
        OR (length(party.id_key) = 12 AND (left(person.personal_id, 6) = left(party.id_key, 6)
            OR right(person.personal_id, 6) = right(party.id_key, 6))))""",
    "birth": f"""person.birth_date = party.birth_date AND party.birth_precision = 'day'
        AND ({_SAME_GIVEN} OR {_SAME_HEAD} OR person.name_key = {_ROTATED})""",
    "ward": f"""person.unit_id = party.unit_id
        AND person.birth_date BETWEEN date_trunc('year', party.birth_date)::date
            AND (date_trunc('year', party.birth_date) + interval '1 year - 1 day')::date
        AND ({_SAME_GIVEN} OR {_SAME_HEAD} OR person.name_key = {_ROTATED})""",
}
"""By what a pair meets → the condition on `party` and `person`."""

_MET = """
SELECT person.id
FROM {subjects} AS scope
JOIN ({party}) AS party ON party.party_id = scope.subject_id
JOIN registry_person AS person ON {meeting}
WHERE {condition} AND party.kind NOT IN ('organisation', 'foreigner')"""

_OF_RUN = "scope.run_id = {run} AND scope.register = '{register}'"

_NAMES_MET = "name_key IN (SELECT person.name_key FROM registry_person AS person WHERE {condition})"

_COUNT = "SELECT count(*) FROM (SELECT FROM cases_runsubject WHERE run_id = %s LIMIT %s) AS counted"


def population_sql(run: MatchRun) -> str:
    """The persons a run needs: all of them, or those whom its few parties can meet."""
    return persons_sql() if needs_everybody(run) else persons_sql(_met(run))


def name_counts_sql(run: MatchRun) -> str:
    """How many of the whole register carry each of the names of the persons that a run needs."""
    if needs_everybody(run):
        return counted_names_sql()
    return counted_names_sql(_NAMES_MET.format(condition=_met(run)))


def needs_everybody(run: MatchRun) -> bool:
    return run.scope == MatchRun.Scope.ALL or _parties_of(run) > SLICE_PARTIES


def met_by(register: str, subjects: str, condition: str = "true") -> str:
    """SQL: ids of the persons whom the parties named in the table `subjects` can meet.

    `condition` may use `scope`, a row of that table.
    """
    return " UNION ".join(
        _MET.format(party=PARTY[register], meeting=meeting, subjects=subjects, condition=condition)
        for meeting in MEETINGS.values()
    )


def _met(run: MatchRun) -> str:
    """SQL: the persons whom the run's parties can meet."""
    met = (
        met_by(register, "cases_runsubject", _OF_RUN.format(run=run.pk, register=register))
        for register in REGISTERS
    )
    return f"person.id IN ({' UNION '.join(met)})"


def _parties_of(run: MatchRun) -> int:
    with connection.cursor() as cursor:
        cursor.execute(_COUNT, [run.pk, SLICE_PARTIES + 1])
        return int(cursor.fetchone()[0])
