"""Exact intervals for shares. Pure."""

from scipy.stats import beta


def exact_interval(successes: int, trials: int, confidence: float = 0.95) -> tuple[float, float]:
    """The Clopper–Pearson interval of a share: (lower, upper), each between 0 and 1.

    It covers the true share at least `confidence` of the time, however small the sample and however near
    the share is to 0 or 1; without trials it is (0, 1). Source: Clopper and Pearson, The use of confidence
    or fiducial limits illustrated in the case of the binomial, Biometrika 26 (1934).
    """
    return beta_interval(successes, trials, confidence)


def beta_interval(successes: float, trials: float, confidence: float) -> tuple[float, float]:
    """The same interval for an effective sample, whose numbers need not be whole."""
    if not 0 <= successes <= trials or not 0 < confidence < 1:
        raise ValueError("successes must lie between 0 and trials, confidence between 0 and 1")
    tail = (1 - confidence) / 2
    failures = trials - successes
    lower = float(beta.ppf(tail, successes, failures + 1)) if successes > 0 else 0.0
    upper = float(beta.ppf(1 - tail, successes + 1, failures)) if failures > 0 else 1.0
    return lower, upper


def upper_bound(successes: float, trials: float, confidence: float = 0.95) -> float:
    """The one-sided bound: the true share lies below it at least `confidence` of the time."""
    return beta_interval(successes, trials, 2 * confidence - 1)[1] if trials > 0 else 1.0


def trials_needed(successes: int, wanted: float, confidence: float = 0.95) -> int:
    """The smallest sample in which that many successes keep `upper_bound` at or below `wanted`."""
    if not 0 < wanted < 1:
        raise ValueError("the wanted share must lie between 0 and 1")
    low, high = successes, max(2 * successes, 1)
    while upper_bound(successes, high, confidence) > wanted:
        low, high = high, 2 * high
    while high - low > 1:
        middle = (low + high) // 2
        if upper_bound(successes, middle, confidence) > wanted:
            low = middle
        else:
            high = middle
    return high
