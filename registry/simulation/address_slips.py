"""How an address grows old in a register: people move, wards are renamed, codes are left out."""

from . import places
from .slips import Stage
from .sql import Dice, case

RENAMED_ON = "DATE '2025-07-01'"  # Resolution 1656/NQ-UBTVQH15


def moves(dice: Dice) -> tuple[Stage, ...]:
    """Where the party lived when the record was made: column ``lived``, a place in the list of wards."""
    return (Stage("lived", "home", {"ward_moved": places.home(dice, "party_key")}),)


def then(dice: Dice) -> dict[str, str]:
    """House, ward and former unit of that time, which the two stages below write down."""
    moved = case([("lived <> home", places.house(dice, "party_key"))], "house")
    return {
        "house_then": moved,
        "ward_then": places.ward("lived"),
        "unit_then": places.former_unit(dice, "party_key", "lived"),
    }


def stages(dice: Dice) -> tuple[Stage, ...]:
    """To the columns ``address`` and ``ward_code``."""
    old = places.before("house_then", "unit_then", dice, "party_key")
    before = f"since < {RENAMED_ON}"
    address = Stage(
        "address",
        places.today("house_then", "ward_then"),
        {"address_old": case([(before, old)], "address_clean"), "address_missing": "NULL"},
    )
    code = Stage(
        "ward_code",
        "ward_then.code",
        {"ward_former_code": case([(before, "unit_then.code")], "ward_code_clean"), "ward_missing": "NULL"},
    )
    return address, code
