"""Which person of the population, or of those it lacks, a record is about."""

from dataclasses import dataclass
from datetime import date

from . import people
from .people import DEAD_EVERY, DEAD_HUSBAND, DEAD_WIFE, FAMILY, Population
from .slips import Rates
from .sql import Dice, case, layer, literal

ADULT_DAYS = 6575  # 18 years
LAST_DAY = "DATE '2025-10-31'"
DEATHS_SINCE = "DATE '2016-01-01'"
_OLD_ENOUGH = (date(2025, 6, 1) - date(1900, 1, 1)).days - ADULT_DAYS

ROLES = literal([0, 0, 0, 0, 0, 1, 1, 1, 2, 3])  # husbands register most vehicles


@dataclass(frozen=True)
class World:
    """What every register of one city shares."""

    dice: Dice
    population: Population
    rates: Rates


def _family(world: World) -> str:
    """A family of the population, one of those whose husband died, or one the population register lacks."""
    dice, population = world.dice, world.population
    absent = dice.below("record_no", "absent family", population.absent_families)
    anywhere = dice.below("record_no", "family", population.families)
    bereaved = f"{anywhere} // {DEAD_EVERY} * {DEAD_EVERY} + {DEAD_HUSBAND}"
    sole = population.families // 3 // DEAD_EVERY * DEAD_EVERY
    return case(
        [
            ("sole", str(sole)),
            ("absent", f"{population.absent_from} + {absent}"),
            ("wants_dead", f"least({population.families - 1}, {bereaved})"),
        ],
        anywhere,
    )


def _role(dice: Dice) -> str:
    return case([("sole OR wants_dead", "0")], dice.pick("record_no", "role", ROLES))


# Only where a dead owner is wanted; otherwise whoever is left of the couple.
_LIVING = case(
    [
        (f"role = 0 AND in_turn = {DEAD_HUSBAND} AND NOT wants_dead", "1"),
        (f"role = 1 AND in_turn = {DEAD_WIFE}", "0"),
    ],
    "role",
)


def chosen(source: str, world: World, sole_owner: str = "FALSE") -> str:
    """Adds to ``record_no`` and ``first_on`` the person it is about.

    Where the condition ``sole_owner`` holds that is always the same one. Of a child too young a parent.
    """
    dice, rates = world.dice, world.rates
    dead = dice.chance("record_no", "dead", rates.get("owner_died", 0))
    step = layer(
        source,
        sole=sole_owner,
        absent=dice.chance("record_no", "absent", rates.get("person_absent", 0)),
        wants_dead=f"first_on < {DEATHS_SINCE} AND {dead}",
    )
    step = layer(step, chosen_family=_family(world), role=_role(dice))
    step = layer(step, in_turn=f"chosen_family % {DEAD_EVERY}")
    step = people.family(layer(step, member_no=f"chosen_family * {FAMILY} + {_LIVING}"), dice)
    minor = f"{people.day_of('member_no')} > {_OLD_ENOUGH}"
    parent = f"family_no * {FAMILY} + (in_turn = {DEAD_HUSBAND})::INTEGER"
    return people.person(layer(step, person_no=case([(minor, parent)], "member_no")), dice)


def since(dice: Dice, again: float) -> str:
    """When the record of today was made: on the first day, on coming of age, or at a later change of hands.

    ``again`` is the share of the last.
    """
    last = case([("died_on IS NOT NULL", DEATHS_SINCE)], LAST_DAY)
    later = f"first_on + {dice.below('record_no', 'later', f'greatest(1, {LAST_DAY} - first_on)')}::INTEGER"
    start = case([(dice.chance("record_no", "again", again), later)], "first_on")
    of_age = f"born + {ADULT_DAYS} + {dice.below('record_no', 'of age', 700)}::INTEGER"
    return f"least({last}, greatest({start}, {of_age}))"
