"""A second officer decides: the register is corrected in one transaction, or the case returned."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

import pghistory
from django.db import IntegrityError, OperationalError, connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cases.checks.checking import check_one
from cases.declarations.rejudging import declared_entries, rejudge
from cases.models import Candidate, ChangeRecord, Discrepancy, Refusal, VerificationCase
from cases.models.case import Disposition
from cases.models.subject import Register
from cases.runs.single import match_one
from cases.services.corrections import Change, RegisterChanged, apply_changes, field_label, from_json
from cases.services.moves import MoveRefused, apply_move, make_move, remark
from cases.workflow import MOVES
from registry.models import DriverLicence, Vehicle
from registry.models.vehicle import ConfirmedBy
from vehreg.accounts.models import User

# Endings by which an officer vouches that the entry is right as it will then stand.
_VOUCHED = (Disposition.ENTRY_RIGHT, Disposition.CORRECT_ENTRY)


@dataclass(frozen=True)
class Decision:
    """What became of an approval. `applied` is False when the register had changed meanwhile."""

    case: VerificationCase
    applied: bool
    message: str


def case_approve(*, case: VerificationCase, user: User, version: int, reason: str = "") -> Decision:
    """Approve a proposal: correct the register, record it, close the case, check the entry again.

    Where the register no longer says what the proposal was made for, nothing is written and the case
    returns to its officer with that message. Raises `MoveRefused`.
    """
    try:
        with transaction.atomic(), pghistory.context(user=user.pk, case=case.pk):
            return _approve(case, user, version, reason)
    except RegisterChanged as stale:
        return _return_stale(case, version, stale)
    except (IntegrityError, OperationalError) as collision:
        # Two approvals made the same owner at once, or each waited for what the other held.
        if not any(mark in str(collision) for mark in ("registry_owner_party_key", "deadlock detected")):
            raise
        raise MoveRefused(_("Another approval has just touched the same person. Try again.")) from collision


def case_return(*, case: VerificationCase, user: User, version: int, reason: str) -> VerificationCase:
    """The second officer disagrees. Raises `MoveRefused`."""
    return make_move(case=case, move="return", user=user, version=version, reason=reason, approved_by=None)


def _approve(case: VerificationCase, user: User, version: int, reason: str) -> Decision:
    approved = make_move(
        case=case, move="approve", user=user, version=version, reason=reason, approved_by=user
    )
    changes = from_json(approved.changes)
    declared = declared_entries(_touched(approved, changes))
    apply_changes(changes)
    if changes:
        fields = [change.field for change in changes]
        remark(case=approved, name="corrected", user=None, detail={"fields": fields})
    _remember_refusals(approved, user)
    _confirm_entry(approved)
    closed = apply_move(
        case=approved,
        step=MOVES["close"],
        user=None,
        version=approved.version,
        columns={"closed_at": timezone.now()},
    )
    Discrepancy.objects.filter(case=closed, state=Discrepancy.State.OPEN).update(
        state=Discrepancy.State.SETTLED, ended_at=timezone.now()
    )
    touched = _touched(closed, changes)
    for register, entry_id in touched:
        if register != Register.VEHICLE:  # a vehicle is matched through its owner
            match_one(register, entry_id)
    for register, entry_id in touched:
        check_one(register, entry_id)
    rejudge(declared)
    _record_changes(approved, changes)
    return Decision(closed, applied=True, message=_("Approved: the register is corrected."))


def _return_stale(case: VerificationCase, version: int, stale: RegisterChanged) -> Decision:
    change = next(
        change for change in from_json(case.changes) if change.field == stale.field
    )  # the field that moved on
    message = _("The register changed meanwhile: %(field)s now says “%(found)s”. Look at the case again.") % {
        "field": field_label(change),
        "found": "—" if stale.found is None else stale.found,
    }
    returned = apply_move(case=case, step=MOVES["reopen_stale"], user=None, version=version, reason=message)
    return Decision(returned, applied=False, message=message)


def _record_changes(case: VerificationCase, changes: list[Change]) -> None:
    """One numbered record for each register row, in the order of the changes.

    Call it last: whoever approves meanwhile waits from here to the commit for the next number.
    """
    by_entry: dict[tuple[str, int], dict[str, Any]] = defaultdict(dict)
    for change in changes:
        by_entry[change.register, change.id][change.field] = {"old": change.old, "new": change.new}
    for (register, entry_id), fields in by_entry.items():
        ChangeRecord.objects.create(
            register=register,
            subject_id=entry_id,
            sequence=_next_number(register),
            unit_id=case.unit_id,
            case=case,
            at=timezone.now(),
            changes=fields,
            proposed_by_name=str(case.proposed_by),
            approved_by_name=str(case.approved_by),
        )


def _next_number(register: str) -> int:
    """The next number of a register's feed. The row stays locked until commit, so there is no gap."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO cases_changesequence AS s (register, last) VALUES (%s, 1) "
            "ON CONFLICT (register) DO UPDATE SET last = s.last + 1 RETURNING last",
            [register],
        )
        return int(cursor.fetchone()[0])


def _remember_refusals(case: VerificationCase, user: User) -> None:
    """“None of these”: whoever was proposed is never proposed for this entry again."""
    if case.disposition != Disposition.NOBODY_FITS:
        return
    shown = Candidate.objects.filter(
        verdict__register=case.register,
        verdict__subject_id=case.subject_id,
        verdict__superseded_by__isnull=True,
    )
    Refusal.objects.bulk_create(
        [
            Refusal(
                register=case.register,
                subject_id=case.subject_id,
                person_id=person_id,
                case=case,
                refused_by=case.proposed_by or user,
            )
            for person_id in shown.values_list("person_id", flat=True)
        ],
        ignore_conflicts=True,
    )


def _confirm_entry(case: VerificationCase) -> None:
    """An officer who vouches for an entry makes it live from today."""
    if case.disposition not in _VOUCHED:
        return
    live = {"confirmed_on": timezone.localdate(), "confirmed_by": ConfirmedBy.OFFICER}
    if case.register == Register.VEHICLE:
        Vehicle.objects.filter(pk=case.subject_id).update(**live)
    elif case.register == Register.LICENCE:
        DriverLicence.objects.filter(pk=case.subject_id).update(**live)


def _touched(case: VerificationCase, changes: list[Change]) -> list[tuple[str, int]]:
    """The entries to look at again: the case's own, and any other the changes reached."""
    entries = [(case.register, case.subject_id), *((change.register, change.id) for change in changes)]
    return list(dict.fromkeys(entries))
