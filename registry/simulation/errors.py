"""The table of errors: which code is made in which share of the records."""

import json
from collections.abc import Mapping
from pathlib import Path

from .refusals import CityRefused

DEFAULT_FILE = Path(__file__).with_name("errors.json")


def _table(path: Path) -> dict[str, float]:
    try:
        rates = json.loads(path.read_text(encoding="utf-8"))
    except OSError as problem:
        raise CityRefused("errors_unreadable", path=path, reason=problem.strerror) from problem
    except ValueError as problem:
        raise CityRefused("errors_not_json", path=path, reason=problem) from problem
    if not isinstance(rates, dict):
        raise CityRefused("errors_not_a_table", path=path)
    return rates


def known() -> dict[str, float]:
    """The rates the simulator uses when nobody says otherwise; its codes are all there are."""
    return _table(DEFAULT_FILE)


def read(path: Path) -> dict[str, float]:
    """A replacement of the table. A code it leaves out is not made at all."""
    rates = _table(path)
    check(rates)
    return rates


def check(rates: Mapping[str, float]) -> None:
    """Refuses unknown codes, and rates that are no shares."""
    if unknown := sorted(set(rates) - set(known())):
        raise CityRefused("errors_unknown", codes=", ".join(unknown))
    if wrong := sorted(code for code, rate in rates.items() if not _is_share(rate)):
        raise CityRefused("errors_out_of_range", codes=", ".join(wrong))


def _is_share(rate: object) -> bool:
    return isinstance(rate, int | float) and not isinstance(rate, bool) and 0 <= rate <= 1
