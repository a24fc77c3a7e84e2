"""Examples of what changed between two runs: one cell of the matrix, page by page."""

from dataclasses import dataclass
from typing import Any

from django.db import connection, transaction
from django.utils.translation import gettext as _

from cases.models import MatchRun, Verdict
from cases.models.subject import Register
from cases.runs.causes import Versions, cause_sql
from cases.runs.comparing import DIFFERS, JOINED, NONE, SIDES, STOOD, parameters
from vehreg.accounts.models import User
from vehreg.accounts.scope import sees_every_unit
from vehreg.adminsite.patience import TookTooLong, within
from vehreg.jobs.kinds import Refused

# Longer than this nobody waits for examples: a rare change among millions of others.
_PATIENCE_MS = 8000

# A page is read from the side with fewer rows: verdicts that began between the runs, or that ended.
_DRIVERS = {
    "now": "driver.run_id = ANY(%(between)s) AND driver.verdict = %(now)s",
    "was": "driver.superseded_by_id = ANY(%(between)s) AND driver.verdict = %(was)s",
}

_EXAMPLES = """
SELECT key, register, subject_id, was_id, now_id, cause FROM (
    SELECT changed.*, {cause} AS cause FROM (
        SELECT driver.id AS key, driver.register, driver.subject_id, {sides}
        FROM cases_verdict AS driver
        CROSS JOIN LATERAL (
            SELECT {stood} FROM cases_verdict AS verdict
            WHERE verdict.register = driver.register AND verdict.subject_id = driver.subject_id
        ) AS stood {joined}
        WHERE {driver} AND driver.id > %(after)s AND {side}.id = driver.id AND {scope}
          AND coalesce(was.verdict, '') = %(was)s AND coalesce(now.verdict, '') = %(now)s AND {differs}
    ) AS changed
) AS told
WHERE %(cause)s IN ('', cause)
ORDER BY key
LIMIT %(limit)s"""

_OF_UNIT = """CASE driver.register
    WHEN '{owner}' THEN EXISTS (
        SELECT FROM registry_owner AS entry WHERE entry.id = driver.subject_id AND entry.unit_id = %(unit)s)
    ELSE EXISTS (
        SELECT FROM registry_driverlicence AS entry
        WHERE entry.id = driver.subject_id AND entry.unit_id = %(unit)s) END"""


@dataclass(frozen=True)
class Cell:
    """A cell of the matrix, and a cause ("": any)."""

    was: str
    now: str
    cause: str = ""


@dataclass(frozen=True)
class Example:
    """One party whose verdict changed. `key` begins the next page after it."""

    key: int
    register: str
    subject_id: int
    was: Verdict | None
    now: Verdict | None
    cause: str


def examples(
    *,
    first: MatchRun,
    second: MatchRun,
    cell: Cell,
    user: User,
    limit: int,
    after: int = 0,
    standing: dict[str, int] | None = None,
) -> list[Example]:
    """Up to `limit` parties of a cell that this user may see. `standing` says which side is smaller.

    Raises `Refused` when they are too rare among too many to be found while somebody waits.
    """
    if cell.was == cell.now == NONE:
        return []
    params = parameters(first, second) | {
        "was": cell.was, "now": cell.now, "cause": cell.cause, "after": after, "limit": limit,
        "unit": user.unit_id,
    }  # fmt: skip
    try:
        with transaction.atomic(), within(_PATIENCE_MS), connection.cursor() as cursor:
            cursor.execute(_sql(first, second, _side(cell, standing or {}), user), params)
            rows = cursor.fetchall()
    except TookTooLong as late:
        raise Refused(_("These are too rare among too many changes to be looked up here.")) from late
    return _with_verdicts(rows)


def _side(cell: Cell, standing: dict[str, int]) -> str:
    if NONE in (cell.was, cell.now):
        return "now" if cell.now else "was"
    return "now" if standing.get(cell.now, 0) <= standing.get(cell.was, 0) else "was"


def _sql(first: MatchRun, second: MatchRun, side: str, user: User) -> str:
    scope = "true" if sees_every_unit(user) else _OF_UNIT.format(owner=Register.OWNER.value)
    return _EXAMPLES.format(
        cause=cause_sql(Versions.between(first, second)),
        sides=SIDES,
        stood=STOOD,
        joined=JOINED,
        driver=_DRIVERS[side],
        side=side,
        scope=scope,
        differs=DIFFERS,
    )


def _with_verdicts(rows: list[tuple[Any, ...]]) -> list[Example]:
    ids = {verdict for row in rows for verdict in row[3:5] if verdict}
    verdicts = Verdict.objects.select_related("person").in_bulk(ids)
    return [
        Example(key, register, subject_id, verdicts.get(was), verdicts.get(now), cause)
        for key, register, subject_id, was, now, cause in rows
    ]
