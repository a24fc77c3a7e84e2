"""How a name gets spoiled: in spelling, in capitals, in encoding, by remarks in the same cell."""

from collections.abc import Sequence

from . import letters
from .slips import Stage
from .sql import Dice, case, literal, table

WORDS = "string_split(name_spelt_clean, ' ')"

# What is heard or written for one another in the north, at the beginning or end of a syllable.
REGIONAL = (
    ("^L", "N"), ("^N([^GH])", "L\\1"), ("^S", "X"), ("^X", "S"), ("^TR", "CH"), ("^CH", "TR"),
    ("^D", "GI"), ("^D", "R"), ("^GI", "D"), ("^R", "D"), ("^KH", "K"), ("^PH", "F"), ("^QU", "Q"),
    ("([^AUÂ])Y$", "\\1I"), ("([^AEOUÊƠÔƯ])I$", "\\1Y"), ("Ý$", "Í"), ("Í$", "Ý"), ("Ỹ$", "Ĩ"),
)  # fmt: skip

NOTES = (
    "(CHẾT)", "(ĐÃ CHẾT)", "(đã mất)", "(ĐÃ BÁN)", "(bán xe)", "(cũ)", "- ĐÃ BÁN XE", "(MẤT GIẤY TỜ)",
    "(CHỦ CŨ)", "(*)",
)  # fmt: skip

KEYS, NEXT_KEYS = "QWERTYUIOPASDFGHJKLZXCVBNM", "WERTYUIOPASDFGHJKLZXCVBNMB"
CONFUSED_TONES = tuple(letters.retoned(slip) for slip in letters.TONE_SLIPS)

RESPELLINGS = {
    "name_nfd": letters.DECOMPOSED,
    "name_vni": letters.VNI,
    "name_telex": letters.TELEX,
    "name_utf8_twice": letters.UTF8_TWICE,
}
TABLES: dict[str, list[str]] = {
    "tone_places": list(letters.TONE_PLACES),
    "tone_moved": list(letters.TONE_PLACES.values()),
}
for _code, _letters in RESPELLINGS.items():
    TABLES |= {f"{_code}_old": list(_letters), f"{_code}_new": list(_letters.values())}


def _translated(text: str, mapping: dict[str, str]) -> str:
    """One letter for one letter."""
    return f"translate({text}, {literal(''.join(mapping))}, {literal(''.join(mapping.values()))})"


def _ways(dice: Dice, what: str, ways: Sequence[str]) -> str:
    """One of several expressions; only the one drawn is worked out."""
    drawn = dice.below("party_key", what, len(ways))
    return case((f"{drawn} = {number}", way) for number, way in enumerate(ways))


def _tone_place() -> str:
    moved = f"{table('tone_moved')}[list_position({table('tone_places')}, right(w, 2))]"
    return f"coalesce(left(w, -2) || {moved}, w)"


def _regional(dice: Dice) -> str:
    heard = ", ".join(f"regexp_replace(w, {literal(old)}, {literal(new)})" for old, new in REGIONAL)
    return (
        f"coalesce({dice.pick('party_key', 'regional rule', f'list_filter([{heard}], lambda h: h <> w)')}, w)"
    )


def _letter_slip(dice: Dice) -> str:
    """One letter dropped, doubled, swapped with the next, or hit beside."""
    place = f"(1 + ({dice.bits('party_key', 'letter')} % len(w)::UBIGINT)::BIGINT)"
    before, here, after = f"left(w, {place} - 1)", f"substr(w, {place}, 1)", f"substr(w, {place} + 1)"
    ways = (
        f"{before} || {after}",
        f"{before} || {here} || {here} || {after}",
        f"{before} || left({after}, 1) || {here} || substr({after}, 2)",
        f"{before} || translate({here}, '{KEYS}', '{NEXT_KEYS}') || {after}",
    )
    return f"CASE WHEN len(w) > 1 THEN {_ways(dice, 'letter way', ways)} ELSE w END"


def _spelling(dice: Dice) -> Stage:
    text = "name_spelt_clean"
    middle_gone = f"array_to_string(list_concat({WORDS}[:1], {WORDS}[3:]), ' ')"
    tones = [_translated("w", way) for way in CONFUSED_TONES]
    return Stage(
        "name_spelt",
        "upper(full_name)",
        {
            "marks_missing": _translated(text, letters.MARKS_MISSING),
            "middle_missing": case([(f"len({WORDS}) > 2", middle_gone)], text),
            "given_first": f"array_to_string(list_concat({WORDS}[-1:], {WORDS}[:-2]), ' ')",
            "words_glued": f"regexp_replace({text}, ' ', '')",
        },
        word_slips={
            "word_marks_missing": _translated("w", letters.MARKS_MISSING),
            "tone_wrong": _ways(dice, "tone way", tones),
            "tone_placement": _tone_place(),
            "letter_slip": _letter_slip(dice),
            "regional": _regional(dice),
        },
    )


def _writing(dice: Dice) -> Stage:
    """Capitals or not: ``capitals`` says what the register is used to."""
    usual = "CASE WHEN capitals THEN name_spelt ELSE titled(name_spelt) END"
    other = case(
        [
            (dice.chance("party_key", "small letters", 0.3), "lower(name_spelt)"),
            ("capitals", "titled(name_spelt)"),
        ],
        "name_spelt",
    )
    return Stage("name_written", usual, {"name_case": other})


def _encoding(dice: Dice) -> Stage:
    text = "name_clean"
    blanks = literal(["  ", "\u00a0", " \u200b"])
    respelled = {
        code: f"respelled({text}, {table(code + '_old')}, {table(code + '_new')})" for code in RESPELLINGS
    }
    return Stage(
        "name",
        "name_written",
        {
            **respelled,
            "name_tcvn3": _translated(text, letters.TCVN3),
            "name_eth": _translated(text, letters.ETH),
            "name_cyrillic": _translated(text, letters.CYRILLIC),
            "name_note": f"{text} || ' ' || {dice.pick('party_key', 'note', literal(list(NOTES)))}",
            "name_blanks": f"replace({text}, ' ', {dice.pick('party_key', 'blanks', blanks)})",
            "name_stop": f"{text} || '.'",
        },
    )


def stages(dice: Dice) -> tuple[Stage, ...]:
    """From ``full_name`` and ``capitals`` to the column ``name``."""
    return _spelling(dice), _writing(dice), _encoding(dice)
