"""How many pairs each stratum gives to a sample. Pure."""

from collections.abc import Mapping
from math import floor, sqrt

# Every stratum gives this many, or all it has: fewer say nothing of it.
LEAST = 10


def allocate(total: int, sizes: Mapping[str, int], least: int = LEAST) -> dict[str, int]:
    """Share `total` pairs out over strata of the given sizes; a stratum never gives more than it has.

    First `least` for each, then in proportion to the square root of the size: the whole is estimated well,
    and so is each part. Source: Bankier, Power allocations: determining sample sizes for subnational areas,
    The American Statistician 42 (1988). More than `total` where the least of all strata is more.
    """
    given = {key: min(size, least) for key, size in sizes.items()}
    left = total - sum(given.values())
    while left > 0 and (open_ := {key: sqrt(size) for key, size in sizes.items() if size > given[key]}):
        whole = sum(open_.values())
        shares = {
            key: min(floor(left * weight / whole), sizes[key] - given[key]) for key, weight in open_.items()
        }
        if not any(shares.values()):
            shares = {max(open_, key=lambda key: (open_[key], key)): 1}
        for key, share in shares.items():
            given[key] += share
        left = total - sum(given.values())
    return given
