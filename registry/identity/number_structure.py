"""The 12 digits held against what else is known of their owner: which parts agree, which do not.

Structure: Decree 137/2015/NĐ-CP art. 13. A province code that is in no table is a warning only: persons
born abroad carry the code of a country, and the codes stay those of before July 2025.
"""

from dataclasses import dataclass, fields
from datetime import date
from typing import Final, Literal

from .numbers import PROVINCES, structure

Province = Literal["known", "abroad", "unknown"]
Agreement = Literal["agrees", "disagrees", "unknown"]

# Codes from here on stand for countries.
_FIRST_COUNTRY: Final = "100"
# Years; nobody in a living register is older.
OLDEST: Final = 120


@dataclass(frozen=True, slots=True)
class Consistency:
    """How each part of a number stands to what is known of its owner.

    `century` and `birth_year` are the first and the last two digits of the year.
    """

    province: Province
    sex: Agreement
    century: Agreement
    birth_year: Agreement
    lifetime: Agreement

    @property
    def disagreements(self) -> tuple[str, ...]:
        """The parts that contradict what is known, in the order of the digits; the province never does."""
        parts = (part.name for part in fields(self))
        return tuple(part for part in parts if getattr(self, part) == "disagrees")

    @property
    def warnings(self) -> tuple[str, ...]:
        return ("province",) if self.province == "unknown" else ()

    @property
    def only_sex_digit_differs(self) -> bool:
        """Whether one wrong fourth digit explains all: the two digits of the year agree."""
        return bool(self.disagreements) and set(self.disagreements) <= {"sex", "century", "lifetime"}


def check_consistency(
    digits: str,
    *,
    sex: str | None = None,
    born: date | None = None,
    birth_year: int | None = None,
    today: date | None = None,
) -> Consistency | None:
    """The parts of a 12-digit number against sex ("M", "F"), birth date or year; any may be unknown.

    None where the number has not 12 digits. `lifetime` needs `today`: born neither later nor more than
    OLDEST years before.
    """
    read = structure(digits)
    if read is None:
        return None
    year = born.year if born else birth_year
    return Consistency(
        _province(read.province_code),
        _agreement(read.sex, sex if sex in ("M", "F") else None),
        _agreement(read.birth_year // 100, year // 100 if year else None),
        _agreement(read.birth_year % 100, year % 100 if year else None),
        _agreement(True, 0 <= today.year - read.birth_year <= OLDEST if today else None),
    )


def _province(code: str) -> Province:
    if code in PROVINCES:
        return "known"
    return "abroad" if code >= _FIRST_COUNTRY else "unknown"


def _agreement(read: object, known: object | None) -> Agreement:
    if known is None:
        return "unknown"
    return "agrees" if read == known else "disagrees"
