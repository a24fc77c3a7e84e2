"""Counted strata for tests of the figures."""

from typing import Any

from cases.review.results import StratumTally


def stratum(verdict: str = "probable", band: str = "95-99", **columns: Any) -> StratumTally:
    """A stratum of 1,000 verdicts, all pairs judged to be the same person unless said otherwise."""
    values: dict[str, Any] = {"size": 1_000, "matches": 0, "no_matches": 0, "undecidable": 0} | columns
    settled = values["matches"] + values["no_matches"] + values["undecidable"]
    return StratumTally(
        key=f"{verdict}:{band}", verdict=verdict, band=band, drawn=settled, settled=settled, **values
    )
