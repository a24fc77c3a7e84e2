"""Numbers that name a party: personal numbers, the nine-digit ones before them, tax codes.

Structure: Decree 137/2015 art. 13 and Circular 07/2016 (province, century and sex, year, six digits).
"""

from dataclasses import dataclass

from .sql import Dice, case, literal, spread, table


@dataclass(frozen=True)
class Province:
    """A province of birth registration, the leading digits of its old cards, its share of the city."""

    code: str
    old_card: str
    share: float


PROVINCES = (
    Province("001", "01", 47), Province("001", "11", 24), Province("036", "16", 4),
    Province("034", "15", 3), Province("038", "17", 3), Province("035", "16", 2.2),
    Province("033", "14", 2), Province("030", "14", 2), Province("025", "13", 2),
    Province("026", "13", 1.8), Province("040", "18", 1.6), Province("037", "16", 1.4),
    Province("027", "12", 1.2), Province("024", "12", 1.2), Province("031", "03", 1),
    Province("019", "09", 0.9), Province("042", "18", 0.7), Province("017", "11", 0.7),
    Province("008", "07", 0.4), Province("015", "06", 0.4), Province("020", "08", 0.3),
    Province("022", "10", 0.3), Province("010", "06", 0.2), Province("014", "05", 0.2),
    Province("046", "19", 0.2), Province("079", "02", 0.2),
)  # fmt: skip

_BY_KEY = {f"{p.code}{p.old_card}": p.share for p in PROVINCES}
TABLES = {"origins": spread(_BY_KEY)}

TAIL_HIGH, TAIL_LOW = "1000", "1000"  # six digits of a personal number
OLD_TAIL_HIGH, OLD_TAIL_LOW = "10000", "1000"  # seven digits of an old card


def origin(dice: Dice, no: str) -> str:
    """Five digits: three of the province, two of its old cards."""
    return dice.pick(no, "origin", table("origins"))


def personal(dice: Dice, no: str, origin_of: str, gender: str, born: str) -> str:
    """Twelve digits. Different for each ``no``, because ``people`` never gives two persons of one slot
    the same sex and year."""
    century = f"(year({born}) // 100 - 19) * 2 + ({gender} = 'F')::INTEGER"
    tail = dice.shuffled(f"({no}) % 1000000", "tail", TAIL_HIGH, TAIL_LOW)
    return (
        f"left({origin_of}, 3) || ({century})::VARCHAR || lpad((year({born}) % 100)::VARCHAR, 2, '0')"
        f" || lpad(({tail})::VARCHAR, 6, '0')"
    )


def _old_tail(dice: Dice, no: str) -> str:
    tail = dice.shuffled(f"({no}) % 10000000", "old tail", OLD_TAIL_HIGH, OLD_TAIL_LOW)
    return f"lpad(({tail})::VARCHAR, 7, '0')"


OLD_CARDS_UNTIL = "DATE '2001-01-01'"  # whoever was 14 before the twelve-digit cards came


def first_card(dice: Dice) -> str:
    """The nine digits of a person's first card; nine in ten of those who had one are known."""
    had = f"born < {OLD_CARDS_UNTIL} AND {dice.chance('person_no', 'old card', 0.92)}"
    return case([(had, f"right(origin, 2) || {_old_tail(dice, 'person_no')}")])


def second_card(dice: Dice) -> str:
    """Nine digits issued in Hà Nội to who came from elsewhere.

    The seven digits are the relative's: free under 01, as neither ever had a first card from there.
    """
    drawn = dice.chance("person_no", "moved", 0.3)
    moved = f"right(origin, 2) <> '01' AND right(relative_origin, 2) <> '01' AND {drawn}"
    return case([(f"first_card IS NOT NULL AND {moved}", f"'01' || {_old_tail(dice, 'relative_no')}")])


TAX_WEIGHTS = (31, 29, 23, 19, 17, 13, 7, 5, 3)


def tax_code(dice: Dice, no: str) -> str:
    """Ten digits whose last is the check digit; where there is none the ninth moves on by one."""
    series = dice.shuffled(f"({no}) % 1000000", "tax", "1000", "1000")
    # The ninth digit is never 9: moving on must not carry, or there may be no check digit again.
    return f"tax_code((1000000 + {series}) * 10 + {series} % 9)"


def _tax_sum(body: str) -> str:
    return " + ".join(
        f"{weight} * (({body}) // {10 ** (8 - place)} % 10)" for place, weight in enumerate(TAX_WEIGHTS)
    )


MACROS = (
    f"CREATE TEMP MACRO tax_check(body) AS 10 - ({_tax_sum('body')}) % 11",
    "CREATE TEMP MACRO tax_fit(body) AS CASE WHEN tax_check(body) < 10 THEN body ELSE body + 1 END",
    "CREATE TEMP MACRO tax_code(body) AS"
    " lpad(tax_fit(body)::VARCHAR, 9, '0') || (tax_check(tax_fit(body)) % 10)::VARCHAR",
)

FOREIGN_DOCUMENTS = literal(["N", "C", "K", "EB", "PA", "YB"])  # letters of invented travel documents


def foreign_document(dice: Dice, key: str) -> str:
    """A letter or two and seven digits, as residence cards and passports have."""
    letters = dice.pick(key, "document", FOREIGN_DOCUMENTS)
    return f"{letters} || lpad(({dice.below(key, 'document digits', 10_000_000)})::VARCHAR, 7, '0')"
