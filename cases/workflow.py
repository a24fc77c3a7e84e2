"""The states of a case, and who may move it between them.

One table. The admin draws its buttons from it, the API its answers, the docs their picture. A move is a
guarded update on state and version and an appended event, nothing else (`cases.services.moves`).
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cases.models import VerificationCase
from cases.models.case import CaseState
from vehreg.accounts.models import User

Words = str | Promise
# Says why a user may not make a move just now, or None. Its docstring stands in docs/workflow.md.
Guard = Callable[[VerificationCase, User], Words | None]

WORK = "cases.work_verificationcase"
ASSIGN = "cases.assign_verificationcase"
APPROVE = "cases.approve_verificationcase"


def _always(case: VerificationCase, user: User) -> Words | None:
    """–"""
    return None


def _free_or_mine(case: VerificationCase, user: User) -> Words | None:
    """The case is nobody's, or one's own."""
    if case.assignee_id in (None, user.pk):
        return None
    return _("Another officer has this case.")


def _mine(case: VerificationCase, user: User) -> Words | None:
    """The case is one's own."""
    return None if case.assignee_id == user.pk else _("Another officer has this case.")


def _not_own_proposal(case: VerificationCase, user: User) -> Words | None:
    """Somebody else made the proposal."""
    return _("Whoever proposed may not decide.") if case.proposed_by_id == user.pk else None


def _own_proposal(case: VerificationCase, user: User) -> Words | None:
    """One made the proposal oneself."""
    return None if case.proposed_by_id == user.pk else _("Only whoever proposed may take it back.")


def _nobody(case: VerificationCase, user: User) -> Words | None:
    """Only the system does this."""
    return _("Only the system does this.")


@dataclass(frozen=True)
class Move:
    """One allowed move. `key` is the letter that makes it on the case page."""

    name: str
    label: Words
    past: Words  # how the timeline tells it
    sources: frozenset[str]
    target: str
    permission: str
    guard: Guard
    needs_reason: bool = False
    key: str = ""
    takes: bool = False  # whoever makes it becomes the case's officer


_AT_WORK = frozenset(
    {CaseState.OPEN, CaseState.ASSIGNED, CaseState.VERIFYING, CaseState.WAITING, CaseState.RETURNED}
)
_LIVE = _AT_WORK | {CaseState.PROPOSED}


def _from(*states: str) -> frozenset[str]:
    return frozenset(states)


_TABLE = (
    Move("take", _("Take"), _("Taken"), _from(CaseState.OPEN), CaseState.ASSIGNED, WORK, _free_or_mine,
         key="T", takes=True),
    Move("assign", _("Assign"), _("Assigned"), _AT_WORK, CaseState.ASSIGNED, ASSIGN, _always),
    Move("verify", _("Go and verify"), _("Being verified"),
         _from(CaseState.OPEN, CaseState.ASSIGNED, CaseState.RETURNED), CaseState.VERIFYING, WORK,
         _free_or_mine, key="V", takes=True),
    Move("wait", _("Wait for the citizen"), _("Waiting"), _AT_WORK - {CaseState.WAITING}, CaseState.WAITING,
         WORK, _free_or_mine, needs_reason=True, key="W", takes=True),
    Move("resume", _("Go on"), _("Taken up again"), _from(CaseState.WAITING), CaseState.VERIFYING, WORK,
         _free_or_mine, key="V", takes=True),
    Move("propose", _("Propose"), _("Proposed"), _AT_WORK, CaseState.PROPOSED, WORK, _free_or_mine,
         key="P", takes=True),
    Move("take_back", _("Take the proposal back"), _("Proposal taken back"), _from(CaseState.PROPOSED),
         CaseState.VERIFYING, WORK, _own_proposal, key="B"),
    Move("approve", _("Approve"), _("Approved"), _from(CaseState.PROPOSED), CaseState.APPROVED, APPROVE,
         _not_own_proposal, key="A"),
    Move("return", _("Return"), _("Returned"), _from(CaseState.PROPOSED), CaseState.RETURNED, APPROVE,
         _not_own_proposal, needs_reason=True, key="R"),
    Move("hand_over", _("Hand over to another unit"), _("Handed over"), _AT_WORK, CaseState.OPEN, WORK,
         _free_or_mine, needs_reason=True),
    Move("release", _("Put back"), _("Put back"), _from(CaseState.ASSIGNED, CaseState.VERIFYING),
         CaseState.OPEN, WORK, _mine),
    Move("close", _("Close"), _("Closed"), _from(CaseState.APPROVED), CaseState.CLOSED, "", _nobody),
    Move("reopen_stale", _("Return"), _("Returned: the register changed meanwhile"),
         _from(CaseState.PROPOSED), CaseState.RETURNED, "", _nobody),
    Move("undo", _("Take the release back"), _("Release taken back"), _from(CaseState.CLOSED),
         CaseState.WITHDRAWN, "", _nobody),
    Move("withdraw", _("Withdraw"), _("Withdrawn"), _LIVE, CaseState.WITHDRAWN, "", _nobody),
)  # fmt: skip
MOVES = {move.name: move for move in _TABLE}

# Steps in a case's history that move nothing.
REMARKS: dict[str, Words] = {
    "opened": _("Case opened"),
    "refreshed": _("Evidence changed"),
    "noted": _("Note"),
    "declared": _("Declaration received"),
    "confirmed": _("Confirmed by a declaration"),
    "questioned": _("Declaration questioned"),
    "refused_person": _("Not this person"),
    "matched_now": _("Matched again"),
    "corrected": _("Register corrected"),
    "undone": _("Delivery undone"),
    "sampled": _("Judged in a blind sample"),
}


def past_of(name: str) -> Words:
    """How the timeline tells a step, by the name stored in its event."""
    move = MOVES.get(name)
    return move.past if move else REMARKS.get(name, name)


def why_not(move: Move, case: VerificationCase, user: User) -> Words | None:
    """Why this user may not make this move on this case now; None when they may."""
    if case.state not in move.sources:
        return _("The case is “%(state)s”: this step is not possible any more.") % {
            "state": case.get_state_display()
        }
    if not move.permission or not user.has_perm(move.permission):
        return _("Your role may not do this.")
    return move.guard(case, user)


def allowed_moves(case: VerificationCase, user: User) -> list[Move]:
    """What this user may do with this case now, in the order of the table."""
    return [move for move in _TABLE if why_not(move, case, user) is None]


def mermaid() -> str:
    """The table as a state diagram for the docs; moves between the same two states share an arrow."""
    arrows: dict[tuple[str, str], list[str]] = {}
    for move in _TABLE:
        for source in sorted(move.sources):
            arrows.setdefault((source, move.target), []).append(move.name)
    lines = [f"    {source} --> {target}: {', '.join(names)}" for (source, target), names in arrows.items()]
    return "\n".join(
        ["stateDiagram-v2", "    [*] --> open", *lines, "    closed --> [*]", "    withdrawn --> [*]"]
    )
