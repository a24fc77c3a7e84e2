"""What became of each verdict between two runs, and why."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from cases.models import Candidate, MatchRun, Refusal, Verdict, VerificationCase
from cases.runs.causes import CAUSES, Versions
from cases.runs.comparing import Comparison, Transition, compare, is_long, standing_at
from cases.runs.comparing_examples import Cell, examples
from cases.runs.comparing_job import comparison_job, counted, start_comparison
from registry.models import Owner, Person
from tests import factories
from tests.cases.rows import match_run, open_case
from tests.cases.runs import town
from tests.cases.runs.people import decide, owner_of
from vehreg.accounts.models import Unit
from vehreg.accounts.roles import Role
from vehreg.jobs.services import run_in_foreground

pytestmark = pytest.mark.django_db(transaction=True)

Match = Callable[..., MatchRun]


def run_of(*, days: int = 0, **columns) -> MatchRun:
    """A finished run over the whole registers, so many days ago."""
    at = timezone.now() - timedelta(days=days)
    run = match_run(**{"watermark": at, "finished_at": at + timedelta(minutes=5)} | columns)
    MatchRun.objects.filter(pk=run.pk).update(started_at=at)
    run.refresh_from_db()
    return run


def old_owner(**columns) -> Owner:
    """An owner whose row has stood for years."""
    owner = factories.owner(vehicle_count=1, **columns)
    Owner.objects.filter(pk=owner.pk).update(changed_at=timezone.now() - timedelta(days=900))
    return owner


def old_person(**columns) -> Person:
    person = factories.person(**columns)
    Person.objects.filter(pk=person.pk).update(changed_at=timezone.now() - timedelta(days=900))
    return person


def say(owner: Owner, run: MatchRun, verdict: str, person: Person | None = None) -> Verdict:
    """A run says this of an owner from now on."""
    about = {"register": "owner", "subject_id": owner.pk}
    Verdict.objects.filter(**about, superseded_by=None).update(superseded_by=run)
    return Verdict.objects.create(
        **about, run=run, verdict=verdict, pass_name="number", score=0.9, person=person
    )


def said(comparison: Comparison) -> set[tuple[str, str, str, int]]:
    return {(one.was, one.now, one.cause, one.count) for one in comparison.transitions}


def test_every_change_is_counted_once_from_what_it_was_to_what_it_became() -> None:
    first, second, third = run_of(days=9), run_of(days=6), run_of(days=3)
    for number in range(5):
        owner = old_owner()
        say(owner, first, "ambiguous")
        if number < 3:
            say(owner, second, "probable")
        if number < 2:
            say(owner, third, "verified")
    assert said(compare(first, second)) == {("ambiguous", "probable", "data", 3)}
    assert said(compare(second, third)) == {("probable", "verified", "data", 2)}
    assert said(compare(first, third)) == {
        ("ambiguous", "verified", "data", 2),
        ("ambiguous", "probable", "data", 1),
    }


def test_a_verdict_that_became_another_and_back_again_has_not_changed() -> None:
    first, second, third = run_of(days=9), run_of(days=6), run_of(days=3)
    owner, person = old_owner(), old_person()
    say(owner, first, "verified", person)
    say(owner, second, "ambiguous")
    say(owner, third, "verified", person)
    assert said(compare(first, third)) == set()


def test_entries_that_came_and_went_are_counted_from_and_to_nothing() -> None:
    first, second = run_of(days=9), run_of(days=6)
    say(old_owner(), second, "no_candidate")
    Verdict.objects.filter(pk=say(old_owner(), first, "verified").pk).update(superseded_by=second)
    assert said(compare(first, second)) == {("", "no_candidate", "data", 1), ("verified", "", "data", 1)}


def test_the_same_verdict_for_another_person_is_a_change() -> None:
    first, second = run_of(days=9), run_of(days=6)
    owner = old_owner()
    say(owner, first, "probable", old_person())
    say(owner, second, "probable", old_person())
    found = compare(first, second)
    assert (found.moved("probable", "probable"), found.unchanged("probable")) == (1, 0)


def test_the_diagonal_is_what_stood_and_did_not_move() -> None:
    first, second = run_of(days=9), run_of(days=6, verdicts={"verified": 7, "probable": 2})
    for _time in range(2):
        owner = old_owner()
        say(owner, first, "verified")
        say(owner, second, "probable")
    found = compare(first, second)
    assert [found.unchanged(verdict) for verdict in ("verified", "probable")] == [7, 0]


def test_what_stood_after_a_run_over_few_is_counted_on_from_the_last_whole_one() -> None:
    run_of(days=9, verdicts={"verified": 7, "ambiguous": 3})
    few = run_of(days=6, scope=MatchRun.Scope.SINCE_LAST, verdicts={"verified": 1})
    owner = old_owner()
    say(owner, MatchRun.objects.order_by("pk").first(), "ambiguous")
    say(owner, few, "verified")
    assert standing_at(few) == {"verified": 8, "ambiguous": 2}


@given(st.lists(st.tuples(*[st.sampled_from(["verified", "probable", ""])] * 2, st.integers(1, 9))))
def test_what_stands_is_what_stayed_and_what_arrived(rows) -> None:
    arrived = {"verified": 0, "probable": 0}
    for _was, now, count in rows:
        if now:
            arrived[now] += count
    found = Comparison(
        [Transition(was, now, "data", count) for was, now, count in rows],
        {verdict: count + 5 for verdict, count in arrived.items()},
    )
    for verdict, count in arrived.items():
        assert found.unchanged(verdict) == 5
        assert sum(found.moved(was, verdict) for was in ("verified", "probable", "")) == count
    assert Comparison.from_json(found.as_json()) == found


def cause_between(first: MatchRun, second: MatchRun) -> str:
    [only] = compare(first, second).transitions
    return only.cause


@pytest.mark.parametrize(
    ("later", "cause"),
    [({"rules_version": "test"}, "data"), ({"rules_version": "other"}, "rule")],
)
def test_where_the_registers_say_the_same_the_versions_are_the_cause(later, cause) -> None:
    first, second = run_of(days=9), run_of(days=6, **later)
    owner, person = old_owner(), old_person()
    say(owner, first, "name_variant", person)
    say(owner, second, "probable", person)
    assert cause_between(first, second) == cause


def test_another_model_is_told_from_other_rules() -> None:
    first, second = run_of(days=9), run_of(days=6)
    first.model_version, second.model_version = "2026-11a", "2026-11b"
    assert Versions.between(first, second).cause == "model"
    second.rules_version = "other"
    assert Versions.between(first, second).cause == "both"
    assert {"model", "both", "rule", "data", "human"} == set(CAUSES)


@pytest.fixture
def between() -> tuple[MatchRun, MatchRun, Owner, Person]:
    """An owner who had one verdict by the first run and has another by the second, which had other rules."""
    first, second = run_of(days=9), run_of(days=3, rules_version="other")
    owner, person = old_owner(), old_person()
    say(owner, first, "name_variant", person)
    say(owner, second, "probable", person)
    return first, second, owner, person


def long_ago(days: int):
    return timezone.now() - timedelta(days=days)


def test_an_entry_that_changed_between_the_runs_is_the_cause(between) -> None:
    first, second, owner, _person = between
    Owner.objects.filter(pk=owner.pk).update(name="Vũ Quang Đát", changed_at=long_ago(5))
    event_at(owner, 5)
    assert cause_between(first, second) == "data"


def test_a_column_that_matching_does_not_read_is_no_cause(between) -> None:
    first, second, owner, _person = between
    Owner.objects.filter(pk=owner.pk).update(phone="0912345678", changed_at=long_ago(5))
    event_at(owner, 5)
    assert cause_between(first, second) == "rule"


def test_a_change_after_the_second_run_is_no_cause(between) -> None:
    first, second, owner, _person = between
    Owner.objects.filter(pk=owner.pk).update(name="Vũ Quang Đát", changed_at=timezone.now())
    assert cause_between(first, second) == "rule"


def test_a_change_between_that_was_changed_again_later_is_still_the_cause(between) -> None:
    first, second, owner, _person = between
    Owner.objects.filter(pk=owner.pk).update(name="Vũ Quang Đát", changed_at=long_ago(5))
    event_at(owner, 5)
    Owner.objects.filter(pk=owner.pk).update(name="Vũ Quang Đật", changed_at=timezone.now())
    assert cause_between(first, second) == "data"


def test_a_person_who_changed_or_came_is_the_cause(between) -> None:
    first, second, owner, _person = between
    newcomer = factories.person()
    Person.objects.filter(pk=newcomer.pk).update(changed_at=long_ago(5))
    now = Verdict.objects.get(subject_id=owner.pk, superseded_by=None)
    Candidate.objects.create(verdict=now, rank=2, person=newcomer, score=0.1)
    assert cause_between(first, second) == "data"


def event_at(owner: Owner, days: int) -> None:
    """The history of a change just made, as if it had been made so many days ago."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE registry_ownerevent SET pgh_created_at = %s WHERE pgh_obj_id = %s",
            [long_ago(days), owner.pk],
        )


def test_an_officers_decision_between_the_runs_goes_before_all_else(between) -> None:
    first, second, owner, _person = between
    Owner.objects.filter(pk=owner.pk).update(name="Vũ Quang Đát", changed_at=long_ago(5))
    case = open_case(owner, kind="name_variant")
    VerificationCase.objects.filter(pk=case.pk).update(state="closed", closed_at=long_ago(5))
    assert cause_between(first, second) == "human"


def test_a_refusal_between_the_runs_is_a_humans_word(between) -> None:
    first, second, owner, person = between
    case = open_case(owner)
    VerificationCase.objects.filter(pk=case.pk).update(state="withdrawn")
    refusal = Refusal.objects.create(
        register="owner", subject_id=owner.pk, person=person, case=case, refused_by=factories.user()
    )
    Refusal.objects.filter(pk=refusal.pk).update(refused_at=long_ago(5))
    assert cause_between(first, second) == "human"


def test_single_records_of_a_day_stand_on_their_side_of_a_run_of_that_day() -> None:
    day = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    first = run_of(days=9)
    singles = match_run(scope=MatchRun.Scope.SINGLE, watermark=day)
    before, after, steady = old_owner(), old_owner(), old_owner()
    for owner in (before, after, steady):
        say(owner, first, "ambiguous")
    say(before, singles, "verified")
    noon = run_of()
    say(steady, noon, "probable")
    say(after, singles, "verified")
    evening = run_of()
    assert said(compare(first, noon)) == {
        ("ambiguous", "verified", "data", 1),
        ("ambiguous", "probable", "data", 1),
    }
    assert said(compare(noon, evening)) == {("ambiguous", "verified", "data", 1)}


@pytest.fixture
def moved() -> tuple[MatchRun, MatchRun, list[Owner]]:
    first, second = run_of(days=9), run_of(days=6, rules_version="other")
    owners = [old_owner(name=f"Người {number}", unit=factories.unit()) for number in range(7)]
    for owner in owners:
        say(owner, first, "ambiguous")
        say(owner, second, "probable")
    return first, second, owners


@pytest.mark.parametrize("standing", [{"ambiguous": 0, "probable": 9}, {"ambiguous": 9, "probable": 0}])
def test_examples_come_page_by_page_from_either_side(moved, standing) -> None:
    first, second, owners = moved
    seen, after = [], 0
    while page := examples(
        first=first, second=second, cell=Cell("ambiguous", "probable"), user=factories.user(Role.AUDITOR),
        limit=3, after=after, standing=standing,
    ):  # fmt: skip
        assert {(one.was.verdict, one.now.verdict, one.cause) for one in page} == {
            ("ambiguous", "probable", "rule")
        }
        seen += [one.subject_id for one in page]
        after = page[-1].key
    assert seen == [owner.pk for owner in owners]


def test_examples_of_a_cause_and_of_another_cell_are_others(moved) -> None:
    first, second, _owners = moved
    asked = {"first": first, "second": second, "user": factories.user(Role.AUDITOR), "limit": 9}
    assert not examples(cell=Cell("ambiguous", "probable", "data"), **asked)
    assert len(examples(cell=Cell("ambiguous", "probable", "rule"), **asked)) == 7
    assert not examples(cell=Cell("probable", "ambiguous"), **asked)
    assert not examples(cell=Cell("", ""), **asked)


def test_examples_stay_inside_the_unit(moved) -> None:
    first, second, owners = moved
    ward = factories.user(Role.WARD_SUPERVISOR, owners[2].unit)
    cell = Cell("ambiguous", "probable")
    [only] = examples(first=first, second=second, cell=cell, user=ward, limit=9)
    assert only.subject_id == owners[2].pk


def test_only_what_changed_is_read(moved) -> None:
    first, second, _owners = moved
    with CaptureQueriesContext(connection) as taken:
        compare(first, second)
    read = " ".join(query["sql"] for query in taken.captured_queries if "INSERT INTO touched" in query["sql"])
    assert "superseded_by_id = ANY" in read
    assert is_long(first, second, 6)
    assert not is_long(first, second, 60)


def test_a_comparison_is_counted_once_by_a_job_and_kept(moved) -> None:
    first, second, _owners = moved
    job = start_comparison(first=first, second=second, user=None)
    assert start_comparison(first=first, second=second, user=None) == job
    assert counted(comparison_job(first, second)) is None
    run_in_foreground(job)
    assert counted(comparison_job(first, second)) == compare(first, second)


def test_runs_of_a_town_compare_as_their_verdicts_do(match: Match, city: Unit) -> None:
    place = town.build(persons=40, seed=11)
    first = match()
    was = dict(Verdict.objects.filter(superseded_by=None).values_list("subject_id", "verdict"))
    changed = [owner.pk for owner in place.owners[::4]]
    Owner.objects.filter(pk__in=changed).update(id_number=None, changed_at=timezone.now())
    second = match()
    now = dict(
        Verdict.objects.filter(superseded_by=None, register="owner").values_list("subject_id", "verdict")
    )
    found = compare(first, second)
    assert found.standing == {k: v for k, v in second.verdicts.items() if v}
    assert {one.cause for one in found.transitions} == {"data"}
    moved = {(was[pk], now[pk]) for pk in changed if was[pk] != now[pk]}
    assert moved == {(one.was, one.now) for one in found.transitions if one.was != one.now}


def test_an_approval_between_two_runs_is_told_as_a_humans(match: Match, city: Unit) -> None:
    person = factories.person()
    owner_of(person, name="Vũ Quang Đát")
    first = match()
    decide(VerificationCase.objects.get(), "link_person", person=person)
    second = match()
    assert said(compare(first, second)) == {("name_variant", "verified", "human", 1)}
