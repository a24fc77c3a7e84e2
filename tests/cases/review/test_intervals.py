import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.review.intervals import exact_interval


@pytest.mark.parametrize(
    ("successes", "trials", "lower", "upper"),
    [
        (0, 10, 0.0, 0.30850),  # 1 - 0.025 ** (1 / 10)
        (10, 10, 0.69150, 1.0),
        (5, 10, 0.18709, 0.81291),
        (263, 300, 0.83407, 0.91157),
        (0, 0, 0.0, 1.0),
    ],
)
def test_the_interval_agrees_with_published_values(successes, trials, lower, upper):
    assert exact_interval(successes, trials) == pytest.approx((lower, upper), abs=2e-3)


@given(st.integers(0, 400), st.integers(0, 400), st.sampled_from([0.8, 0.9, 0.95, 0.99]))
def test_the_interval_holds_the_share_itself_and_grows_with_confidence(successes, failures, confidence):
    trials = successes + failures
    lower, upper = exact_interval(successes, trials, confidence)
    assert 0 <= lower <= upper <= 1
    if trials:
        assert lower <= successes / trials <= upper
    wider = exact_interval(successes, trials, 0.999)
    assert wider[0] <= lower
    assert upper <= wider[1]


def test_more_successes_than_trials_is_refused():
    with pytest.raises(ValueError, match="successes"):
        exact_interval(3, 2)
