"""How a number and a birth date get spoiled on their way into a register."""

from .slips import Stage
from .sql import Dice, case, literal

FORMER_UNTIL = "DATE '2021-07-01'"  # old cards were still shown until then


def _source(dice: Dice) -> Stage:
    """Which number was on the card that was shown, if one was."""
    second = f"second_card IS NOT NULL AND {dice.chance('party_key', 'second card', 0.4)}"
    return Stage(
        "number_shown",
        "personal_id",
        {
            "former_number": case(
                [
                    (f"since >= {FORMER_UNTIL} OR first_card IS NULL", "personal_id"),
                    (second, "second_card"),
                ],
                "first_card",
            ),
            "relative_number": "relative_id",
            "number_missing": "NULL",
        },
    )


def _place(dice: Dice, what: str, last: int = 0) -> str:
    """A place in the number, 1 … its length less ``last``."""
    return f"(1 + {dice.below('party_key', what, f'len(number_clean) - {last}')})"


def _wrong_digit(text: str, dice: Dice, what: str) -> str:
    place = _place(dice, what)
    digit = f"(substr({text}, {place}, 1)::INTEGER + 1 + {dice.below('party_key', what + ' by', 9)}) % 10"
    return f"with_digit({text}, {place}, {digit})"


def _swapped(dice: Dice) -> str:
    place, text = _place(dice, "swap", 1), "number_clean"
    pair = f"substr({text}, {place} + 1, 1) || substr({text}, {place}, 1)"
    return f"left({text}, {place} - 1) || {pair} || substr({text}, {place} + 2)"


def _separated(dice: Dice) -> str:
    text = "number_clean"
    separator = dice.pick("party_key", "separator", literal([" ", ".", "-"]))
    groups = f"concat_ws({separator}, {text}[1:3], {text}[4:6], {text}[7:9], nullif({text}[10:], ''))"
    ways = f"[{groups}, '''' || {text}, {text} || ' ', 'CCCD ' || {text}, 'Số ' || {text}]"
    return dice.pick("party_key", "separated", ways)


def _form(dice: Dice) -> Stage:
    """What became of its digits."""
    text = "number_clean"
    letters = dice.pick("party_key", "letter digit", literal(["OI", "ol", "O1", "0l"]))
    return Stage(
        "number",
        "number_shown",
        {
            "number_lost_zeros": f"ltrim({text}, '0')",
            "digit_wrong": _wrong_digit(text, dice, "wrong digit"),
            "two_digits_wrong": _wrong_digit(_wrong_digit(text, dice, "wrong digit"), dice, "other digit"),
            "digits_swapped": _swapped(dice),
            "number_cut_short": f"left({text}, -1)",
            "number_scientific": f"upper(format('{{:.5e}}', {text}::DOUBLE))",
            "number_separators": _separated(dice),
            "letter_for_digit": f"translate({text}, '01', {letters})",
        },
    )


def _birth(dice: Dice) -> Stage:
    """The birth date as text."""
    swapped = "strftime(born, '%Y-%d-%m')"
    off = dice.pick(
        "party_key", "birth off", "[born + 1, born - 10, born + 365, born - 365, born + 3650, born - 30]"
    )
    return Stage(
        "birth",
        "strftime(born, '%Y-%m-%d')",
        {
            "birth_year_only": "year(born)::VARCHAR",
            "birth_day_month_swapped": case([("day(born) <= 12", swapped)], "birth_clean"),
            "birth_first_january": "year(born) || '-01-01'",
            "birth_off": f"strftime({off}::DATE, '%Y-%m-%d')",
            "birth_missing": "NULL",
        },
    )


def stages(dice: Dice) -> tuple[Stage, ...]:
    """From a person and ``since`` (when the record was made) to the columns ``number`` and ``birth``."""
    return _source(dice), _form(dice), _birth(dice)
