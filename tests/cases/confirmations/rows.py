"""A ward with officers, and declarations that wait there."""

from typing import Any

from cases.confirmations.deciding import declaration_confirm
from cases.confirmations.lots import lot_make, next_sampled, sample_answer
from cases.confirmations.rules import rule_change
from cases.confirmations.standing import seen_now
from cases.models import ConfirmationLot, Declaration
from registry.models import Person
from tests import factories
from tests.cases.declarations.rows import declare, owner_of, registered
from vehreg.accounts.models import Unit, User
from vehreg.jobs.models import Job, JobState
from vehreg.jobs.services import run_in_foreground


def plain(ward: Unit, **columns: Any) -> Declaration:
    """A declaration that agrees letter by letter with the vehicle and its owner."""
    vehicle = registered(factories.person(unit=ward), unit=ward)
    return declare(owner_of(vehicle), vehicle, unit=ward, **columns)


def unmarked(ward: Unit) -> Declaration:
    """One whose owner typed their name without its marks: right, but not letter by letter."""
    person: Person = factories.person(unit=ward, full_name="Vũ Quang Đạt")
    return declare(person, registered(person, unit=ward), unit=ward, declarant_name="VU QUANG DAT")


def confirm(declaration: Declaration, user: User) -> Any:
    return declaration_confirm(declaration=declaration, seen=seen_now(declaration.pk), user=user)


def again(declaration: Declaration) -> Declaration:
    return Declaration.objects.get(pk=declaration.pk)


def easy_rule(user: User, **columns: Any) -> None:
    """A rule that lots of a few declarations can meet: half of them wrong is found out."""
    rule_change(**{"wrong_limit": 0.1, "confidence": 0.8, "allowed": 0, "most": 5_000} | columns, user=user)


def lot_of(ward: Unit, user: User, how_many: int) -> ConfirmationLot:
    """A lot of so many plain declarations of the ward."""
    for _number in range(how_many):
        plain(ward)
    return lot_make(size=how_many, user=user)


def judge_all(lot: ConfirmationLot, user: User, answer: str = "right") -> ConfirmationLot:
    """The judge gives this answer until the lot is settled."""
    while lot.state == "judging":
        sampled = next_sampled(lot, user)
        assert sampled is not None
        seen = seen_now(sampled.of.declaration_id)
        lot = sample_answer(sampled=sampled, answer=answer, seen=seen, user=user)
    return lot


def done(lot: ConfirmationLot) -> ConfirmationLot:
    """The lot, once its job has run here."""
    job = run_in_foreground(Job.objects.get(pk=lot.job_id))
    assert job.state == JobState.SUCCEEDED, job.error_detail or job.error
    return ConfirmationLot.objects.get(pk=lot.pk)
