"""The population: a person is a function of a number, a family is four numbers in a row.

Numbers 4k and 4k+1 are husband and wife. 4k+2 and 4k+3 are their children, or elders of the house where
the couple is young. Personal numbers carry six free digits: the person's slot (number modulo a million) fills
them, so two persons of one slot must differ in sex or year of birth. A husband's birth is therefore spaced
by the golden ratio from block to block, the others follow it by offsets that depend on the slot only, and
elders have the other sex than children would have had.
"""

from dataclasses import dataclass
from datetime import date

from . import names, numbers, places
from .sql import Dice, case, layer, literal, only

FAMILY = 4
BLOCK = 1_000_000
MOST_PERSONS = 20 * BLOCK  # the spacing of births holds for twenty blocks and an absent one
AS_OF = "DATE '2025-10-31'"

# A tenth of the husbands was born between each date and the next.
_HUSBANDS = [date(y, 1, 1) for y in (1936, 1950, 1957, 1962, 1966, 1970, 1974, 1978, 1982, 1986, 1993)]
_HUSBAND_DAYS = literal([(day - date(1900, 1, 1)).days for day in _HUSBANDS])
_GOLDEN = 0.6180339887498949
_YOUNG_COUPLE = (date(1988, 1, 1) - date(1900, 1, 1)).days


@dataclass(frozen=True)
class Population:
    """``size`` persons stand in the population register; whoever has a higher number is absent from it."""

    size: int

    @property
    def families(self) -> int:
        return max(1, self.size // FAMILY)

    @property
    def absent_from(self) -> int:
        """The first family nobody of which is in the register."""
        return -(-self.size // FAMILY) + 1

    @property
    def absent_families(self) -> int:
        return max(1000, self.size // (8 * FAMILY))


def _years(low: int, high: int, dice: Dice, what: str) -> str:
    """Days of low … high years, the same for one slot in all blocks."""
    return f"({low * 365} + {dice.below('kin', what, (high - low) * 365)})"


def family(source: str, dice: Dice) -> str:
    """Adds when each member of ``member_no``'s family was born, in days since 1900."""
    step = layer(source, family_no=f"member_no // {FAMILY}", kin=f"(member_no % {BLOCK}) // {FAMILY}")
    place = f"({dice.unit('kin', 'birth')} + (member_no // {BLOCK}) * {_GOLDEN})"
    step = layer(step, birth_place=f"({place} - floor({place})) * 10")
    tenth = "floor(birth_place)::BIGINT"
    start, end = f"{_HUSBAND_DAYS}[1 + {tenth}]", f"{_HUSBAND_DAYS}[2 + {tenth}]"
    step = layer(step, husband_day=f"({start} + (birth_place - {tenth}) * ({end} - {start}))::BIGINT")
    step = layer(step, wife_day=f"husband_day - 365 + {dice.below('kin', 'wife', 2200)}")
    step = layer(step, elders=f"wife_day > {_YOUNG_COUPLE}")
    child = f"wife_day + {_years(19, 32, dice, 'child')}"
    elder = f"wife_day - {_years(24, 34, dice, 'elder')}"
    step = layer(step, third_day=case([("elders", elder)], child))
    later = case(
        [("elders", _years(-3, 3, dice, "other elder")), (dice.chance("kin", "twins", 0.015), "0")],
        _years(1, 5, dice, "next child"),
    )
    return layer(step, fourth_day=f"third_day + {later}")


def day_of(no: str) -> str:
    """When a member of the family at hand was born, in days since 1900."""
    return f"[husband_day, wife_day, third_day, fourth_day][1 + {no} % {FAMILY}]"


def _born(dice: Dice, no: str) -> str:
    """The birth date; of those born long ago some are entered as born on New Year's Day."""
    day = f"DATE '1900-01-01' + ({day_of(no)})::INTEGER"
    new_year = f"{day_of(no)} < 25000 AND {dice.chance(no, 'new year', 0.04)}"
    return case([(new_year, f"date_trunc('year', {day})::DATE")], day)


def _gender(dice: Dice, no: str) -> str:
    young = f"({dice.bits(f'({no}) % {BLOCK}', 'gender')} % 2 = 0)"
    return case(
        [(f"{no} % {FAMILY} = 0", "'M'"), (f"{no} % {FAMILY} = 1", "'F'"), (f"{young} <> elders", "'M'")],
        "'F'",
    )


def _who(dice: Dice) -> dict[str, str]:
    return {
        "relative_no": "xor(person_no, 1)",
        "born": _born(dice, "person_no"),
        "gender": _gender(dice, "person_no"),
        "origin": numbers.origin(dice, "person_no"),
    }


def _kinship(dice: Dice) -> dict[str, str]:
    """Whose surname and whose given name the person carries, and where the house stands."""
    husband = f"family_no * {FAMILY}"
    married_in = f"person_no % {FAMILY} = 1 OR (elders AND gender = 'F')"
    drawn = dice.chance("person_no", "namesake", 0.006)
    namesake = f"person_no % {FAMILY} > 1 AND gender = 'M' AND NOT elders AND {drawn}"
    elsewhere = dice.chance("person_no", "elsewhere", 0.12)
    return {
        "relative_origin": numbers.origin(dice, "relative_no"),
        "relative_born": _born(dice, "relative_no"),
        "relative_gender": _gender(dice, "relative_no"),
        "surname_no": case([(married_in, "person_no")], husband),
        "name_no": case([(namesake, husband)], "person_no"),
        "modern": case([(namesake, "husband_day")], day_of("person_no"))
        + f" > (({names.MODERN_SINCE}) - DATE '1900-01-01')",
        "home_no": case([(elsewhere, "person_no")], husband),
    }


DEAD_HUSBAND, DEAD_WIFE, DEAD_EVERY = 7, 13, 20


def _died(dice: Dice) -> str:
    """In one family of twenty the husband has died, in another the wife; always after 2015."""
    dead = case(
        [
            (f"person_no % {FAMILY} = 0", f"family_no % {DEAD_EVERY} = {DEAD_HUSBAND}"),
            (f"person_no % {FAMILY} = 1", f"family_no % {DEAD_EVERY} = {DEAD_WIFE}"),
        ],
        "FALSE",
    )
    return case(
        [
            (
                f"born < DATE '1990-01-01' AND {dead}",
                f"DATE '2016-01-01' + {dice.below('person_no', 'died', 3500)}::INTEGER",
            )
        ]
    )


def person(source: str, dice: Dice) -> str:
    """Adds to ``person_no`` (and its family) who that is: number, name, birth, home, death."""
    step = layer(source, **_who(dice))
    step = layer(step, **_kinship(dice))
    step = layer(
        step,
        personal_id=numbers.personal(dice, "person_no", "origin", "gender", "born"),
        relative_id=numbers.personal(
            dice, "relative_no", "relative_origin", "relative_gender", "relative_born"
        ),
        first_card=numbers.first_card(dice),
        home=places.home(dice, "home_no"),
        house=places.house(dice, "home_no"),
        died_on=_died(dice),
        **names.words(dice, "surname_no", "name_no"),
    )
    return layer(step, second_card=numbers.second_card(dice), ward=places.ward("home"), **names.FULL)


def register(dice: Dice, numbers_: str) -> str:
    """The population register over ``numbers_``, a source with the column ``person_no``."""
    everybody = family(layer(numbers_, member_no="person_no"), dice)
    return only(
        person(everybody, dice),
        personal_id="personal_id",
        former_ids="concat_ws(';', first_card, second_card)",
        full_name="full_name",
        birth_date="born",
        gender="gender",
        ward_code="ward.code",
        address=places.today("house", "ward"),
        died_on="died_on",
        as_of=AS_OF,
    )
