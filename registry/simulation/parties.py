"""How a register writes down the party of a record."""

from dataclasses import dataclass

from . import address_slips, name_slips, number_slips, numbers, others
from .owners import World
from .slips import Stage, injected, spoil
from .sql import Dice, case, layer


def _of_kind(organisation: str, foreigner: str, citizen: str) -> str:
    return case(
        [("owner_kind = 'organisation'", organisation), ("owner_kind = 'foreigner'", foreigner)], citizen
    )


def named(source: str, world: World) -> str:
    """Adds what the party is truly called and numbered."""
    dice = world.dice
    return layer(
        layer(source, **others.columns(world)),
        true_name=_of_kind(others.organisation_name(dice), "foreign_name", "full_name"),
        true_number=_of_kind(numbers.tax_code(dice, "company_no"), "foreign_number", "personal_id"),
    )


@dataclass(frozen=True)
class Writing:
    """A source with the party's columns in it, and the expression of the codes of what was spoiled."""

    source: str
    injected: str

    @property
    def truth(self) -> dict[str, str]:
        """Who the party of a record truly is, if the population register knows them; what was spoiled."""
        return {"personal_id": "truly", "injected": f"nullif({self.injected}, '')"}


def written(source: str, world: World, more: tuple[Stage, ...] = ()) -> Writing:
    """Adds ``party_name``, ``party_number``, ``party_birth``, ``party_address``, ``party_ward``.

    Reads the person's columns, ``since``, ``owner_kind``, ``public_body``, ``capitals``. Half of a person's
    records come from the same papers and carry the same slips.
    """
    dice, rates = world.dice, world.rates
    same_papers = dice.chance("record_no", "same papers", 0.5)
    step = layer(
        source,
        party_key=case([(same_papers, "-1 - person_no")], "record_no"),
        careful="sole OR owner_kind <> 'citizen'",
        **others.columns(world),
    )
    of_person = (*name_slips.stages(dice), *number_slips.stages(dice))
    stages = (others.tax_code_stage(dice), *of_person, *address_slips.moves(dice))
    step = spoil(step, stages, dice, rates)
    housed = address_slips.stages(dice)
    step = spoil(layer(step, **address_slips.then(dice)), housed, dice, rates)
    step = spoil(layer(step, **_parties(dice)), more, dice, rates)
    citizen, in_register = "owner_kind = 'citizen'", f"person_no < {world.population.size}"
    step = layer(step, truly=case([(f"{citizen} AND {in_register}", "personal_id")]))
    lost = case(
        [
            (f"{citizen} AND NOT {in_register}", "'person_absent'"),
            (f"{citizen} AND died_on IS NOT NULL", "'owner_died'"),
        ]
    )
    return Writing(step, injected((*stages, *housed, *more), lost))


def _parties(dice: Dice) -> dict[str, str]:
    return {
        "party_name": _of_kind(others.organisation_name(dice), "foreign_name", "name"),
        "party_number": _of_kind("company_number", "foreign_number", "number"),
        "party_birth": _of_kind("NULL", "birth", "birth"),
        "party_address": "address",
        "party_ward": "ward_code",
    }
