"""One record at once says what a run says."""

from collections.abc import Callable

import pytest
from django.utils import timezone

from cases.models import MatchRun, Verdict, VerificationCase
from cases.runs.single import match_one
from registry.models import Owner, Person
from tests import factories
from tests.cases.runs import standing, town
from tests.cases.runs.people import decide, owner_of
from vehreg.accounts.models import Unit

pytestmark = pytest.mark.django_db(transaction=True)

Match = Callable[..., MatchRun]


def test_one_by_one_every_party_gets_the_verdict_a_run_gives(match: Match) -> None:
    place = town.build(persons=60)
    run = match()
    by_run, cases = standing.verdicts(), standing.open_cases()
    Verdict.objects.all().delete()
    for owner in place.owners:
        match_one("owner", owner.pk)
    for licence in place.licences:
        match_one("licence", licence.pk)
    assert standing.verdicts() == by_run
    assert standing.open_cases() == cases
    assert VerificationCase.objects.filter(opened_by_run=run).count() == len(cases)


def test_a_record_that_says_the_same_writes_nothing(match: Match) -> None:
    owner = owner_of(factories.person(), name="Vũ Quang Đát")
    run = match()
    found = match_one("owner", owner.pk)
    assert found.verdict is not None
    assert (found.verdict.run, found.verdict.verdict) == (run, "name_variant")
    assert (found.cases.opened, found.cases.withdrawn) == (0, 0)


def test_a_record_that_became_right_loses_its_case(match: Match) -> None:
    owner = owner_of(factories.person(), name="Vũ Quang Đát")
    match()
    Owner.objects.filter(pk=owner.pk).update(name="Vũ Quang Đạt", changed_at=timezone.now())
    found = match_one("owner", owner.pk)
    assert (found.verdict.verdict, found.cases.withdrawn) == ("verified", 1)
    assert found.verdict.run.scope == MatchRun.Scope.SINGLE


def test_all_single_records_of_a_day_share_one_run(city: Unit) -> None:
    for _ in range(3):
        match_one("owner", owner_of(factories.person(), name="Vũ Quang Đát").pk)
    run = MatchRun.objects.get()
    assert (run.scope, run.state, Verdict.objects.filter(run=run).count()) == ("single", "done", 3)


def test_single_records_are_no_run_to_begin_from(city: Unit, match: Match) -> None:
    match_one("owner", owner_of(factories.person()).pk)
    assert match("since_last").scope == MatchRun.Scope.ALL


def test_an_owner_without_vehicles_gets_no_verdict(match: Match) -> None:
    owner = owner_of(factories.person(), name="Vũ Quang Đát")
    match()
    Owner.objects.filter(pk=owner.pk).update(vehicle_count=0)
    found = match_one("owner", owner.pk)
    assert (found.verdict, found.cases.withdrawn) == (None, 1)


def test_an_approval_matches_the_corrected_entry_again(match: Match) -> None:
    owner = owner_of(factories.person(), name="Vũ Quang Đát")
    match()
    decide(VerificationCase.objects.get(), "link_person", person=Person.objects.get())
    said = Verdict.objects.get(subject_id=owner.pk, superseded_by__isnull=True)
    assert (said.verdict, said.run.scope) == ("verified", MatchRun.Scope.SINGLE)
    assert VerificationCase.objects.get().state == "closed"


def test_a_vehicle_is_matched_through_its_owner(city: Unit) -> None:
    with pytest.raises(ValueError, match="owner"):
        match_one("vehicle", 1)
