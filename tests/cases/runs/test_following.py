"""Cases follow the verdicts, and never undo what a person decided."""

from collections.abc import Callable

import pytest
from django.utils import timezone

from cases.models import Candidate, MatchRun, Refusal, VerificationCase
from registry.links import linked_id
from registry.models import Owner, Person
from tests import factories
from tests.cases.runs.people import decide, owner_of, propose

pytestmark = pytest.mark.django_db(transaction=True)

Match = Callable[..., MatchRun]


@pytest.fixture
def variant(match: Match) -> VerificationCase:
    """An open case: the register has Đạc where the population register has Đạt."""
    owner_of(factories.person(), name="Vũ Quang Đát")
    match()
    return VerificationCase.objects.get()


def change_owner(case: VerificationCase, **columns: object) -> None:
    Owner.objects.filter(pk=case.subject_id).update(changed_at=timezone.now(), **columns)


def agree(case: VerificationCase) -> None:
    change_owner(case, name="Vũ Quang Đạt")


def test_a_case_whose_cause_has_gone_is_withdrawn_with_the_reason(
    variant: VerificationCase, match: Match
) -> None:
    agree(variant)
    run = match()
    variant.refresh_from_db()
    assert (variant.state, run.cases_withdrawn) == ("withdrawn", 1)
    assert variant.closed_at is not None
    event = variant.events.last()
    assert (event.move, event.actor, event.detail["cause"]) == ("withdraw", None, "agrees")
    assert (event.from_state, event.to_state) == ("open", "withdrawn")
    assert event.reason
    assert variant.discrepancies.get().state == "withdrawn"


def test_an_owner_whose_last_vehicle_has_gone_has_nothing_to_verify(
    variant: VerificationCase, match: Match
) -> None:
    Owner.objects.filter(pk=variant.subject_id).update(vehicle_count=0)
    for scope in ("since_last", "all"):
        match(scope)
    variant.refresh_from_db()
    assert variant.state == "withdrawn"
    assert variant.events.last().detail["cause"] == "no_vehicle"


def test_an_owner_who_comes_back_is_matched_again(variant: VerificationCase, match: Match) -> None:
    Owner.objects.filter(pk=variant.subject_id).update(vehicle_count=0)
    match("since_last")
    Owner.objects.filter(pk=variant.subject_id).update(vehicle_count=2)
    factories.vehicle(owner=Owner.objects.get(pk=variant.subject_id))
    run = match("since_last")
    assert (run.parties, run.cases_opened) == (1, 1)


def test_an_entry_taken_away_by_an_undone_delivery_takes_its_case_along(
    variant: VerificationCase, match: Match
) -> None:
    Owner.objects.filter(pk=variant.subject_id).delete()
    match("since_last")
    variant.refresh_from_db()
    assert (variant.state, variant.events.last().detail["cause"]) == ("withdrawn", "gone")


def test_a_verdict_that_becomes_another_changes_what_the_case_is_about(
    variant: VerificationCase, match: Match
) -> None:
    change_owner(variant, id_number=None)
    run = match()
    variant.refresh_from_db()
    assert (run.cases_opened, run.cases_withdrawn) == (0, 0)
    assert (variant.state, variant.kind) == ("open", "probable")
    assert {found.kind: found.state for found in variant.discrepancies.all()} == {
        "name_variant": "withdrawn",
        "probable": "open",
    }
    assert variant.events.last().move == "refreshed"
    assert variant.version == 2


def test_a_proposal_made_on_other_evidence_goes_back_to_its_officer(
    variant: VerificationCase, match: Match
) -> None:
    proposed = propose(variant, "link_person", person=Person.objects.get())
    change_owner(variant, id_number=None)
    match()
    variant.refresh_from_db()
    assert (variant.state, variant.assignee) == ("returned", proposed.assignee)
    event = variant.events.last()
    assert (event.move, event.from_state, event.to_state) == ("reopen_stale", "proposed", "returned")
    assert event.reason


def test_a_proposal_in_a_case_without_cause_is_kept_in_its_last_event(
    variant: VerificationCase, match: Match
) -> None:
    person = Person.objects.get()
    propose(variant, "link_person", person=person)
    agree(variant)
    match()
    variant.refresh_from_db()
    assert variant.state == "withdrawn"
    assert variant.events.last().detail["proposal"]["person"] == person.pk


@pytest.mark.parametrize("disposition", ["entry_right", "nobody_fits"])
def test_a_closed_case_stays_closed_while_nothing_changed(
    variant: VerificationCase, match: Match, disposition: str
) -> None:
    assert decide(variant, disposition).applied
    for scope in ("all", "since_last"):
        assert match(scope).cases_opened == 0
    variant.refresh_from_db()
    assert variant.state == "closed"
    assert VerificationCase.objects.count() == 1


def test_other_data_in_the_register_ask_again(variant: VerificationCase, match: Match) -> None:
    decide(variant, "entry_right")
    change_owner(variant, name="Vũ Quang Đặt")
    assert match().cases_opened == 1
    assert VerificationCase.objects.get(state="open").subject_id == variant.subject_id


def test_other_data_in_the_population_register_ask_again(variant: VerificationCase, match: Match) -> None:
    decide(variant, "entry_right")
    Person.objects.update(full_name="Vũ Quang Đật", changed_at=timezone.now())
    assert match("since_last").cases_opened == 1


def test_a_column_that_proves_nothing_does_not_ask_again(variant: VerificationCase, match: Match) -> None:
    decide(variant, "entry_right")
    change_owner(variant, phone="0912345678", address="Số 1 phố Mới")
    assert match().cases_opened == 0


def test_somebody_new_who_fits_asks_again(match: Match) -> None:
    owner_of(factories.person(), id_number=None)
    Person.objects.update(full_name="Lê Thị Xa")
    match()
    decide(VerificationCase.objects.get(), "entry_right")
    person = factories.person()
    match("since_last")
    assert VerificationCase.objects.get(state="open").kind == "probable"
    assert person.pk in Candidate.objects.filter(verdict__superseded_by__isnull=True).values_list(
        "person", flat=True
    )


def test_a_refused_person_is_never_proposed_again(variant: VerificationCase, match: Match) -> None:
    decide(variant, "nobody_fits")
    refused = Refusal.objects.get().person_id
    change_owner(variant, name="Vũ Quang Đặt")
    match()
    for_this = Candidate.objects.filter(verdict__superseded_by__isnull=True)
    assert refused not in for_this.values_list("person", flat=True)
    assert linked_id(Owner.objects.get(pk=variant.subject_id)) is None


def test_a_link_by_approval_stays_whatever_a_run_says(variant: VerificationCase, match: Match) -> None:
    person = Person.objects.get()
    decide(variant, "link_person", person=person)
    assert linked_id(Owner.objects.get(pk=variant.subject_id)) == person.pk
    change_owner(variant, name="Trần Thị Bưởi", id_number=None, birth_date=None)
    match()
    assert linked_id(Owner.objects.get(pk=variant.subject_id)) == person.pk


def test_a_corrected_entry_has_no_case_any_more(variant: VerificationCase, match: Match) -> None:
    decide(variant, "link_person", person=Person.objects.get())
    assert match().cases_opened == 0
    assert not VerificationCase.objects.exclude(state="closed").exists()
