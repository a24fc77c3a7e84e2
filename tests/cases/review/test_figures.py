import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.review.bands import BANDS, NOBODY, band_of
from cases.review.figures import by_verdict, calibration, figures, is_linked, precision, recall
from cases.review.intervals import exact_interval, trials_needed, upper_bound
from cases.review.stratified import Layer, stratified_share
from tests.cases.review.strata import stratum

LAYERS = st.lists(
    st.tuples(st.integers(1, 10**6), st.integers(0, 300), st.integers(0, 300)).map(
        lambda told: Layer(max(told[0], told[1]), told[1], min(told[1], told[2]))
    ),
    min_size=1,
    max_size=6,
)
# (size, pairs judged, true share of hits): even, rare, and gathered where few pairs are drawn.
POPULATIONS = {
    "even": [(1_000_000, 100, 0.02), (10_000, 100, 0.02), (1_000, 50, 0.02)],
    "rare in the large stratum": [(1_000_000, 100, 0.001), (10_000, 100, 0.1), (1_000, 50, 0.5)],
    "gathered in a thin stratum": [(500_000, 300, 0.0), (500_000, 10, 0.1)],
    "one bad stratum": [(100_000, 20, 0.0), (100_000, 20, 0.0), (100_000, 20, 0.5)],
    "half": [(100_000, 20, 0.5), (100_000, 20, 0.1), (30_000, 5, 0.9)],
}


def judged(dice, trials, share):
    return sum(dice.random() < share for _ in range(trials))


@pytest.mark.parametrize("name", POPULATIONS)
def test_the_stratified_interval_covers_the_truth_at_least_as_often_as_it_says(name):
    population, dice, times = POPULATIONS[name], random.Random(11), 400
    whole = sum(size for size, _n, _p in population)
    truth = sum(size * share for size, _n, share in population) / whole
    held = 0
    for _ in range(times):
        estimate = stratified_share([Layer(size, n, judged(dice, n, p)) for size, n, p in population])
        held += estimate.lower <= truth <= estimate.upper
    assert held / times >= 0.95


def test_the_recall_interval_covers_the_truth_at_least_as_often_as_it_says():
    dice, times, held = random.Random(12), 300, 0
    linked, open_ = (900_000, 150, 0.999), (100_000, 150, 0.6)
    truth = 900_000 * 0.999 / (900_000 * 0.999 + 100_000 * 0.6)
    for _ in range(times):
        strata = []
        for verdict, (size, n, share) in (("verified", linked), ("probable", open_)):
            hits = judged(dice, n, share)
            strata.append(stratum(verdict, size=size, matches=hits, no_matches=n - hits))
        estimate = recall(strata, is_linked)
        held += estimate.lower <= truth <= estimate.upper
    assert held / times >= 0.95


@given(LAYERS)
def test_the_estimate_lies_in_its_interval(layers):
    share = stratified_share(layers)
    assert 0 <= share.lower <= share.upper <= 1 + 1e-9
    if share.value is not None:
        assert share.lower - 1e-9 <= share.value or share.lower == 0
        assert share.value <= share.upper + 1e-9
        assert share.effective <= share.trials + 1e-6


@given(st.integers(1, 500), st.integers(0, 500), st.integers(500, 10**6))
def test_one_stratum_alone_has_the_exact_interval(trials, hits, size):
    share = stratified_share([Layer(size, trials, min(hits, trials))])
    assert (share.lower, share.upper) == pytest.approx(exact_interval(min(hits, trials), trials), abs=1e-9)


def test_many_pairs_of_a_small_stratum_do_not_speak_for_a_large_one():
    mixed = stratified_share([Layer(1_000_000, 30, 0), Layer(1_000, 3_000, 0)])
    assert mixed.upper == pytest.approx(exact_interval(0, 30)[1], abs=0.002)


def test_a_stratum_nobody_judged_may_hold_anything():
    share = stratified_share([Layer(900, 300, 300), Layer(100, 0, 0)])
    assert share.value == 1.0
    assert share.lower < 0.9
    assert share.upper == 1.0


def test_precision_weighs_each_stratum_by_its_size():
    strata = [
        stratum("verified", "99-100", size=90_000, matches=100),
        stratum("verified", "95-99", size=10_000, matches=50, no_matches=50),
    ]
    assert precision(strata, is_linked).value == pytest.approx(0.95)
    assert by_verdict(strata)["verified"].trials == 200


def test_what_no_judge_can_tell_is_neither_right_nor_wrong():
    told = precision([stratum(matches=40, no_matches=10, undecidable=50)], lambda one: True)
    assert (told.value, told.trials) == (0.8, 50)


def test_recall_counts_the_matches_judges_find_among_what_was_not_linked():
    strata = [
        stratum("verified", "99-100", size=8_000, matches=100),
        stratum("probable", "90-95", size=2_000, matches=50, no_matches=50),
        stratum("no_candidate", NOBODY, size=1_000, matches=0, no_matches=100),
    ]
    made = figures(strata)
    assert made.linked_recall.value == pytest.approx(8_000 / 9_000)
    assert made.first_recall.value == pytest.approx(1.0)
    assert made.first_precision.value == pytest.approx(0.9)
    assert made.linked_recall.lower < 8_000 / 9_000 < made.linked_recall.upper


def test_a_verdict_that_names_nobody_is_no_proposal():
    strata = [
        stratum("id_conflict", NOBODY, size=500, no_matches=10),
        stratum("id_conflict", "95-99", matches=10),
    ]
    assert figures(strata).first_precision.size == 1_000


def test_without_judgements_there_is_no_figure():
    made = figures([stratum("verified"), stratum("probable")])
    assert made.linked_precision.value is None
    assert made.linked_recall.value is None


def test_calibration_sets_what_is_stated_beside_what_was_observed():
    strata = [stratum(band="90-95", matches=92, no_matches=8), stratum(band="99-100", matches=50)]
    told = calibration(strata, {"90-95": 0.925, "99-100": 0.998, "50-80": 0.7})
    assert [(one.band.key, one.stated, one.observed.value) for one in told] == [
        ("90-95", 0.925, 0.92),
        ("99-100", 0.998, 1.0),
    ]


@given(st.floats(0, 1))
def test_every_score_lies_in_exactly_one_band(score):
    band = band_of(score)
    assert band.low <= score
    assert score < band.high or band is BANDS[-1]


@given(st.integers(0, 20), st.sampled_from([0.001, 0.01, 0.05, 0.2]))
def test_the_sample_needed_is_the_smallest_that_keeps_the_bound(errors, wanted):
    needed = trials_needed(errors, wanted)
    assert upper_bound(errors, needed) <= wanted
    assert needed == 1 or upper_bound(min(errors, needed - 1), needed - 1) > wanted


def test_no_error_among_three_thousand_shows_one_in_a_thousand():
    assert trials_needed(0, 0.001) == 2995  # the rule of three: ln 0.05 / ln 0.999
