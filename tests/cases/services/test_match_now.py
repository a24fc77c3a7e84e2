"""An officer asks for one record: the answer of a run, told in the case."""

import threading
from collections.abc import Callable

import pytest
from django.db import connection, transaction
from django.utils import timezone, translation

from cases.models import MatchRun, Verdict, VerificationCase
from cases.runs.services import start_run
from cases.services import match_now as service
from cases.services.match_now import match_now, party_of_case
from cases.services.moves import MoveRefused
from registry.models import Owner, Person
from tests import factories
from tests.cases.rows import open_case
from tests.cases.runs import standing, town
from tests.cases.runs.people import licence_of, owner_of, propose
from tests.cases.runs.test_at_once import at_once
from vehreg.accounts.models import Unit, User
from vehreg.accounts.roles import Role
from vehreg.jobs.services import run_in_foreground

pytestmark = pytest.mark.django_db(transaction=True)

Match = Callable[..., MatchRun]


@pytest.fixture
def officer(city: Unit) -> User:
    return factories.user(Role.CITY_OFFICER)


@pytest.fixture
def variant(match: Match) -> VerificationCase:
    """An open case: the register has Đát where the population register has Đạt."""
    owner_of(factories.person(), name="Vũ Quang Đát")
    match()
    return VerificationCase.objects.get()


def ask(case: VerificationCase, user: User) -> service.MatchedNow:
    return match_now(register=case.register, subject_id=case.subject_id, user=user, asked_from=case)


def correct(case: VerificationCase) -> None:
    Owner.objects.filter(pk=case.subject_id).update(name="Vũ Quang Đạt", changed_at=timezone.now())


def test_asked_one_by_one_every_party_gets_what_a_run_says(match: Match, officer: User) -> None:
    place = town.build(persons=25, seed=7)
    match()
    by_run, cases, links = standing.verdicts(), standing.open_cases(), standing.links()
    Verdict.objects.all().delete()
    for owner in place.owners:
        match_now(register="owner", subject_id=owner.pk, user=officer)
    for licence in place.licences:
        match_now(register="licence", subject_id=licence.pk, user=officer)
    assert standing.verdicts() == by_run
    assert (standing.open_cases(), standing.links()) == (cases, links)


def test_after_a_run_asking_changes_nothing(match: Match, officer: User) -> None:
    place = town.build(persons=15, seed=3)
    match()
    by_run = standing.verdicts()
    for owner in place.owners:
        assert not match_now(register="owner", subject_id=owner.pk, user=officer).changed
    assert standing.verdicts() == by_run


def test_an_unchanged_answer_is_told_as_such_and_stands_in_the_case(
    variant: VerificationCase, officer: User
) -> None:
    outcome = ask(variant, officer)
    assert outcome.sentence.startswith("Vẫn như cũ: Tên viết khác, Vũ Quang Đạt,")
    event = variant.events.last()
    assert (event.move, event.actor, event.reason) == ("matched_now", officer, outcome.sentence)
    variant.refresh_from_db()
    assert (variant.state, variant.version) == ("open", 1)


def test_asking_twice_leaves_one_step(variant: VerificationCase, officer: User) -> None:
    before = variant.events.count()
    at_once(*[lambda: ask(variant, officer) and None] * 3)
    assert variant.events.count() == before + 1
    ask(variant, factories.user(Role.CITY_SUPERVISOR))
    assert variant.events.count() == before + 2


def test_an_answer_that_takes_the_cause_away_withdraws_the_case_and_says_so(
    variant: VerificationCase, officer: User
) -> None:
    correct(variant)
    outcome = ask(variant, officer)
    assert outcome.changed
    assert outcome.withdrawn
    assert outcome.sentence.startswith("Kết quả mới: Đã khớp, Vũ Quang Đạt")
    assert f"Vụ việc {variant.number} được rút lại." in outcome.sentence
    assert list(variant.events.values_list("move", flat=True)) == ["opened", "withdraw", "matched_now"]


def test_an_answer_that_finds_something_opens_a_case(match: Match, officer: User) -> None:
    owner = owner_of(factories.person())
    match()
    Owner.objects.filter(pk=owner.pk).update(name="Vũ Quang Đát", changed_at=timezone.now())
    with translation.override("en"):
        outcome = match_now(register="owner", subject_id=owner.pk, user=officer)
        assert outcome.opened
        assert f"Case {outcome.case.number} was opened." in outcome.sentence


def test_a_proposal_on_other_evidence_goes_back(variant: VerificationCase, officer: User) -> None:
    propose(variant, "link_person", person=Person.objects.get())
    Owner.objects.filter(pk=variant.subject_id).update(id_number=None, changed_at=timezone.now())
    outcome = ask(variant, officer)
    assert outcome.case.state == "returned"


def test_a_vehicle_case_matches_its_owner_and_tells_of_it(match: Match, officer: User) -> None:
    owner = owner_of(factories.person(), name="Vũ Quang Đát")
    vehicle = factories.vehicle(owner=owner, unit=factories.unit())
    case = open_case(vehicle, register="vehicle", unit=vehicle.unit, kind="declared_sold")
    match()
    assert party_of_case(case) == ("owner", owner.pk)
    match_now(register="owner", subject_id=owner.pk, user=officer, asked_from=case)
    assert case.events.last().move == "matched_now"
    assert VerificationCase.objects.get(register="owner").events.last().move == "matched_now"


def test_an_owner_without_vehicles_has_no_result(variant: VerificationCase, officer: User) -> None:
    Owner.objects.filter(pk=variant.subject_id).update(vehicle_count=0)
    outcome = ask(variant, officer)
    assert outcome.after is None
    assert outcome.withdrawn


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.REGISTRAR, Role.ADMINISTRATOR])
def test_who_does_not_work_on_cases_may_not(variant: VerificationCase, role: str) -> None:
    with pytest.raises(MoveRefused):
        ask(variant, factories.user(role))
    assert variant.events.count() == 1


def test_an_entry_of_another_ward_may_not_be_asked_for(match: Match) -> None:
    licence = licence_of(factories.person(), unit=factories.unit())
    with pytest.raises(MoveRefused):
        match_now(register="licence", subject_id=licence.pk, user=factories.user(Role.WARD_OFFICER))
    assert not Verdict.objects.exists()


def test_asking_while_a_run_goes_on_breaks_neither(match: Match, officer: User) -> None:
    place = town.build(persons=20, seed=5)
    match()
    run = start_run(user=None)
    owners = [owner.pk for owner in place.owners]

    def ask_all() -> None:
        for owner in owners:
            match_now(register="owner", subject_id=owner, user=officer)

    at_once(lambda: run_in_foreground(run.job) and None, ask_all)
    run.refresh_from_db()
    assert run.state == MatchRun.State.DONE
    in_force = Verdict.objects.filter(superseded_by__isnull=True, register="owner")
    assert in_force.count() == len(owners)
    asked = standing.verdicts()
    for owner in owners:
        assert not match_now(register="owner", subject_id=owner, user=officer).changed
    assert standing.verdicts() == asked


def test_whoever_waits_too_long_for_a_run_is_told_to_try_again(
    variant: VerificationCase, officer: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(service, "_WAIT", "200ms")
    held, done = threading.Event(), threading.Event()

    def hold() -> None:
        with transaction.atomic():
            VerificationCase.objects.select_for_update().get(pk=variant.pk)
            held.set()
            done.wait(20)
        connection.close()

    holder = threading.Thread(target=hold)
    holder.start()
    held.wait(20)
    try:
        with pytest.raises(MoveRefused):
            ask(variant, officer)
    finally:
        done.set()
        holder.join()
    assert ask(variant, officer).case.state == "open"
