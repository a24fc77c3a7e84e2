"""One move for many cases: a stored queue, a preview of what will happen, a job of set-based chunks."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, ClassVar

from django.db import connection
from django.db.models import Count, Max, Min, Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cases.matching.verdicts import codes
from cases.models import VerificationCase
from cases.models.case import Disposition
from cases.queues import Queue
from cases.services.corrections import FROM_PERSON, MODELS, planned_changes_sql
from cases.workflow import MOVES
from vehreg.accounts.models import Unit, User
from vehreg.accounts.roles import WARD_ROLES
from vehreg.accounts.scope import sees_every_unit
from vehreg.jobs.kinds import ChunkPlan, JobKind, Progress, Refused, register
from vehreg.jobs.models import Job, JobChunk
from vehreg.jobs.services import start_job

Params = dict[str, Any]
CHUNK_CASES = 20_000


@dataclass(frozen=True)
class BulkMove:
    """One move that can be made in bulk: whom it takes, what it sets.

    `sets` gives SQL assignments over the alias `c` (the case); `joins` what they need; both by params.
    """

    name: str
    label: str | Promise
    takes: Callable[[User], Q]
    sets: Callable[[User, Params], tuple[str, list[Any]]]
    check: Callable[[User, Params], None]
    joins: str = ""


def _free_or_mine(user: User) -> Q:
    return Q(assignee=None) | Q(assignee=user)


def _anybody(user: User) -> Q:
    return Q()


def _no_check(user: User, params: Params) -> None:
    return None


def _check_assignee(user: User, params: Params) -> None:
    officer = User.objects.filter(pk=params.get("assignee", 0), is_active=True).first()
    if officer is None or not officer.has_perm("cases.work_verificationcase"):
        raise Refused(_("Choose an officer who works on cases."))
    if not sees_every_unit(user) and officer.unit_id != user.unit_id:
        raise Refused(_("%(name)s works in another unit.") % {"name": officer})


def _check_unit(user: User, params: Params) -> None:
    if not Unit.objects.filter(pk=params.get("unit", 0)).exists():
        raise Refused(_("Choose the unit."))
    if not params.get("reason", "").strip():
        raise Refused(_("Say why: a reason is needed."))


def _assignable(params: Params) -> Q:
    """A ward's officer can be given only the ward's cases."""
    officer = User.objects.get(pk=params["assignee"])
    return Q(unit_id=officer.unit_id) if officer.role in WARD_ROLES else Q()


_PROPOSABLE = codes("bulk_approvable")
_PARTY = " UNION ALL ".join(
    f"SELECT person.id AS person_id, {planned_changes_sql(name)} AS changes "
    f"FROM {MODELS[name]._meta.db_table} entry "
    f"JOIN registry_person person ON person.id = v.person_id "
    f"WHERE v.register = '{name}' AND entry.id = v.subject_id"
    for name in FROM_PERSON
)
_PLANNED = (
    "JOIN cases_verdict v ON v.register = c.register AND v.subject_id = c.subject_id "
    "AND v.superseded_by_id IS NULL AND v.verdict = c.kind "
    f"JOIN LATERAL ({_PARTY}) plan ON true "
)

BULK_MOVES = {
    move.name: move
    for move in (
        BulkMove(
            "take",
            _("Take"),
            _free_or_mine,
            lambda user, params: ("assignee_id = %s", [user.pk]),
            _no_check,
        ),
        BulkMove(
            "assign",
            _("Assign"),
            _anybody,
            lambda user, params: ("assignee_id = %s", [params["assignee"]]),
            _check_assignee,
        ),
        BulkMove(
            "hand_over",
            _("Hand over to another unit"),
            _free_or_mine,
            lambda user, params: ("unit_id = %s, assignee_id = NULL", [params["unit"]]),
            _check_unit,
        ),
        BulkMove(
            "propose",
            _("Propose the correction"),
            lambda user: _free_or_mine(user) & Q(kind__in=_PROPOSABLE),
            lambda user, params: (
                "assignee_id = %s, proposed_by_id = %s, proposed_at = now(), reason = '', "
                "disposition = %s, person_id = plan.person_id, changes = plan.changes",
                [user.pk, user.pk, Disposition.LINK_PERSON],
            ),
            _no_check,
            joins=_PLANNED,
        ),
    )
}


@dataclass(frozen=True)
class Preview:
    """What a bulk move would do now."""

    total: int
    moved: int
    by_kind: dict[str, int]
    by_state: dict[str, int]

    @property
    def skipped(self) -> int:
        return self.total - self.moved


def bulk_moves_for(user: User) -> list[BulkMove]:
    """The bulk moves this user's role may make."""
    return [move for move in BULK_MOVES.values() if user.has_perm(MOVES[move.name].permission)]


def bulk_preview(*, user: User, move: str, queue: Queue, params: Params | None = None) -> Preview:
    """Count what a bulk move over a queue would do, before anybody presses the button."""
    moving = _moving(user, BULK_MOVES[move], queue, params or {})
    by_kind = dict(moving.order_by().values_list("kind").annotate(n=Count("pk")).values_list("kind", "n"))
    by_state = dict(moving.order_by().values_list("state").annotate(n=Count("pk")).values_list("state", "n"))
    asked = len(params["ids"]) if params and params.get("ids") else queue.cases(user).count()
    return Preview(asked, sum(by_kind.values()), by_kind, by_state)


def bulk_start(*, user: User, move: str, queue: Queue, params: Params | None = None) -> Job:
    """Start a bulk move as a job. Raises `Refused` where the user or the parameters do not allow it."""
    check_bulk(user, move, params or {})
    return start_job(
        kind=BulkCases.name,
        params={"move": move, "queue": queue.as_params(), "with": params or {}, "user": user.pk},
        subject="cases",
        user=user,
    )


def check_bulk(user: User, move: str, params: Params) -> None:
    bulk = BULK_MOVES.get(move)
    if bulk is None or not user.has_perm(MOVES[move].permission):
        raise Refused(_("Your role may not do this."))
    bulk.check(user, params)


def _moving(user: User, bulk: BulkMove, queue: Queue, params: Params) -> QuerySet[VerificationCase]:
    sources = [state for state in MOVES[bulk.name].sources if state != "waiting" or bulk.name == "hand_over"]
    chosen = Q(pk__in=params["ids"]) if params.get("ids") else Q()
    within = _assignable(params) if bulk.name == "assign" and params.get("assignee") else Q()
    return queue.cases(user).filter(chosen & within & bulk.takes(user), state__in=sources)


@register
class BulkCases(JobKind):
    """Moves every case of a queue that allows it; what somebody changed meanwhile is skipped."""

    name: ClassVar[str] = "cases.bulk"
    label: ClassVar[str | Promise] = _("Bulk move of cases")
    stages: ClassVar[tuple[str, ...]] = ("move",)

    def plan(self, job: Job, stage: str) -> Iterable[ChunkPlan]:
        span = self._cases(job).order_by().aggregate(low=Min("pk"), high=Max("pk"))
        if span["low"] is None:
            return
        for start in range(span["low"], span["high"] + 1, CHUNK_CASES):
            yield ChunkPlan({"from": start, "to": start + CHUNK_CASES}, weight=CHUNK_CASES)

    def run(self, job: Job, chunk: JobChunk, progress: Progress) -> None:
        user, bulk, params = self._order(job)
        cases = self._cases(job).filter(pk__gte=chunk.params["from"], pk__lt=chunk.params["to"])
        moved = _move_all(cases, user, bulk, params, job)
        progress.remember(moved=moved)

    def finished(self, job: Job) -> dict[str, Any]:
        positions = job.chunks.values_list("position", flat=True)
        return {"moved": sum(position["moved"] for position in positions)}

    def _cases(self, job: Job) -> QuerySet[VerificationCase]:
        user, bulk, params = self._order(job)
        check_bulk(user, bulk.name, params)
        return _moving(user, bulk, Queue.from_params(job.params["queue"]), params)

    def _order(self, job: Job) -> tuple[User, BulkMove, Params]:
        return User.objects.get(pk=job.params["user"]), BULK_MOVES[job.params["move"]], job.params["with"]


def _move_all(cases: QuerySet[VerificationCase], user: User, bulk: BulkMove, params: Params, job: Job) -> int:
    """The move itself: lock, update and append the events in one statement. Returns how many moved."""
    chosen, chosen_params = cases.order_by().values("pk", "state").query.sql_with_params()
    sets, set_params = bulk.sets(user, params)
    target = MOVES[bulk.name].target
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            WITH chosen AS MATERIALIZED (
                SELECT c.id, c.state FROM cases_verificationcase c
                JOIN ({chosen}) AS wanted(id, state) ON wanted.id = c.id AND wanted.state = c.state
                ORDER BY c.id FOR UPDATE OF c SKIP LOCKED
            ), moved AS (
                UPDATE cases_verificationcase target
                SET state = %s, version = target.version + 1, moved_at = now(), {sets}
                FROM chosen JOIN cases_verificationcase c ON c.id = chosen.id {bulk.joins}
                WHERE target.id = c.id
                RETURNING target.id, chosen.state AS from_state
            )
            INSERT INTO cases_caseevent
                (case_id, at, move, from_state, to_state, actor_id, actor_name, reason, detail)
            SELECT id, now(), %s, from_state, %s, %s, %s, %s, jsonb_build_object('job', %s::bigint)
            FROM moved
            """,
            [*chosen_params, target, *set_params, bulk.name, target, user.pk, str(user),
             params.get("reason", "").strip(), job.pk],
        )  # fmt: skip
        return int(cursor.rowcount)
