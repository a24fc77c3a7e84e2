"""Acceptance plans: the stated confidence holds, whatever the lot."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from scipy.stats import hypergeom

from cases.lots.plans import (
    ACCEPTED,
    REJECTED,
    UNDECIDED,
    Plan,
    PlanImpossible,
    chance_to_accept,
    errors_at,
    plan_for,
    plans_for,
    verdict,
)

lots = st.integers(1, 200_000)
limits = st.sampled_from([0.001, 0.005, 0.01, 0.02, 0.05, 0.1])
confidences = st.sampled_from([0.8, 0.9, 0.95, 0.99, 0.999])
alloweds = st.integers(0, 6)


def plan_or_skip(lot, limit, confidence, allowed) -> Plan:
    assume(errors_at(lot, limit) > allowed)
    return plan_for(lot, limit=limit, confidence=confidence, allowed=allowed)


def test_the_sample_of_the_textbook():
    """One per cent, 95 %, no error: 299 of a large lot; with one, two, three errors 473, 628, 773."""
    plans = plans_for(12_431, limit=0.01, confidence=0.95)
    assert [(plan.allowed, plan.sample) for plan in plans] == [(0, 299), (1, 473), (2, 628), (3, 773)]


def test_a_small_lot_is_counted_exactly():
    """Of 100 cases with 10 wrong ones, 25 drawn show none at most once in twenty times; 24 more often."""
    plan = plan_for(100, limit=0.1, confidence=0.95)
    assert plan.sample == 25
    assert hypergeom.cdf(0, 100, 10, 25) <= 0.05 < hypergeom.cdf(0, 100, 10, 24)


@given(lots, limits, confidences, alloweds)
def test_a_lot_at_the_limit_is_rejected_with_the_stated_confidence(lot, limit, confidence, allowed):
    plan = plan_or_skip(lot, limit, confidence, allowed)
    assert 1 - chance_to_accept(plan, limit) >= confidence - 1e-9
    assert allowed < plan.sample <= lot


@given(st.integers(1, 3_000), limits, confidences, alloweds)
def test_no_smaller_sample_would_do_in_a_lot_counted_exactly(lot, limit, confidence, allowed):
    plan = plan_or_skip(lot, limit, confidence, allowed)
    assume(plan.sample > lot // 10 and plan.sample > allowed + 1)
    smaller = Plan(lot, plan.sample - 1, allowed, limit, confidence)
    assert 1 - chance_to_accept(smaller, limit) < confidence


@given(lots, limits, confidences, alloweds, st.floats(0, 1), st.floats(0, 1))
def test_a_worse_lot_is_never_accepted_more_easily(lot, limit, confidence, allowed, one, other):
    plan = plan_or_skip(lot, limit, confidence, allowed)
    better, worse = sorted((one, other))
    assert chance_to_accept(plan, worse) <= chance_to_accept(plan, better) + 1e-9


@given(lots, limits, confidences, alloweds)
def test_more_errors_allowed_or_more_confidence_asked_never_take_a_smaller_sample(
    lot, limit, confidence, allowed
):
    plan = plan_or_skip(lot, limit, confidence, allowed + 1)
    fewer = plan_for(lot, limit=limit, confidence=confidence, allowed=allowed)
    surer = plan_for(lot, limit=limit, confidence=min(0.9995, confidence + 0.0005), allowed=allowed)
    assert fewer.sample <= plan.sample
    assert fewer.sample <= surer.sample


@given(lots, limits, confidences)
def test_a_faultless_lot_is_always_accepted(lot, limit, confidence):
    assert chance_to_accept(plan_for(lot, limit=limit, confidence=confidence), 0) == 1


def test_more_errors_than_the_limit_allows_prove_nothing():
    with pytest.raises(PlanImpossible):
        plan_for(100, limit=0.01, confidence=0.95, allowed=1)
    assert [plan.allowed for plan in plans_for(250, limit=0.01, confidence=0.95)] == [0, 1, 2]


@given(st.integers(0, 40), st.integers(0, 40))
def test_the_verdict_stands_once_it_can_no_longer_change(judged, wrong):
    plan = Plan(lot=1000, sample=40, allowed=2, limit=0.1, confidence=0.8)
    assume(wrong <= judged)
    decided = verdict(plan, judged=judged, wrong=wrong)
    assert decided == (REJECTED if wrong > 2 else ACCEPTED if judged == 40 else UNDECIDED)


def test_an_impossible_count_is_refused():
    with pytest.raises(ValueError, match="among those judged"):
        verdict(Plan(100, 10, 0, 0.1, 0.9), judged=3, wrong=4)
