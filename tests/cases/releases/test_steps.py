"""Who may take which step of a release, and when: also two at once, and past the forms."""

import threading

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction

from cases.models import Release, ReleaseCase, ReviewPair, VerificationCase
from cases.releases.classes import class_change, present_classes
from cases.releases.rules import from_json
from cases.releases.services import (
    release_begin,
    release_draw,
    release_give_up,
    release_settle,
    take_back_begin,
)
from cases.services.bulk import BULK_MOVES
from cases.workflow import MOVES
from registry.models import Owner
from tests import factories
from tests.cases.releases import rows
from tests.cases.rows import open_case
from vehreg.accounts.roles import Role
from vehreg.jobs.kinds import Refused
from vehreg.jobs.models import JobState
from vehreg.jobs.services import cancel_job, retry_job

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def accepted(ward, drawer):
    rows.former_cases(ward, 3)
    return rows.settle(rows.draw(drawer))


def test_both_classes_of_the_design_are_there_from_the_beginning(city):
    assert [one.code for one in present_classes()] == ["verified_former_id", "name_variant"]


def test_a_lot_is_frozen_with_its_sample_and_its_plan(ward, drawer):
    rows.former_cases(ward, 3)
    release = rows.draw(drawer)
    assert (release.state, release.lot_size, release.sample_size) == ("judging", 3, 3)
    assert release.planned["owner.id_number"] == 3
    assert ReviewPair.objects.filter(sample=release.sample_id).count() == 3
    assert release.sample.purpose == "release"
    later = rows.former_case(ward)
    assert not ReleaseCase.objects.filter(release=release, case=later).exists()


def test_cases_somebody_works_on_are_never_in_a_lot(ward, drawer):
    kinds = ("free", "taken", "put_back", "declared", "judged", "other_unit")
    cases = dict(zip(kinds, rows.former_cases(ward, len(kinds)), strict=True))
    by_pk = {name: VerificationCase.objects.filter(pk=case.pk) for name, case in cases.items()}
    by_pk["taken"].update(state="assigned", assignee=drawer)
    cases["put_back"].events.create(at=cases["put_back"].opened_at, move="release", actor=drawer)
    cases["declared"].discrepancies.create(
        register="owner", subject_id=cases["declared"].subject_id, kind="declared_sold",
        found_at=cases["declared"].opened_at,
    )  # fmt: skip
    by_pk["other_unit"].update(unit=factories.unit())
    only_here = rows.own_class(drawer, units=(ward.code,))
    release = rows.draw(drawer, only_here)
    in_lot = set(ReleaseCase.objects.filter(release=release).values_list("case_id", flat=True))
    assert in_lot == {cases["free"].pk, cases["judged"].pk}
    rows.settle(release, not_same=[cases["judged"].subject_id])
    again = rows.draw(drawer, rows.own_class(drawer, units=(ward.code,)))
    assert list(ReleaseCase.objects.filter(release=again).values_list("case_id", flat=True)) == [
        cases["free"].pk
    ]


@pytest.mark.parametrize(
    ("rule", "within"),
    [
        ({"min_score": 0.97}, True),
        ({"min_score": 0.99}, False),
        ({"levels": {"number": ("one_digit",), "name": ("same",)}}, True),
        ({"levels": {"number": ("swap",)}}, False),
        ({"levels": {"ward": ("missing",)}}, True),
        ({"max_vehicles": 1}, True),
        ({"registers": ("licence",)}, False),
        ({"kinds": ("probable",)}, False),
    ],
)
def test_a_rule_takes_what_it_says(rule, within, ward, drawer):
    person = rows.person(ward)
    open_case(unit=ward, person=person, kind="id_typo")
    release = rows.draw(drawer, rows.own_class(drawer, **({"kinds": ("id_typo",)} | rule)))
    assert (release.lot_size == 1) == within


def test_an_owner_of_many_vehicles_can_be_left_out(ward, drawer):
    open_case(unit=ward, person=rows.person(ward), kind="id_typo", vehicle_count=7)
    release = rows.draw(drawer, rows.own_class(drawer, kinds=("id_typo",), max_vehicles=6))
    assert (release.state, release.lot_size) == ("given_up", 0)
    assert release.message


def test_whoever_drew_may_not_release_not_even_past_the_form(accepted, drawer):
    with pytest.raises(Refused):
        release_begin(release=accepted, user=drawer)
    with pytest.raises(IntegrityError, match="cases_nobody_releases_own_draw"), transaction.atomic():
        Release.objects.filter(pk=accepted.pk).update(state="releasing", released_by=drawer)


def test_whoever_judged_may_not_release(accepted, second):
    rows.judged_by(accepted, second)
    with pytest.raises(Refused):
        release_begin(release=accepted, user=second)
    assert Release.objects.get(pk=accepted.pk).state == "accepted"


def test_a_lot_whose_sample_is_not_judged_to_the_end_is_not_released(ward, drawer, second):
    rows.former_cases(ward, 3)
    release = rows.draw(drawer)
    ReviewPair.objects.filter(sample=release.sample_id).exclude(position=1).update(outcome="match")
    assert release_settle(release=release).state == "judging"
    with pytest.raises(Refused):
        release_begin(release=release, user=second)
    with pytest.raises(IntegrityError), transaction.atomic():
        Release.objects.filter(pk=release.pk).update(state="releasing", released_by=second)


def test_a_rejected_lot_can_never_be_released(ward, drawer, second):
    case = rows.former_cases(ward, 3)[0]
    release_class = rows.own_class(drawer)
    release = rows.settle(rows.draw(drawer, release_class), not_same=[case.subject_id])
    assert (release.state, release.outcome, release.wrong) == ("rejected", "rejected", 1)
    with pytest.raises(Refused):
        release_begin(release=release, user=second)
    with pytest.raises(ProgrammingError, match="Cannot update rows"), transaction.atomic():
        Release.objects.filter(pk=release.pk).update(outcome="accepted", wrong=0, state="accepted")
    with pytest.raises(Refused):  # another sample of the same would be drawn until one fits
        release_draw(release_class=release_class, user=drawer)


def test_a_rejected_class_is_narrowed_and_drawn_again_as_its_next_version(ward, drawer):
    case = rows.former_cases(ward, 3)[0]
    first = rows.own_class(drawer)
    rows.settle(rows.draw(drawer, first), not_same=[case.subject_id])
    rule = from_json(first.rule | {"max_vehicles": 3})
    plan = {"wrong_limit": first.wrong_limit, "confidence": first.confidence, "allowed": first.allowed}
    with pytest.raises(Refused):
        class_change(old=first, rule=from_json(first.rule), user=drawer, **plan)
    narrower = class_change(old=first, rule=rule, user=drawer, **plan)
    assert (narrower.code, narrower.version) == (first.code, 2)
    release = rows.draw(drawer, narrower)
    assert (release.release_class.version, release.lot_size) == (2, 2)
    with pytest.raises(Refused):
        class_change(old=first, rule=rule, user=drawer, **plan)


def test_a_version_is_never_rewritten(city, drawer):
    made = rows.own_class(drawer)
    made.allowed = 3
    with pytest.raises(ProgrammingError, match="Cannot update rows"), transaction.atomic():
        made.save()


def test_a_class_has_one_lot_under_way(ward, drawer, second):
    rows.former_cases(ward, 2)
    release_class = rows.own_class(drawer)
    rows.draw(drawer, release_class)
    with pytest.raises(Refused):
        release_draw(release_class=release_class, user=second)


def test_a_lot_with_errors_is_not_given_up_for_a_luckier_sample(ward, drawer):
    cases = rows.former_cases(ward, 45)
    release_class = rows.class_define(
        name="Cho sai", rule=rows.Rule(kinds=("verified_former_id",)), wrong_limit=0.05, confidence=0.9,
        allowed=1, user=drawer,
    )  # fmt: skip
    release = rows.draw(drawer, release_class)
    pairs = list(ReviewPair.objects.filter(sample=release.sample_id).order_by("position"))
    ReviewPair.objects.filter(pk=pairs[0].pk).update(outcome="no_match")
    with pytest.raises(Refused):
        release_give_up(release=release, user=drawer)
    ReviewPair.objects.filter(pk=pairs[1].pk).update(outcome="no_match")
    ended = release_give_up(release=release, user=drawer)
    assert (ended.state, ended.judged, ended.wrong) == ("rejected", 2, 2)
    assert len(cases) == 45


def test_a_lot_nobody_found_errors_in_may_be_given_up(ward, drawer):
    rows.former_cases(ward, 2)
    release_class = rows.own_class(drawer)
    release = release_give_up(release=rows.draw(drawer, release_class), user=drawer)
    assert release.state == "given_up"
    assert rows.draw(drawer, release_class).state == "judging"


def at_once(*steps):
    """Run the steps in threads of their own, each with its connection. Returns what each raised, or None."""
    ready, raised = threading.Barrier(len(steps)), [None] * len(steps)

    def run(number, step):
        try:
            ready.wait()
            step()
        except Refused as refused:
            raised[number] = refused
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(steps)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return raised


def test_two_supervisors_at_once_release_once(accepted, second):
    third = factories.user(Role.CITY_SUPERVISOR)
    raised = at_once(*(
        lambda user=user: release_begin(release=Release.objects.get(pk=accepted.pk), user=user)
        for user in (second, third, second)
    ))  # fmt: skip
    assert sorted(error is None for error in raised) == [False, False, True]
    rows.done(Release.objects.get(pk=accepted.pk).job)
    assert Release.objects.get(pk=accepted.pk).counts == {"released": 3}


def test_two_clicks_at_once_take_back_once(accepted, drawer, second):
    release = rows.let_go(accepted, second)
    raised = at_once(*(
        lambda: take_back_begin(release=Release.objects.get(pk=release.pk), user=drawer, reason="Sai")
        for _time in range(3)
    ))  # fmt: skip
    assert sorted(error is None for error in raised) == [False, False, True]


def test_a_release_that_runs_is_not_taken_back(accepted, drawer, second):
    running = release_begin(release=accepted, user=second)
    with pytest.raises(Refused):
        take_back_begin(release=running, user=drawer, reason="Dừng lại")


def test_a_release_stopped_half_way_is_taken_back_and_its_job_does_not_go_on(accepted, drawer, second):
    running = release_begin(release=accepted, user=second)
    cancel_job(job=running.job, user=second)
    running.job.refresh_from_db()
    assert running.job.state == JobState.CANCELLED
    taken = rows.take_back(running, drawer)
    assert taken.counts == {"skipped": 3}
    with pytest.raises(Refused):
        retry_job(job=running.job, user=second)
    assert set(Owner.objects.values_list("vehicle_count", flat=True)) == {1}


def test_no_bulk_move_approves_or_closes(city):
    """The only way to correct registers in bulk is a lot with an accepted sample."""
    targets = {MOVES[name].target for name in BULK_MOVES}
    assert targets <= {"assigned", "open", "proposed"}
