"""Two runs compared: which verdicts became which others between them, and why.

Verdicts are intervals from a run to the run that superseded them, so only rows that began or ended after
the first run, up to the second, are read. A verdict of a single record belongs to the run of its day, which
may have begun before a run over the registers and go on after it: the order of ids says on which side of
that run such a verdict stands.
"""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper
from django.db.models import Max, Min
from django.utils import timezone

from cases.models import MatchRun, Verdict
from cases.runs.causes import Versions, cause_sql
from cases.runs.temporary import fresh_table

_ENDLESS = (1 << 63) - 1
NONE = ""
"""In the place of a verdict: not matched yet, or not there any more."""

_TABLES = {
    "touched": "register text, subject_id bigint",
    "stood": "register text, subject_id bigint, was_id bigint, now_id bigint",
    "changed": """register text, subject_id bigint, was_id bigint, now_id bigint, was_verdict text,
        now_verdict text, was_person bigint, now_person bigint""",
}

_TOUCHED = """
INSERT INTO touched
SELECT register, subject_id FROM cases_verdict WHERE run_id = ANY(%(between)s)
UNION
SELECT register, subject_id FROM cases_verdict WHERE superseded_by_id = ANY(%(between)s)"""

# Whether a verdict had begun when a run ended, and whether one that had begun was in force then.
BEGUN = """({row}.run_id <= %({run})s
    AND ({row}.run_id <> ALL(%({run}_days)s) OR {row}.id <= %({run}_high)s))"""
_IN_FORCE = """({row}.superseded_by_id IS NULL OR {row}.superseded_by_id > %({run})s
    OR {row}.superseded_by_id = ANY(%({run}_days)s))"""

STOOD = f"""max(verdict.id) FILTER (WHERE {BEGUN.format(row="verdict", run="first")}) AS was_id,
       max(verdict.id) FILTER (WHERE {BEGUN.format(row="verdict", run="second")}) AS now_id"""

_STOOD = f"""
INSERT INTO stood
SELECT touched.register, touched.subject_id, {STOOD}
FROM touched JOIN cases_verdict AS verdict USING (register, subject_id)
GROUP BY touched.register, touched.subject_id"""

JOINED = f"""
LEFT JOIN cases_verdict AS was ON was.id = stood.was_id AND {_IN_FORCE.format(row="was", run="first")}
LEFT JOIN cases_verdict AS now ON now.id = stood.now_id AND {_IN_FORCE.format(row="now", run="second")}"""
DIFFERS = "(was.verdict IS DISTINCT FROM now.verdict OR was.person_id IS DISTINCT FROM now.person_id)"
SIDES = """was.id AS was_id, now.id AS now_id, coalesce(was.verdict, '') AS was_verdict,
       coalesce(now.verdict, '') AS now_verdict, was.person_id AS was_person, now.person_id AS now_person"""

_CHANGED = f"""
INSERT INTO changed
SELECT stood.register, stood.subject_id, {SIDES}
FROM stood {JOINED}
WHERE {DIFFERS}"""

_COUNT = """
SELECT was_verdict, now_verdict, cause, count(*)
FROM (SELECT was_verdict, now_verdict, {cause} AS cause FROM changed) AS told
GROUP BY was_verdict, now_verdict, cause
ORDER BY was_verdict, now_verdict, cause"""

_MOST = """
SELECT count(*) FROM (
    (SELECT FROM cases_verdict WHERE run_id = ANY(%(between)s) LIMIT %(most)s)
    UNION ALL
    (SELECT FROM cases_verdict WHERE superseded_by_id = ANY(%(between)s) LIMIT %(most)s)
) AS rows"""


@dataclass(frozen=True)
class Transition:
    """So many parties went from one verdict to another (or to another person) for one cause."""

    was: str
    now: str
    cause: str
    count: int


@dataclass(frozen=True)
class Comparison:
    """What changed, and how many parties had each verdict when the second run ended."""

    transitions: list[Transition]
    standing: dict[str, int]

    def moved(self, was: str, now: str) -> int:
        """How many of a cell changed; on the diagonal: got another person under the same verdict."""
        return sum(one.count for one in self.transitions if (one.was, one.now) == (was, now))

    def unchanged(self, verdict: str) -> int:
        """How many had this verdict and the same person in both runs."""
        arrived = sum(one.count for one in self.transitions if one.now == verdict)
        return max(self.standing.get(verdict, 0) - arrived, 0)

    def by_cause(self) -> dict[str, int]:
        counts: dict[str, int] = {}
        for one in self.transitions:
            counts[one.cause] = counts.get(one.cause, 0) + one.count
        return counts

    def as_json(self) -> dict[str, Any]:
        rows = [[one.was, one.now, one.cause, one.count] for one in self.transitions]
        return {"transitions": rows, "standing": self.standing}

    @classmethod
    def from_json(cls, stored: dict[str, Any]) -> "Comparison":
        return cls([Transition(*row) for row in stored["transitions"]], dict(stored["standing"]))


def compare(first: MatchRun, second: MatchRun) -> Comparison:
    """Count what changed between two finished runs, the earlier one first."""
    why = cause_sql(Versions.between(first, second))
    return Comparison(_transitions(first, second, why), standing_at(second))


def standing_at(run: MatchRun) -> dict[str, int]:
    """Verdict → parties when a run ended: as the last whole run counted, with what moved since."""
    base = _last_whole(run)
    counts = dict(base.verdicts) if base else {}
    for one in _transitions(base, run, "''") if base != run else []:
        counts[one.now] = counts.get(one.now, 0) + one.count
        counts[one.was] = counts.get(one.was, 0) - one.count
    return {verdict: count for verdict, count in counts.items() if verdict and count > 0}


def is_long(first: MatchRun, second: MatchRun, most: int) -> bool:
    """Whether more than `most` verdicts have to be read."""
    earlier = min((run for run in (first, _last_whole(second)) if run), key=lambda run: run.pk)
    with connection.cursor() as cursor:
        cursor.execute(_MOST, parameters(earlier, second) | {"most": most + 1})
        return int(cursor.fetchone()[0]) > most


def parameters(first: MatchRun | None, second: MatchRun) -> dict[str, Any]:
    """What the statements need of two runs; without a first one, everything up to the second is new."""
    start, days = (first.pk, _days_of(first)) if first else (0, [])
    between = MatchRun.objects.filter(pk__gt=start, pk__lte=second.pk).values_list("pk", flat=True)
    return {
        "between": sorted({*between, *days}),
        "first": start,
        "first_days": days,
        "first_high": _last_verdict(first) if first and days else 0,
        "second": second.pk,
        "second_days": (later := _days_of(second)),
        "second_high": _last_verdict(second) if later else 0,
        "since": first.watermark if first else datetime(1900, 1, 1, tzinfo=UTC),
        "until": second.finished_at or timezone.now(),
    }


def _days_of(run: MatchRun) -> list[int]:
    """The runs of single records that began before this one and may have gone on after it."""
    day = timezone.localtime(run.started_at).replace(hour=0, minute=0, second=0, microsecond=0)
    single = MatchRun.objects.filter(scope=MatchRun.Scope.SINGLE, pk__lt=run.pk, watermark__gte=day)
    return list(single.exclude(pk=run.pk).values_list("pk", flat=True))


def _last_verdict(run: MatchRun) -> int:
    """Up to this id a verdict of a single record was there when the run ended.

    The last verdict that the run wrote; where it wrote none, the last before the next run's first.
    """
    written = Verdict.objects.filter(run=run).aggregate(last=Max("pk"))["last"]
    if written:
        return int(written)
    later = MatchRun.objects.filter(pk__gt=run.pk).exclude(scope=MatchRun.Scope.SINGLE)
    following = Verdict.objects.filter(run__in=later).aggregate(first=Min("pk"))["first"]
    return int(following) - 1 if following else _ENDLESS


def _last_whole(run: MatchRun) -> MatchRun | None:
    """The last finished run over the whole registers, up to this one."""
    whole = MatchRun.objects.filter(scope=MatchRun.Scope.ALL, state=MatchRun.State.DONE, pk__lte=run.pk)
    return whole.order_by("-pk").first()


def _transitions(first: MatchRun | None, second: MatchRun, cause: str) -> list[Transition]:
    """What changed, counted; `cause` is SQL over `changed`."""
    params = parameters(first, second)
    with transaction.atomic(), connection.cursor() as cursor:
        _gather(cursor, params)
        cursor.execute(_COUNT.format(cause=cause), params)
        return [Transition(*row) for row in cursor.fetchall()]


def _gather(cursor: CursorWrapper, params: dict[str, Any]) -> None:
    """Fill `changed`, each step a table with figures for the planner."""
    for (name, columns), statement in zip(_TABLES.items(), (_TOUCHED, _STOOD, _CHANGED), strict=True):
        fresh_table(cursor, name, columns)
        cursor.execute(statement, params)
        cursor.execute(f"ANALYZE {name}")
