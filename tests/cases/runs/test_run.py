"""A run over the registers: verdicts, links and cases."""

from collections.abc import Callable

import pytest

from cases.models import CaseEvent, Discrepancy, MatchRun, Verdict, VerificationCase
from registry.models import Owner
from tests import factories

pytestmark = pytest.mark.django_db(transaction=True)

Match = Callable[..., MatchRun]


def owner_of(person, **columns):
    """An owner with one vehicle, registered as the population register names them."""
    return factories.owner(
        **{
            "name": person.full_name,
            "id_number": person.personal_id,
            "birth_date": person.birth_date,
            "birth_precision": "day",
            "vehicle_count": 1,
            "unit": person.unit,
        }
        | columns
    )


def test_who_agrees_is_linked_and_needs_no_case(match: Match) -> None:
    person = factories.person()
    owner = owner_of(person)
    run = match()
    owner.refresh_from_db()
    assert owner.person == person
    assert run.verdicts == {"verified": 1}
    assert run.parties == 1
    assert not VerificationCase.objects.exists()


def test_a_name_spelt_differently_opens_a_case_with_its_evidence(match: Match) -> None:
    person = factories.person(full_name="Nguyễn Thị Thuý", unit=factories.unit())
    owner = owner_of(person, name="NGUYEN THI THUY")
    run = match()
    case = VerificationCase.objects.get()
    assert (case.register, case.subject_id, case.kind) == ("owner", owner.pk, "name_variant")
    assert (case.unit, case.subject_name, case.opened_by_run) == (person.unit, owner.name, run)
    evidence = case.discrepancies.get().evidence
    assert evidence["register"]["name"] == "NGUYEN THI THUY"
    assert evidence["population"]["name"] == "Nguyễn Thị Thuý"
    assert case.events.get().move == "opened"
    assert run.cases_opened == 1


def test_running_again_on_the_same_data_opens_and_writes_nothing(match: Match) -> None:
    person = factories.person()
    owner_of(person, name="Vũ Quang Đạc")
    owner_of(factories.person(full_name="Đỗ Thị Lan"))
    first = match()
    second = match()
    assert first.cases_opened == 1
    assert (second.cases_opened, second.cases_withdrawn) == (0, 0)
    assert second.verdicts == first.verdicts
    assert not Verdict.objects.exclude(run=first).exists()
    assert CaseEvent.objects.count() == 1
    assert Discrepancy.objects.count() == 1


def test_a_case_whose_cause_has_gone_is_withdrawn_with_the_reason(match: Match) -> None:
    person = factories.person()
    owner = owner_of(person, name="Vũ Quang Đạc")
    match()
    Owner.objects.filter(pk=owner.pk).update(name=person.full_name)
    run = match()
    case = VerificationCase.objects.get()
    assert case.state == "withdrawn"
    assert run.cases_withdrawn == 1
    event = case.events.last()
    assert (event.move, event.actor, event.detail["cause"]) == ("withdraw", None, "agrees")
    assert event.reason
    assert case.discrepancies.get().state == "withdrawn"
