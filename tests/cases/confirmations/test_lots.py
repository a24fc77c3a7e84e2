"""Lots: frozen, sampled by another officer, confirmed together or fallen apart, taken back."""

import pytest
from django.db import IntegrityError, transaction

from cases.confirmations.lots import (
    lot_give_up,
    lot_make,
    lot_take_back,
    next_sampled,
    sample_answer,
    why_not_judge,
)
from cases.confirmations.rules import rule_change, rule_in_force
from cases.confirmations.standing import seen_now
from cases.confirmations.words import plan_sentence, result_sentence
from cases.models import Confirmation, Declaration, LotDeclaration, LotSample
from cases.models.declaration import Waiting
from registry.models import Owner
from tests import factories
from tests.cases.confirmations.rows import (
    again,
    confirm,
    done,
    easy_rule,
    judge_all,
    lot_of,
    plain,
    unmarked,
)
from vehreg.jobs.kinds import Refused

pytestmark = pytest.mark.django_db
# Jobs, and what a page sends in all, are seen outside of a test's own transaction.
committed = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def rule(supervisor):
    easy_rule(supervisor)


def answer(lot, user, said):
    sampled = next_sampled(lot, user)
    return sample_answer(sampled=sampled, answer=said, seen=seen_now(sampled.of.declaration_id), user=user)


def waiting():
    return sorted(Declaration.objects.order_by("pk").values_list("waits", flat=True), key=str)


def test_a_lot_takes_the_oldest_plain_ones_of_its_ward(ward, officer):
    ours = [plain(ward) for _number in range(5)]
    plain(factories.unit())
    unmarked(ward)
    lot = lot_make(size=4, user=officer)
    held = LotDeclaration.objects.filter(lot=lot).order_by("pk").values_list("declaration", flat=True)
    assert list(held) == [one.pk for one in ours[:4]]
    assert (lot.lot_size, lot.sample_size) == (4, lot.sample.count())


def test_what_no_longer_agrees_is_left_out_and_plain_no_more(ward, officer):
    changed, *others = [plain(ward) for _number in range(4)]
    Owner.objects.filter(pk=changed.vehicle.owner_id).update(name="Người Khác")
    assert lot_make(size=4, user=officer).lot_size == len(others)
    assert again(changed).waits == Waiting.SINGLY


def test_a_lot_is_no_larger_than_the_rule_allows(ward, officer, supervisor):
    rule_change(wrong_limit=0.1, confidence=0.8, allowed=0, most=50, user=supervisor)
    assert lot_of(ward, officer, 2).lot_size == 2
    assert rule_in_force().most == 50


def test_a_ward_has_one_lot_under_way(ward, officer, second):
    lot_of(ward, officer, 3)
    with pytest.raises(Refused):
        lot_make(size=2, user=second)


def test_nothing_plain_makes_no_lot(ward, officer):
    unmarked(ward)
    with pytest.raises(Refused):
        lot_make(size=10, user=officer)


def test_only_the_wards_make_lots(ward):
    plain(ward)
    with pytest.raises(Refused):
        lot_make(size=1, user=factories.user("city_supervisor"))


def test_who_made_the_lot_is_told_that_they_may_not_judge_it(ward, officer, second):
    lot = lot_of(ward, officer, 3)
    assert why_not_judge(lot, officer)
    assert not why_not_judge(lot, second)
    with pytest.raises(Refused):
        answer(lot, officer, "right")


def test_the_database_itself_keeps_the_maker_from_judging(ward, officer):
    lot = lot_of(ward, officer, 3)
    with pytest.raises(IntegrityError, match="cases_nobody_judges_own_lot"), transaction.atomic():
        LotSample.objects.filter(lot=lot).update(answer="right", officer=officer)


@committed
def test_a_sample_that_is_right_confirms_the_whole_lot(ward, officer, second):
    lot = done(judge_all(lot_of(ward, officer, 12), second))
    assert (lot.state, lot.outcome, lot.counts) == ("confirmed", "accepted", {"confirmed": 12})
    assert Declaration.objects.filter(confirmed_at=None).count() == 0
    words = Confirmation.objects.order_by().values_list("outcome", "officer", "lot").distinct()
    assert list(words) == [("confirmed", officer.pk, lot.pk)]


def test_a_lot_names_sample_result_and_interval(ward, officer, second):
    lot = judge_all(lot_of(ward, officer, 12), second)
    assert str(lot.sample_size) in plan_sentence(lot)
    assert "0 %" in result_sentence(lot)


def test_a_sample_with_an_error_makes_the_lot_fall_apart_at_once(ward, officer, second):
    lot = answer(lot_of(ward, officer, 12), second, "wrong")
    assert (lot.state, lot.outcome, lot.judged, lot.wrong) == ("rejected", "rejected", 1, 1)
    assert not Confirmation.objects.exists()
    assert waiting() == [Waiting.SINGLY] * 12


def test_what_cannot_be_told_counts_as_an_error(ward, officer, second):
    assert answer(lot_of(ward, officer, 5), second, "undecidable").state == "rejected"


def test_what_fell_apart_is_in_no_other_lot(ward, officer, second):
    judge_all(lot_of(ward, officer, 5), second, "wrong")
    with pytest.raises(Refused):
        lot_make(size=5, user=second)


@committed
def test_an_error_within_the_rule_is_left_out_and_the_others_are_confirmed(ward, officer, second, supervisor):
    easy_rule(supervisor, allowed=1)
    lot = answer(lot_of(ward, officer, 20), second, "wrong")
    lot = done(judge_all(lot, second))
    assert lot.counts == {"confirmed": 19, "left": 1}
    left = LotDeclaration.objects.get(lot=lot, state="left")
    assert (left.reason, left.declaration.waits) == ("judged_wrong", Waiting.SINGLY)


@committed
def test_what_was_decided_or_changed_meanwhile_is_left(ward, officer, second):
    lot = lot_of(ward, officer, 12)
    rest = LotDeclaration.objects.filter(lot=lot, sampled=None).select_related("declaration__vehicle")
    singly, changed = (one.declaration for one in rest[:2])
    confirm(singly, second)
    lot = judge_all(lot, second)
    Owner.objects.filter(pk=changed.vehicle.owner_id).update(name="Người Khác")
    assert done(lot).counts == {"confirmed": 10, "left": 2}
    reasons = LotDeclaration.objects.filter(lot=lot, state="left").values_list("declaration", "reason")
    assert dict(reasons) == {singly.pk: "decided", changed.pk: "changed"}
    assert Confirmation.objects.filter(declaration=singly).count() == 1
    assert again(changed).confirmed_at is None


def test_two_judges_give_one_answer(ward, officer, second, supervisor):
    lot = lot_of(ward, officer, 12)
    sampled = next_sampled(lot, second)
    seen = seen_now(sampled.of.declaration_id)
    sample_answer(sampled=sampled, answer="right", seen=seen, user=second)
    with pytest.raises(Refused):
        sample_answer(sampled=sampled, answer="wrong", seen=seen, user=supervisor)
    lot.refresh_from_db()
    assert (lot.judged, lot.wrong) == (1, 0)


def test_a_judge_who_saw_something_else_looks_again(ward, officer, second):
    lot = lot_of(ward, officer, 3)
    sampled = next_sampled(lot, second)
    with pytest.raises(Refused):
        sample_answer(sampled=sampled, answer="right", seen="older", user=second)


def test_a_city_officer_judges_where_the_ward_has_nobody_and_another_ward_does_not(ward, officer):
    lot = lot_of(ward, officer, 3)
    assert not why_not_judge(lot, factories.user("city_officer"))
    with pytest.raises(Refused):
        answer(lot, factories.user("ward_officer", factories.unit()), "right")


def test_a_lot_that_is_given_up_leaves_all_as_it_was(ward, officer):
    lot = lot_give_up(lot=lot_of(ward, officer, 3), user=officer)
    assert lot.state == "given_up"
    assert waiting() == [Waiting.PLAIN] * 3
    assert lot_make(size=3, user=officer).lot_size == 3


def test_a_lot_in_which_an_error_was_found_is_not_given_up(ward, officer, second, supervisor):
    easy_rule(supervisor, allowed=1)
    lot = answer(lot_of(ward, officer, 20), second, "wrong")
    assert lot.state == "judging"
    assert lot_give_up(lot=lot, user=officer).state == "rejected"
    assert Waiting.PLAIN not in waiting()


@committed
def test_a_lot_is_taken_back_as_a_whole_but_for_what_was_said_since(ward, officer, second, supervisor):
    lot = done(judge_all(lot_of(ward, officer, 12), second))
    anew = Declaration.objects.order_by("pk").first()
    Declaration.objects.filter(pk=anew.pk).update(state="received")
    lot = done(lot_take_back(lot=lot, user=supervisor, reason="Mẫu xem vội"))
    assert (lot.state, lot.counts) == ("taken_back", {"kept": 1, "taken_back": 11})
    assert Declaration.objects.exclude(confirmed_at=None).count() == 0
    assert waiting().count(Waiting.SINGLY) == 11
    back = Confirmation.objects.filter(outcome="taken_back").order_by().values_list("officer", "reason")
    assert list(back.distinct()) == [(supervisor.pk, "Mẫu xem vội")]


@committed
def test_taking_back_needs_a_reason_and_the_right_to_it(ward, officer, second, supervisor):
    lot = done(judge_all(lot_of(ward, officer, 3), second))
    with pytest.raises(Refused):
        lot_take_back(lot=lot, user=supervisor, reason=" ")
    with pytest.raises(Refused):
        lot_take_back(lot=lot, user=officer, reason="Thử")


def test_a_rule_out_of_bounds_is_refused(supervisor):
    with pytest.raises(Refused):
        rule_change(wrong_limit=0.5, confidence=0.95, allowed=0, most=500, user=supervisor)
    assert rule_in_force().wrong_limit == 0.1
