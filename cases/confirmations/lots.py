"""The steps of a lot: made by one officer, its sample judged by another, confirmed by a job, taken back.

The lot is held while its sample is judged, so that of two officers one settles it. Who made a lot judges none
of it: the database refuses.
"""

import secrets

import structlog
from django.db import IntegrityError, transaction
from django.db.models import CharField, Count, Q, QuerySet, Value
from django.db.models.functions import MD5, Cast, Concat
from django.utils import timezone
from django.utils.translation import gettext as _

from cases.confirmations.deciding import CONFIRM
from cases.confirmations.freezing import draw, freeze, make_single
from cases.confirmations.rules import rule_in_force
from cases.confirmations.standing import seen_now
from cases.lots.plans import ACCEPTED, UNDECIDED, Plan, PlanImpossible, plan_for, verdict
from cases.models import ConfirmationLot, LotDeclaration, LotSample
from cases.models.confirmation import LotState
from cases.models.lot import LotOutcome
from vehreg.accounts.models import User
from vehreg.jobs.kinds import Refused
from vehreg.jobs.models import Job
from vehreg.jobs.services import start_job

logger = structlog.get_logger("cases.confirmations")

JUDGE, TAKE_BACK = "cases.judge_confirmationlot", "cases.take_back_confirmationlot"
CONFIRM_JOB, TAKE_BACK_JOB = "confirmations.confirm", "confirmations.take_back"


def lot_make(*, size: int, user: User) -> ConfirmationLot:
    """Freeze the oldest plain declarations of the user's ward as a lot, draw its sample. Raises `Refused`."""
    if not user.has_perm(CONFIRM) or user.unit is None:
        raise Refused(_("Lots are made by officers of a ward."))
    rule = rule_in_force()
    try:
        with transaction.atomic():
            lot = ConfirmationLot.objects.create(
                unit=user.unit, rule=rule, wrong_limit=rule.wrong_limit, confidence=rule.confidence,
                allowed=rule.allowed, seed=secrets.randbelow(2**31), made_by=user, made_by_name=str(user),
            )  # fmt: skip
            return _filled(lot, min(size, rule.most))
    except IntegrityError as error:
        if "cases_confirmationlot_under_way" not in str(error):
            raise
        raise Refused(_("A lot of your ward is under way already: finish it or give it up.")) from error


def _filled(lot: ConfirmationLot, size: int) -> ConfirmationLot:
    frozen = freeze(lot, size=size)
    if not frozen:
        raise Refused(_("No plain declaration waits in your ward."))
    try:
        plan = plan_for(frozen, limit=lot.wrong_limit, confidence=lot.confidence, allowed=lot.allowed)
    except PlanImpossible as error:
        raise Refused(_("So few are confirmed one by one: a lot of them would prove nothing.")) from error
    draw(lot, sample=plan.sample)
    lot.lot_size, lot.sample_size = frozen, plan.sample
    lot.save(update_fields=["lot_size", "sample_size"])
    return lot


def why_not_judge(lot: ConfirmationLot, user: User) -> str:
    """Why this user may not judge the lot's sample; "" where they may."""
    if not user.has_perm(JUDGE):
        return _("Your role may not do this.")
    if lot.made_by_id == user.pk:
        return _("Whoever made the lot may not judge its sample.")
    if lot.state != LotState.JUDGING:
        return _("The sample of this lot is settled.")
    return ""


def lots_to_judge(user: User) -> QuerySet[ConfirmationLot]:
    """Lots whose sample waits for this user."""
    if not user.has_perm(JUDGE):
        return ConfirmationLot.objects.none()
    lots: QuerySet[ConfirmationLot] = ConfirmationLot.objects.visible_to(user)
    return lots.filter(state=LotState.JUDGING).exclude(made_by=user)


def next_sampled(lot: ConfirmationLot, user: User) -> LotSample | None:
    """What this user judges next. Each judge goes through the sample in an order of their own."""
    ticket = MD5(Concat(Value(f"{user.pk}:"), Cast("position", CharField())))
    left = LotSample.objects.filter(lot=lot, answer="").order_by(ticket)
    return left.select_related("of__declaration").first()


def sample_answer(*, sampled: LotSample, answer: str, seen: str, user: User) -> ConfirmationLot:
    """Write down what a judge says of one declaration; settle the lot if that decides. Raises `Refused`."""
    if answer not in LotSample.Answer.values:
        raise Refused(_("Choose one of the three answers."))
    with transaction.atomic():
        lot = _held(sampled.lot_id, user)
        if refused := why_not_judge(lot, user):
            raise Refused(refused)
        if seen_now(sampled.of.declaration_id) != seen:
            raise Refused(_("Something has changed since you opened this declaration. Look again."))
        waiting = LotSample.objects.filter(pk=sampled.pk, answer="")
        if not waiting.update(answer=answer, officer=user, officer_name=str(user), at=timezone.now()):
            raise Refused(_("Somebody else has judged this declaration: your answer was not needed."))
        return _settle(lot, user)


def _settle(lot: ConfirmationLot, user: User) -> ConfirmationLot:
    """Errors are counted at once: a lot that has lost is not judged to the end."""
    lot.judged, lot.wrong = counted(lot)
    outcome = verdict(Plan.of(lot), judged=lot.judged, wrong=lot.wrong)
    lot.save(update_fields=["judged", "wrong"])
    if outcome == UNDECIDED:
        return lot
    if outcome == ACCEPTED:
        return _let_go(lot, user)
    return _fall_apart(lot)


def counted(lot: ConfirmationLot) -> tuple[int, int]:
    """Declarations of the sample judged so far, and errors among them; who cannot tell has found one."""
    answered = LotSample.objects.filter(lot=lot).exclude(answer="")
    found = answered.aggregate(
        judged=Count("pk"), wrong=Count("pk", filter=~Q(answer=LotSample.Answer.RIGHT))
    )
    return found["judged"], found["wrong"]


def _let_go(lot: ConfirmationLot, user: User) -> ConfirmationLot:
    lot.state, lot.outcome, lot.settled_at = LotState.CONFIRMING, LotOutcome.ACCEPTED, timezone.now()
    lot.job = start_job(
        kind=CONFIRM_JOB, params={"lot": lot.pk}, subject=f"confirmation lot:{lot.pk}", user=user
    )
    lot.save(update_fields=["state", "outcome", "settled_at", "job"])
    return lot


def _fall_apart(lot: ConfirmationLot) -> ConfirmationLot:
    """Its declarations are looked at one by one: another lot would be sampled until one sample fits."""
    make_single(lot, LotDeclaration.State.HELD)
    _leave(lot, "rejected")
    lot.state, lot.outcome, lot.settled_at = LotState.REJECTED, LotOutcome.REJECTED, timezone.now()
    lot.counts = {LotDeclaration.State.LEFT.value: lot.lot_size}
    lot.save(update_fields=["state", "outcome", "settled_at", "counts"])
    return lot


def lot_give_up(*, lot: ConfirmationLot, user: User) -> ConfirmationLot:
    """Give a lot up while its sample is judged. One in which an error was found falls apart instead.

    Raises `Refused`.
    """
    if not user.has_perm(CONFIRM):
        raise Refused(_("Your role may not do this."))
    with transaction.atomic():
        held = _held(lot.pk, user)
        if held.state != LotState.JUDGING:
            raise Refused(_("This lot can no longer be given up."))
        logger.info("confirmation_lot_given_up", lot=held.pk, wrong=held.wrong, user=user.pk)
        if held.wrong:
            return _fall_apart(held)
        _leave(held, "given_up")
        held.state, held.settled_at = LotState.GIVEN_UP, timezone.now()
        held.save(update_fields=["state", "settled_at"])
        return held


def lot_take_back(*, lot: ConfirmationLot, user: User, reason: str) -> ConfirmationLot:
    """Take the confirmation of a whole lot back, as a job. Raises `Refused`."""
    if not user.has_perm(TAKE_BACK):
        raise Refused(_("Your role may not do this."))
    if not reason.strip():
        raise Refused(_("Say why: a reason is needed."))
    with transaction.atomic():
        held = _held(lot.pk, user)
        if held.state not in (LotState.CONFIRMED, LotState.CONFIRMING):
            raise Refused(_("There is nothing to take back."))
        if held.job_id and Job.objects.get(pk=held.job_id).is_live:
            raise Refused(_("The lot is still being confirmed: wait for its end, or cancel its job first."))
        held.state, held.message = LotState.TAKING_BACK, ""
        held.taken_back_by, held.taken_back_by_name = user, str(user)
        held.taken_back_at, held.take_back_reason = timezone.now(), reason.strip()
        held.job = start_job(
            kind=TAKE_BACK_JOB, params={"lot": held.pk}, subject=f"confirmation lot:{held.pk}", user=user
        )
        held.save()
        return held


def _held(pk: int, user: User) -> ConfirmationLot:
    lot: ConfirmationLot | None = (
        ConfirmationLot.objects.visible_to(user).select_for_update(of=("self",)).filter(pk=pk).first()
    )
    if lot is None:
        raise Refused(_("This lot is not in your ward."))
    return lot


def _leave(lot: ConfirmationLot, reason: str) -> None:
    held = LotDeclaration.objects.filter(lot=lot, state=LotDeclaration.State.HELD)
    held.update(state=LotDeclaration.State.LEFT, reason=reason, moved_at=timezone.now())
