"""Exact intervals for shares. Pure."""

from scipy.stats import beta


def exact_interval(successes: int, trials: int, confidence: float = 0.95) -> tuple[float, float]:
    """The Clopper–Pearson interval of a share: (lower, upper), each between 0 and 1.

    It covers the true share at least `confidence` of the time, however small the sample and however near
    the share is to 0 or 1; without trials it is (0, 1). Source: Clopper and Pearson, The use of confidence
    or fiducial limits illustrated in the case of the binomial, Biometrika 26 (1934).
    """
    if not 0 <= successes <= trials or not 0 < confidence < 1:
        raise ValueError("successes must lie between 0 and trials, confidence between 0 and 1")
    tail = (1 - confidence) / 2
    lower = float(beta.ppf(tail, successes, trials - successes + 1)) if successes else 0.0
    upper = float(beta.ppf(1 - tail, successes + 1, trials - successes)) if successes < trials else 1.0
    return lower, upper
