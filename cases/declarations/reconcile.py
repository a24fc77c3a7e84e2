"""Declarations held against the registers, for a range of entries or for the entries of one declaration."""

import json
from contextlib import nullcontext
from dataclasses import dataclass, replace
from typing import Any

from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cases.confirmations.sorting import mark_plain
from cases.declarations.answers import answer_cases
from cases.declarations.entries import COLUMN, TABLE, find_entries, work_sql
from cases.declarations.findings import DECIDED, find
from cases.declarations.judging import judge
from cases.declarations.outcome import tell, write_back
from cases.declarations.posting import post
from cases.declarations.said import gather
from cases.declarations.statuses import KINDS
from cases.models import Declaration
from cases.runs.opening import Followed, Source, follow
from cases.runs.temporary import fresh_table
from vehreg.planner import only_by_index

_TAKE = """
INSERT INTO subject
SELECT DISTINCT entry_id FROM ({work}) AS work WHERE entry_id BETWEEN %(first)s AND %(last)s"""
_TAKE_ONE = """
INSERT INTO subject
SELECT {column} FROM cases_declaration WHERE id = %(declaration)s AND {column} IS NOT NULL
UNION
SELECT subject_id FROM cases_discrepancy
WHERE declaration_id = %(declaration)s AND register = '{register}' AND state = 'open'"""
_LOCK = """
SELECT FROM {table} AS entry WHERE entry.id IN (SELECT subject_id FROM subject)
ORDER BY entry.id FOR NO KEY UPDATE"""

_ANEW = """
UPDATE cases_declaration SET state = 'received'
WHERE {column} IN (SELECT subject_id FROM subject) AND state IN ('confirms', 'differs')"""

# Whose cases the entries in `subject` may answer.
_PARTIES = {
    "vehicle": (
        "owner",
        "SELECT owner_id FROM registry_vehicle WHERE id IN (SELECT subject_id FROM subject)",
    ),
    "licence": ("licence", "SELECT subject_id FROM subject"),
}
_ONE = "SELECT %(party)s::bigint"

# Why no declaration stands against an entry any more.
_WHY = """
    SELECT told.cause, format(%(causes)s::jsonb->>told.cause, told.label) AS reason,
           jsonb_build_object('declaration', told.id) AS detail
    FROM (
        SELECT last.id, last.label, CASE WHEN last.id IS NULL THEN 'retracted' ELSE 'confirmed' END AS cause
        FROM (VALUES (1)) AS one
        LEFT JOIN LATERAL (
            SELECT said.id, said.label FROM said
            WHERE said.subject_id = standing.subject_id AND said.becomes = 'confirms'
            ORDER BY said.declared_at DESC, said.id DESC LIMIT 1
        ) AS last ON true
    ) AS told"""


@dataclass(frozen=True)
class Reconciled:
    """Declarations by what they became, and the cases they opened and closed."""

    states: dict[str, int]
    opened: int
    withdrawn: int


def reconcile_entries(register: str, *, first: int, last: int, came: bool, **after: bool) -> Reconciled:
    """Reconcile the entries from `first` to `last` that have something new, in the present transaction.

    What counts as new: `cases.declarations.entries.work_sql`. What only `came` answers cases here and now;
    otherwise all open cases are gone through later.
    """
    take = _TAKE.format(work=work_sql(register, came=came, **after))
    done = _reconcile(register, take, {"first": first, "last": last})
    if not came:
        return done
    answered = answer_cases(*_PARTIES[register])
    return replace(done, withdrawn=done.withdrawn + answered.withdrawn)


def reconcile_one(declaration: Declaration) -> Declaration:
    """Find the entry of one declaration and reconcile it at once. Returns the declaration as it is now."""
    with transaction.atomic():
        find_entries(first=declaration.pk, last=declaration.pk)
        for register, column in COLUMN.items():
            take = _TAKE_ONE.format(register=register, column=column)
            _reconcile(register, take, {"declaration": declaration.pk})
        declaration.refresh_from_db()
        answer_cases_of(declaration)
    return declaration


def reconcile_anew(register: str, entries: str, params: dict[str, Any]) -> Reconciled:
    """Judge everything declared of the entries that the SQL selects once more, in the present transaction."""
    return _reconcile(register, f"INSERT INTO subject {entries}", params, anew=True)


def answer_cases_of(declaration: Declaration) -> Followed:
    """Let one confirming declaration answer the cases of its owner or holder."""
    if declaration.vehicle is not None:
        return answer_cases("owner", _ONE, {"party": declaration.vehicle.owner_id})
    if declaration.licence_id is not None:
        return answer_cases("licence", _ONE, {"party": declaration.licence_id})
    return Followed(0, 0)


def _reconcile(register: str, take: str, params: dict[str, Any], *, anew: bool = False) -> Reconciled:
    """The entries are locked first: whoever else reconciles them waits, and then sees what was done."""
    at = timezone.now()
    with connection.cursor() as cursor:
        fresh_table(cursor, "subject", "subject_id bigint PRIMARY KEY")
        with only_by_index() if anew else nullcontext():
            cursor.execute(take, params)
        cursor.execute("ANALYZE subject")
        cursor.execute(_LOCK.format(table=TABLE[register]))
        if anew:
            cursor.execute(_ANEW.format(column=COLUMN[register]))
    gather(register)
    judge()
    mark_plain()
    find(register)
    write_back(register, at)
    followed = follow(_source(register), register=register, at=at)
    tell(register, at)
    post(register, at)
    return Reconciled(_states(), followed.opened, followed.withdrawn)


def _source(register: str) -> Source:
    causes = {
        "confirmed": _("Confirmed by declaration %s."),
        "retracted": _("What was declared does not stand any more."),
    }
    return Source(
        kinds=KINDS,
        still=f"NOT {DECIDED}",
        why=_WHY,
        stale=_("Something else was declared since this was proposed. Look again."),
        params={"causes": json.dumps(causes, ensure_ascii=False)},
    )


def _states() -> dict[str, int]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT becomes, count(*) FROM said WHERE becomes <> state GROUP BY becomes")
        return {str(state): int(count) for state, count in cursor.fetchall()}
