"""Moves a case: a guarded update, an appended event, nothing else."""

from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from cases.models import CaseEvent, VerificationCase
from cases.workflow import MOVES, Move, Words, why_not
from vehreg.accounts.models import Unit, User
from vehreg.accounts.roles import WARD_ROLES


class MoveRefused(Exception):
    """A move that cannot be made now; the message says why, in the user's words."""


def make_move(
    *,
    case: VerificationCase,
    move: str,
    user: User,
    version: int,
    reason: str = "",
    detail: dict[str, Any] | None = None,
    **columns: Any,
) -> VerificationCase:
    """Make one move and return the case as it is now.

    `version` is what the user saw: whoever comes second is refused, never overwritten.
    `columns` are set by the same update. Raises `MoveRefused`.
    """
    step = MOVES[move]
    refused = why_not(step, case, user)
    if refused is None and step.needs_reason and not reason.strip():
        refused = _("Say why: a reason is needed.")
    if refused is not None:
        raise MoveRefused(str(refused))
    if step.takes:
        columns = {"assignee": user, **columns}
    return apply_move(
        case=case, step=step, user=user, version=version, reason=reason, detail=detail, columns=columns
    )


def apply_move(
    *,
    case: VerificationCase,
    step: Move,
    user: User | None,
    version: int,
    reason: str = "",
    detail: dict[str, Any] | None = None,
    columns: dict[str, Any] | None = None,
) -> VerificationCase:
    """The guarded update itself, without asking who may. The system's own moves come here directly."""
    now = timezone.now()
    guarded = VerificationCase.objects.filter(pk=case.pk, state=case.state, version=version)
    with transaction.atomic():
        moved = guarded.update(state=step.target, version=F("version") + 1, moved_at=now, **(columns or {}))
        if moved != 1:  # somebody got there first
            raise MoveRefused(_("Somebody else has just changed this case. Look at it again."))
        CaseEvent.objects.create(
            case_id=case.pk,
            at=now,
            move=step.name,
            from_state=case.state,
            to_state=step.target,
            actor=user,
            actor_name=str(user) if user else "",
            reason=reason.strip(),
            detail=detail or {},
        )
    return VerificationCase.objects.get(pk=case.pk)


def remark(
    *,
    case: VerificationCase,
    name: str,
    user: User | None,
    reason: str = "",
    detail: dict[str, Any] | None = None,
) -> CaseEvent:
    """Append a step that moves nothing."""
    return CaseEvent.objects.create(
        case=case,
        at=timezone.now(),
        move=name,
        actor=user,
        actor_name=str(user) if user else "",
        reason=reason.strip(),
        detail=detail or {},
    )


def case_take(*, case: VerificationCase, user: User, version: int) -> VerificationCase:
    return make_move(case=case, move="take", user=user, version=version)


def case_assign(*, case: VerificationCase, user: User, version: int, assignee: User) -> VerificationCase:
    """Give a case to an officer who can see it. Raises `MoveRefused`."""
    refused = _why_not_assignee(case, assignee)
    if refused is not None:
        raise MoveRefused(str(refused))
    detail = {"assignee": str(assignee)}
    return make_move(
        case=case,
        move="assign",
        user=user,
        version=version,
        assignee=assignee,
        detail=detail,
        reason=str(assignee),
    )


def _why_not_assignee(case: VerificationCase, assignee: User) -> Words | None:
    if not assignee.is_active or not assignee.has_perm("cases.work_verificationcase"):
        return _("%(name)s does not work on cases.") % {"name": assignee}
    if assignee.role in WARD_ROLES and assignee.unit_id != case.unit_id:
        return _("%(name)s works in another unit.") % {"name": assignee}
    return None


def case_wait(
    *, case: VerificationCase, user: User, version: int, waiting_for: str, until: Any = None
) -> VerificationCase:
    return make_move(
        case=case,
        move="wait",
        user=user,
        version=version,
        reason=waiting_for,
        waiting_for=waiting_for.strip(),
        waiting_until=until,
    )


def case_hand_over(
    *, case: VerificationCase, user: User, version: int, unit: Unit, reason: str
) -> VerificationCase:
    """Give a case to another unit, where it is nobody's again."""
    if unit.pk == case.unit_id:
        raise MoveRefused(_("The case is in this unit already."))
    detail = {"from_unit": str(case.unit), "to_unit": str(unit)}
    return make_move(
        case=case,
        move="hand_over",
        user=user,
        version=version,
        reason=reason,
        detail=detail,
        unit=unit,
        assignee=None,
    )
