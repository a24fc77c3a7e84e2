import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.review.allocation import allocate
from cases.review.thresholds import propose
from tests.cases.review.strata import stratum


def test_the_threshold_is_the_lowest_edge_above_which_the_error_stays_small():
    strata = [
        stratum(band="99-100", size=50_000, matches=700),
        stratum(band="95-99", size=10_000, matches=400),
        stratum(band="90-95", size=10_000, matches=300, no_matches=60),
    ]
    proposal = propose(strata, verdict="probable", wanted=0.01)
    assert (proposal.threshold, proposal.size) == (0.95, 60_000)
    assert proposal.bound <= 0.01
    assert proposal.more > 0


def test_too_small_a_sample_says_how_many_pairs_are_missing():
    proposal = propose([stratum(band="99-100", matches=100)], verdict="probable", wanted=0.001)
    assert proposal.threshold is None
    assert proposal.more == 2995 - 100
    assert proposal.bound > 0.001


def test_with_the_missing_pairs_judged_right_the_threshold_is_reached():
    short = propose([stratum(band="99-100", matches=100, no_matches=1)], verdict="probable", wanted=0.02)
    assert short.threshold is None
    again = propose(
        [stratum(band="99-100", matches=100 + short.more, no_matches=1)], verdict="probable", wanted=0.02
    )
    assert again.threshold == 0.99


def test_a_band_that_fails_ends_the_search_whatever_lies_below():
    strata = [
        stratum(band="99-100", matches=20, no_matches=20),
        stratum(band="50-80", size=900_000, matches=3_000),
    ]
    assert propose(strata, verdict="probable", wanted=0.01).threshold is None


def test_what_nobody_could_decide_counts_against_the_threshold():
    certain = stratum(band="99-100", matches=400)
    doubtful = stratum(band="99-100", matches=380, undecidable=20)
    assert propose([certain], verdict="probable", wanted=0.01).threshold == 0.99
    assert propose([doubtful], verdict="probable", wanted=0.01).threshold is None


def test_a_verdict_without_pairs_has_no_proposal():
    assert propose([stratum("verified", matches=5)], verdict="probable", wanted=0.01) is None


@given(
    st.integers(0, 3_000),
    st.dictionaries(
        st.text("abcdefgh", min_size=1, max_size=3), st.integers(1, 10**7), min_size=1, max_size=30
    ),
)
def test_a_sample_is_shared_out_whole_and_no_stratum_gives_more_than_it_has(total, sizes):
    given_out = allocate(total, sizes)
    least = sum(min(size, 10) for size in sizes.values())
    assert all(min(sizes[key], 10) <= given_out[key] <= sizes[key] for key in sizes)
    assert sum(given_out.values()) == min(max(total, least), sum(sizes.values()))


def test_a_larger_stratum_gives_more_but_less_than_in_proportion():
    given_out = allocate(1_000, {"large": 1_000_000, "small": 10_000})
    assert given_out["large"] > given_out["small"]
    assert given_out["large"] / given_out["small"] == pytest.approx(10, rel=0.2)
