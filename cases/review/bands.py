"""Score bands: how samples are stratified and calibration is shown. Pure."""

from dataclasses import dataclass

# The verdict names nobody: the best person seen is shown, if any, and there is no score to trust.
NOBODY = "none"


@dataclass(frozen=True)
class Band:
    """Scores from `low` up to but not including `high`; the last band includes 1."""

    key: str
    low: float
    high: float


BANDS = (
    Band("0-50", 0.0, 0.5),
    Band("50-80", 0.5, 0.8),
    Band("80-90", 0.8, 0.9),
    Band("90-95", 0.9, 0.95),
    Band("95-99", 0.95, 0.99),
    Band("99-100", 0.99, 1.0),
)
BY_KEY = {band.key: band for band in BANDS}


def band_of(score: float) -> Band:
    """The band a score lies in."""
    return next((band for band in reversed(BANDS) if score >= band.low), BANDS[0])


def band_sql(score: str) -> str:
    """The key of the band, in SQL; `score` is the expression."""
    keys = ", ".join(f"'{band.key}'" for band in BANDS)
    lows = ", ".join(str(band.low) for band in BANDS)
    return f"(ARRAY[{keys}])[greatest(width_bucket({score}, ARRAY[{lows}]::float8[]), 1)]"
