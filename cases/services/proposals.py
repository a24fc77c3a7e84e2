"""An officer proposes how a case should end."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from cases.checks.rules import BY_CODE
from cases.models import Discrepancy, VerificationCase
from cases.models.case import Disposition
from cases.models.subject import Register
from cases.services.corrections import Change, as_json, changes_by_hand, changes_from_person, subject_of
from cases.services.declared import declared_changes
from cases.services.moves import MoveRefused, make_move
from registry.models import Person
from registry.models.vehicle import VehicleStatus
from vehreg.accounts.models import User

Values = dict[str, Any]
Planner = Callable[[VerificationCase, Person | None, Values], list[Change]]


def _from_person(case: VerificationCase, person: Person | None, values: Values) -> list[Change]:
    if person is None:
        raise MoveRefused(_("Choose the person first."))
    return changes_from_person(case, person)


def _link_only(case: VerificationCase, person: Person | None, values: Values) -> list[Change]:
    return [change for change in _from_person(case, person, values) if change.field == "person"]


def _by_hand(case: VerificationCase, person: Person | None, values: Values) -> list[Change]:
    changes = changes_by_hand(case, values)
    if not changes:
        raise MoveRefused(_("Nothing is different from what the register says."))
    return changes


def _status(case: VerificationCase, person: Person | None, values: Values) -> list[Change]:
    if values.get("status") not in VehicleStatus.values:
        raise MoveRefused(_("Choose the new status."))
    return _by_hand(case, person, {"status": values["status"]})


def _as_declared(case: VerificationCase, person: Person | None, values: Values) -> list[Change]:
    standing = case.discrepancies.filter(state=Discrepancy.State.OPEN)
    changes = declared_changes(case.register, subject_of(case), list(standing))
    if not changes:
        raise MoveRefused(_("Nothing is different from what the register says."))
    return changes


def _nothing(case: VerificationCase, person: Person | None, values: Values) -> list[Change]:
    return []


@dataclass(frozen=True)
class Plan:
    """What a disposition needs and for which registers it makes sense."""

    registers: frozenset[str]
    changes: Planner
    needs_person: bool = False
    needs_reason: bool = True


_PARTIES = frozenset({Register.OWNER.value, Register.LICENCE.value})
_ALL = frozenset(Register.values)
_DECLARED = frozenset({Register.VEHICLE.value, Register.LICENCE.value})

PLANS: dict[str, Plan] = {
    Disposition.LINK_PERSON: Plan(_PARTIES, _from_person, needs_person=True, needs_reason=False),
    Disposition.AS_DECLARED: Plan(_DECLARED, _as_declared, needs_reason=False),
    Disposition.CORRECT_ENTRY: Plan(_ALL, _by_hand),
    Disposition.ENTRY_RIGHT: Plan(_ALL, _nothing),
    Disposition.NOBODY_FITS: Plan(_PARTIES, _nothing),
    Disposition.INHERITANCE: Plan(_PARTIES, _link_only, needs_person=True, needs_reason=False),
    Disposition.TRANSFER: Plan(frozenset({Register.OWNER.value, Register.VEHICLE.value}), _nothing),
    Disposition.CHANGE_STATUS: Plan(frozenset({Register.VEHICLE.value}), _status),
}


def dispositions_for(case: VerificationCase) -> list[str]:
    """How a case of this register may end; first what usually settles what a check has found."""
    fitting = [name for name, plan in PLANS.items() if case.register in plan.registers]
    usual = BY_CODE[case.kind].endings if case.kind in BY_CODE else ()
    return sorted(fitting, key=lambda name: usual.index(name) if name in usual else len(usual))


def case_propose(
    *,
    case: VerificationCase,
    user: User,
    version: int,
    disposition: str,
    person: Person | None = None,
    values: Values | None = None,
    reason: str = "",
) -> VerificationCase:
    """Propose an ending; whoever proposes an unassigned case takes it. Raises `MoveRefused`."""
    plan = PLANS.get(disposition)
    if plan is None or case.register not in plan.registers:
        raise MoveRefused(_("This ending does not fit the case."))
    if plan.needs_reason and not reason.strip():
        raise MoveRefused(_("Say why: a reason is needed."))
    changes = plan.changes(case, person, values or {})
    return make_move(
        case=case,
        move="propose",
        user=user,
        version=version,
        reason=reason,
        detail={"disposition": disposition, "person": person.pk if person else None, "changes": len(changes)},
        disposition=disposition,
        person=person,
        changes=as_json(changes),
        proposed_by=user,
        proposed_at=timezone.now(),
    )
