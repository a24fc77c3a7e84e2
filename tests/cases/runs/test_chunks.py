"""However a run is cut, interrupted or restricted, it ends with what one undisturbed run says."""

from collections.abc import Callable
from datetime import date

import pytest
from django.utils import timezone

from cases.models import MatchRun, RunSubject, Verdict
from registry.models import DriverLicence, Owner, Person
from tests.cases.runs import standing, town
from vehreg.jobs.shared_files import shared_folder

pytestmark = pytest.mark.django_db(transaction=True)

Match = Callable[..., MatchRun]


def test_a_run_in_many_chunks_says_what_a_run_in_one_says(match: Match, settings) -> None:
    town.build(persons=200)
    settings.MATCH_CHUNK_PARTIES = 23
    chunked = match()
    verdicts, cases, links = standing.verdicts(), standing.open_cases(), standing.links()
    assert chunked.job.chunks.filter(stage=2).count() > 8
    settings.MATCH_CHUNK_PARTIES = 500_000
    whole = match()
    assert whole.verdicts == chunked.verdicts
    assert (whole.cases_opened, whole.cases_withdrawn) == (0, 0)
    assert not Verdict.objects.exclude(run=chunked).exists()
    assert (standing.verdicts(), standing.open_cases(), standing.links()) == (verdicts, cases, links)


def test_a_run_since_the_last_ends_where_a_whole_run_ends(match: Match) -> None:
    place = town.build(persons=300)
    match()
    change_something(place)
    since_last = match("since_last")
    assert since_last.scope == MatchRun.Scope.SINCE_LAST
    assert 0 < since_last.parties < 200
    verdicts, cases, links = standing.verdicts(), standing.open_cases(), standing.links()
    whole = match()
    assert (whole.cases_opened, whole.cases_withdrawn) == (0, 0)
    assert not Verdict.objects.filter(run=whole).exists()
    assert (standing.verdicts(), standing.open_cases(), standing.links()) == (verdicts, cases, links)


def change_something(place: town.Town) -> None:
    """What deliveries do between two runs: people, owners and licences come, change and go."""
    now = timezone.now()
    for person in place.persons[:12]:
        person.full_name = " ".join(reversed(person.full_name.split()))
    for person in place.persons[12:20]:
        person.birth_date = date(person.birth_date.year, 1 + person.birth_date.month % 12, 5)
    for person in place.persons[20:24]:
        person.died_on = date(2025, 6, 1)
    for person in place.persons[:24]:
        person.changed_at = now
    Person.objects.bulk_update(
        place.persons[:24], ["full_name", "birth_date", "died_on", "changed_at"], batch_size=100
    )
    twins = [
        Person(
            personal_id=f"0010{person.birth_date.year % 100:02d}9{number:05d}",
            full_name=person.full_name,
            birth_date=person.birth_date,
            birth_precision="day",
            unit=person.unit,
            as_of=date(2025, 11, 1),
        )
        for number, person in enumerate(place.persons[30:60])
    ]
    Person.objects.bulk_create(twins)
    for owner in place.owners[100:110]:
        Owner.objects.filter(pk=owner.pk).update(name="Trần Thị Mới", changed_at=now)
    Owner.objects.filter(pk__in=[owner.pk for owner in place.owners[110:115]]).update(vehicle_count=0)
    DriverLicence.objects.filter(pk__in=[entry.pk for entry in place.licences[:3]]).update(
        holder_id_number=None, changed_at=now
    )


def test_since_the_last_with_nothing_changed_matches_nobody(match: Match) -> None:
    town.build(persons=40)
    match()
    run = match("since_last")
    assert (run.scope, run.parties, run.cases_opened) == (MatchRun.Scope.SINCE_LAST, 0, 0)
    assert not RunSubject.objects.exists()


def test_since_the_last_is_the_whole_where_there_is_no_last(match: Match) -> None:
    town.build(persons=20)
    assert match("since_last").scope == MatchRun.Scope.ALL


def test_other_rules_begin_with_the_whole_registers(match: Match) -> None:
    town.build(persons=20)
    first = match()
    MatchRun.objects.filter(pk=first.pk).update(rules_version="before")
    assert match("since_last").scope == MatchRun.Scope.ALL


def test_the_files_of_a_run_go_with_it(match: Match) -> None:
    town.build(persons=10)
    run = match()
    assert not shared_folder(run.job_id).exists()
