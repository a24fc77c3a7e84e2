"""A run over the registers: verdicts, links, cases and where they go."""

from collections.abc import Callable
from datetime import date

import pytest
from django.utils import timezone

from cases.models import CaseEvent, Discrepancy, MatchRun, Verdict, VerificationCase
from cases.runs import job
from cases.runs.rules import due_dates
from cases.runs.services import run_examples, start_run
from registry.links import linked_id
from registry.models import Owner, Person
from tests import factories
from tests.cases.runs.people import licence_of, owner_of
from vehreg.accounts.models import Unit
from vehreg.accounts.roles import Role
from vehreg.jobs.kinds import Refused

pytestmark = pytest.mark.django_db(transaction=True)

Match = Callable[..., MatchRun]


def test_who_agrees_is_linked_and_needs_no_case(match: Match) -> None:
    person = factories.person()
    owner, licence = owner_of(person), licence_of(person)
    run = match()
    owner.refresh_from_db()
    licence.refresh_from_db()
    assert linked_id(owner) == linked_id(licence) == person.pk
    assert (run.verdicts, run.parties) == ({"verified": 2}, 2)
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
    assert (evidence["run"], evidence["rules"]) == (run.pk, run.rules_version)
    assert (case.events.get().move, case.events.get().actor) == ("opened", None)
    assert run.cases_opened == 1


def test_running_again_on_the_same_data_opens_and_writes_nothing(match: Match) -> None:
    owner_of(factories.person(), name="Vũ Quang Đát")
    owner_of(factories.person(full_name="Đỗ Thị Lan"))
    first = match()
    second = match()
    assert first.cases_opened == 1
    assert (second.cases_opened, second.cases_withdrawn) == (0, 0)
    assert second.verdicts == first.verdicts
    assert not Verdict.objects.exclude(run=first).exists()
    assert CaseEvent.objects.count() == Discrepancy.objects.count() == 1


def test_a_new_verdict_supersedes_the_old_and_both_are_kept(match: Match) -> None:
    owner = owner_of(factories.person(), name="Vũ Quang Đát")
    first = match()
    Owner.objects.filter(pk=owner.pk).update(name="Vũ Quang Đạt", changed_at=timezone.now())
    second = match()
    old, new = Verdict.objects.order_by("pk")
    assert (old.verdict, old.run, old.superseded_by) == ("name_variant", first, second)
    assert (new.verdict, new.run, new.superseded_by) == ("verified", second, None)


def test_a_link_goes_when_a_run_no_longer_says_so(match: Match) -> None:
    owner = owner_of(factories.person())
    match()
    Owner.objects.filter(pk=owner.pk).update(name="Trần Văn Bình", changed_at=timezone.now())
    match()
    owner.refresh_from_db()
    assert linked_id(owner) is None


def test_an_owner_without_vehicles_is_not_matched(match: Match) -> None:
    owner_of(factories.person(), vehicle_count=0)
    assert match().parties == 0


def test_the_evidence_of_a_ward_is_its_code_only_where_it_is_sure(match: Match) -> None:
    ward = factories.unit(code="00004")
    person = factories.person(unit=ward)
    sure = owner_of(person, id_number=None, birth_date=None, birth_precision=None, ward_code="00004")
    unsure = owner_of(
        person, id_number=None, birth_date=None, birth_precision=None, ward_code="00004", unit=None
    )
    match()
    levels = {said.subject_id: said.comparison["ward"] for said in Verdict.objects.all()}
    assert levels[sure.pk] == "same"
    assert levels[unsure.pk] != "same"


def test_a_case_goes_to_the_subjects_ward_else_the_persons_else_the_city(match: Match, city: Unit) -> None:
    ward, other = factories.unit(), factories.unit()
    here = owner_of(factories.person(unit=other), name="Vũ Quang Đát", unit=ward)
    there = owner_of(factories.person(unit=other), name="Vũ Quang Đát", unit=None)
    nowhere = owner_of(factories.person(), name="Vũ Quang Đát", unit=None)
    match()
    units = dict(VerificationCase.objects.values_list("subject_id", "unit"))
    assert units == {here.pk: ward.pk, there.pk: other.pk, nowhere.pk: city.pk}


def test_mass_holders_and_stolen_vehicles_are_looked_at_sooner(match: Match) -> None:
    plain = owner_of(factories.person(), name="Vũ Quang Đát")
    mass = owner_of(factories.person(), name="Vũ Quang Đát", vehicle_count=7000)
    robbed = owner_of(factories.person(), name="Vũ Quang Đát")
    factories.vehicle(owner=robbed, status="stolen")
    match()
    urgency = dict(VerificationCase.objects.values_list("subject_id", "priority"))
    assert urgency[mass.pk] == urgency[robbed.pk] == urgency[plain.pk] - 1
    assert VerificationCase.objects.get(subject_id=mass.pk).vehicle_count == 7000


def test_a_case_is_due_by_its_priority_but_not_after_the_campaign(settings) -> None:
    settings.CAMPAIGN_START, settings.CAMPAIGN_END = "2025-11-01", "2025-12-31"
    early, late = due_dates(date(2025, 11, 1)), due_dates(date(2025, 12, 28))
    assert early[1] < early[2] < early[3] < early[4] < date(2025, 12, 31)
    assert set(late.values()) == {date(2025, 12, 31)}
    assert due_dates(date(2026, 2, 1))[1] > date(2026, 2, 1)


def test_an_organisation_is_checked_by_its_tax_code(match: Match) -> None:
    right = factories.owner(kind="organisation", name="Công ty A", id_number="0100109106", vehicle_count=1)
    wrong = factories.owner(kind="organisation", name="Công ty B", id_number="0100109107", vehicle_count=1)
    without = factories.owner(kind="organisation", name="Công ty C", id_number=None, vehicle_count=1)
    foreigner = factories.owner(kind="foreigner", name="John Smith", id_number="C1234567", vehicle_count=1)
    run = match()
    assert run.verdicts == {"organisation": 3, "foreigner": 1}
    assert {case.subject_id: case.kind for case in VerificationCase.objects.all()} == {wrong.pk: "tax_code"}
    assert {right.pk, without.pk, foreigner.pk}.isdisjoint({wrong.pk})


def test_somebody_who_has_died_is_a_case_for_the_heirs(match: Match) -> None:
    person = factories.person(died_on=date(2024, 5, 1))
    owner_of(person)
    match()
    assert VerificationCase.objects.get().kind == "deceased"


def test_a_second_run_is_refused_while_one_is_going_on(city: Unit) -> None:
    start_run(user=None)
    with pytest.raises(Refused, match=r"\w"):
        start_run(user=None)
    assert MatchRun.objects.count() == 1


def test_no_run_begins_where_nobody_would_get_the_cases_without_a_ward(transactional_db: None) -> None:
    with pytest.raises(Refused):
        start_run(user=None)


def test_examples_of_a_run_are_those_its_reader_may_see(match: Match) -> None:
    ward = factories.unit()
    mine = owner_of(factories.person(), unit=ward)
    owner_of(factories.person(), unit=factories.unit())
    run = match()
    match()
    officer = factories.user(Role.WARD_OFFICER, unit=ward)
    city = factories.user(Role.CITY_SUPERVISOR)
    examples = run_examples(run=run, verdict="verified", limit=5, user=officer)
    assert [example.subject_id for example in examples] == [mine.pk]
    assert len(run_examples(run=run, verdict="verified", limit=5, user=city)) == 2


def test_who_changes_while_a_run_is_matching_is_left_to_the_next(match: Match, monkeypatch) -> None:
    person = factories.person()
    owner = owner_of(person, name="Vũ Quang Đát")
    read = job.snapshot.parties

    def read_and_change(*args, **kwargs):
        rows = read(*args, **kwargs)
        Owner.objects.filter(pk=owner.pk).update(name=person.full_name, changed_at=timezone.now())
        return rows

    with monkeypatch.context() as patched:
        patched.setattr(job.snapshot, "parties", read_and_change)
        match()
    assert not Verdict.objects.exists()
    assert match("since_last").verdicts == {"verified": 1}


def test_a_person_who_arrives_after_a_run_is_found_by_the_next(match: Match) -> None:
    owner = factories.owner(name="Vũ Quang Đạt", id_number="001091999999", vehicle_count=1)
    match()
    assert VerificationCase.objects.get().kind == "no_candidate"
    person = factories.person(personal_id="001091999999")
    run = match("since_last")
    owner.refresh_from_db()
    assert (run.parties, linked_id(owner)) == (1, person.pk)
    assert VerificationCase.objects.get().state == "withdrawn"
    assert Person.objects.count() == 1
