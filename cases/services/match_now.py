"""One record matched at once, because an officer asks: the same engine and the same answer as a run's."""

from dataclasses import dataclass
from typing import Any

from django.db import OperationalError, connection, transaction
from django.utils.translation import gettext as _

from cases.models import CaseEvent, Verdict, VerificationCase
from cases.models.case import ENDED_STATES, CaseState
from cases.models.subject import Register
from cases.runs.parties import REGISTERS
from cases.runs.single import match_one
from cases.services.corrections import MODELS
from cases.services.moves import MoveRefused, remark
from cases.templatetags.desk import share
from cases.workflow import WORK
from registry.models import Vehicle
from vehreg.accounts.models import User

REMARK = "matched_now"
# A run that writes its verdicts holds them for seconds; who asks for one record does not wait for longer.
_WAIT = "15s"
_BUSY = ("lock timeout", "deadlock detected")


@dataclass(frozen=True)
class MatchedNow:
    """What it came to. `case` is the party's open case, or the one that has just been withdrawn."""

    register: str
    subject_id: int
    before: Verdict | None
    after: Verdict | None
    case: VerificationCase | None
    opened: bool

    @property
    def changed(self) -> bool:
        return bool(_print(self.before) != _print(self.after))

    @property
    def withdrawn(self) -> bool:
        return self.case is not None and self.case.state == CaseState.WITHDRAWN

    @property
    def sentence(self) -> str:
        """What came out, in a sentence or two."""
        told = [self._result()]
        if self.case and self.withdrawn:
            told.append(_("Case %(case)s is withdrawn.") % {"case": self.case.number})
        elif self.case and self.opened:
            told.append(_("Case %(case)s was opened.") % {"case": self.case.number})
        return " ".join(told)

    def _result(self) -> str:
        if not self.changed:
            return _("As before: %(result)s.") % {"result": result_words(self.after)}
        return _("New result: %(result)s; before: %(before)s.") % {
            "result": result_words(self.after),
            "before": result_words(self.before),
        }


def party_of_case(case: VerificationCase) -> tuple[str, int] | None:
    """Who is matched for a case: a vehicle's owner; None when the entry has gone."""
    if case.register != Register.VEHICLE:
        return case.register, case.subject_id
    owner_id = Vehicle.objects.filter(pk=case.subject_id).values_list("owner_id", flat=True).first()
    return (Register.OWNER.value, owner_id) if owner_id else None


def match_now(
    *, register: str, subject_id: int, user: User, asked_from: VerificationCase | None = None
) -> MatchedNow:
    """Match one owner or licence now. `asked_from` is the case on whose page it was asked for.

    The party's case follows the verdict, and both cases tell of it. Raises `MoveRefused` for who does not
    work on cases, for an entry out of their sight, and while a run holds the entry.
    """
    if not user.has_perm(WORK):
        raise MoveRefused(_("Your role may not do this."))
    if register not in REGISTERS or not (asked_from or _is_visible(register, subject_id, user)):
        raise MoveRefused(_("The entry is not in the register any more."))
    try:
        with transaction.atomic():
            _one_at_a_time(register, subject_id)
            return _match(register, subject_id, user, asked_from)
    except OperationalError as busy:
        if not any(mark in str(busy) for mark in _BUSY):
            raise
        raise MoveRefused(_("A matching run is writing this entry just now. Try again.")) from busy


def result_words(verdict: Verdict | None) -> str:
    """A verdict, whom it names and how sure it is."""
    if verdict is None:
        return _("not matched")
    if verdict.person is None:
        return str(verdict.get_verdict_display())
    return _("%(verdict)s, %(name)s, %(chance)s") % {
        "verdict": verdict.get_verdict_display(),
        "name": verdict.person.full_name,
        "chance": share(verdict.score),
    }


def verdict_in_force(register: str, subject_id: int) -> Verdict | None:
    in_force = Verdict.objects.filter(register=register, subject_id=subject_id, superseded_by__isnull=True)
    return in_force.select_related("person", "run").first()


def _match(register: str, subject_id: int, user: User, asked_from: VerificationCase | None) -> MatchedNow:
    before, held = verdict_in_force(register, subject_id), _open_case(register, subject_id)
    match_one(register, subject_id)
    after, now_open = verdict_in_force(register, subject_id), _open_case(register, subject_id)
    case = now_open or (held and VerificationCase.objects.get(pk=held.pk))
    outcome = MatchedNow(register, subject_id, before, after, case, opened=bool(now_open and not held))
    for told in {one.pk: one for one in (case, asked_from) if one}.values():
        _tell(told, outcome, user)
    return outcome


def _tell(case: VerificationCase, outcome: MatchedNow, user: User) -> None:
    """A step in the case's history; asking again with the same answer adds none."""
    detail: dict[str, Any] = {
        "register": outcome.register,
        "subject": outcome.subject_id,
        "verdict": outcome.after.pk if outcome.after else None,
        "changed": outcome.changed,
    }
    last = CaseEvent.objects.filter(case=case).order_by("-id").first()
    again = last and (last.move, last.actor_id, last.detail.get("verdict")) == (
        REMARK,
        user.pk,
        detail["verdict"],
    )
    if not again or outcome.changed:
        remark(case=case, name=REMARK, user=user, reason=outcome.sentence, detail=detail)


def _open_case(register: str, subject_id: int) -> VerificationCase | None:
    live = VerificationCase.objects.filter(register=register, subject_id=subject_id)
    found: VerificationCase | None = live.exclude(state__in=ENDED_STATES).first()
    return found


def _is_visible(register: str, subject_id: int, user: User) -> bool:
    entries: Any = MODELS[register]._default_manager.filter(pk=subject_id)
    return bool(entries.visible_to(user).exists())


def _one_at_a_time(register: str, subject_id: int) -> None:
    """A second click waits for the first; both wait only so long for a run."""
    with connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL lock_timeout = '{_WAIT}'")
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"{register}:{subject_id}"])


def _print(verdict: Verdict | None) -> Any:
    return verdict.fingerprint if verdict else None
