"""How an error gets into a field: a draw, what is then written, and a mark in the truth if that changed it.

A stage is one moment at which a field can be spoiled; of the slips of one stage a record gets one at most.
Stages follow one another, so a former number may also lose its leading zero.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from .refusals import CityRefused
from .sql import WHOLE, Dice, case, layer

Rates = Mapping[str, float]

MACROS = (
    # where two lists of words differ
    "CREATE TEMP MACRO changes(old, new) AS list_filter(range(1, len(old) + 1), lambda k: old[k] <> new[k])",
    # the old words with one of those that changed, chosen by a number
    "CREATE TEMP MACRO one_changed(old, new, h) AS array_to_string(list_transform(old, lambda word, k:"
    " CASE WHEN k = (changes(old, new))[1 + (h % nullif(len(changes(old, new)), 0)::UBIGINT)::BIGINT]"
    " THEN new[k] ELSE word END), ' ')",
    # each letter as a table writes it
    "CREATE TEMP MACRO respelled(text, old, new) AS array_to_string(list_transform(string_split(text, ''),"
    " lambda letter: coalesce(new[list_position(old, letter)], letter)), '')",
    # a digit of 0 … 9 put in the place of another, at place 1 …
    "CREATE TEMP MACRO with_digit(text, place, digit) AS"
    " left(text, place - 1) || (digit)::VARCHAR || substr(text, place + 1)",
    "CREATE TEMP MACRO titled(text) AS array_to_string(list_transform(string_split(text, ' '),"
    " lambda word: upper(word[1]) || lower(word[2:])), ' ')",
)


@dataclass(frozen=True)
class Stage:
    """Column ``writes`` from the expression ``reads``, spoiled by one of ``slips`` (code to expression).

    ``word_slips`` spoil one word ``w`` of a text, one that they do change. ``key`` is the column the draw
    depends on; ``spared`` a condition under which nothing goes wrong.
    """

    writes: str
    reads: str
    slips: Mapping[str, str]
    word_slips: Mapping[str, str] = field(default_factory=dict)
    key: str = "party_key"
    spared: str = "careful"

    @property
    def codes(self) -> tuple[str, ...]:
        return (*self.slips, *self.word_slips)

    @property
    def clean(self) -> str:
        return f"{self.writes}_clean"

    @property
    def drawn(self) -> str:
        return f"{self.writes}_slip"

    @property
    def mark(self) -> str:
        return f"{self.writes}_mark"


def _draw(stage: Stage, dice: Dice, rates: Rates) -> str:
    """The code drawn for a record, or NULL: one throw against the cumulated rates, which may not exceed 1."""
    bits = dice.bits(stage.key, f"slip of {stage.writes}")
    choices, reached = [(stage.spared, "NULL")], 0.0
    if sum(rates.get(code, 0.0) for code in stage.codes) > 1 + 1e-9:
        raise CityRefused("errors_exceed_one", codes=", ".join(stage.codes))
    for code in stage.codes:
        reached += rates.get(code, 0.0)
        if rates.get(code, 0.0) > 0:
            choices.append((f"{bits} <= {min(WHOLE - 1, int(reached * WHOLE))}::UBIGINT", f"'{code}'"))
    return case(choices) if len(choices) > 1 else "NULL::VARCHAR"


def _drawn(stage: Stage, texts: Mapping[str, str], rates: Rates) -> list[tuple[str, str]]:
    return [(f"{stage.drawn} = '{code}'", text) for code, text in texts.items() if rates.get(code, 0.0) > 0]


def _spoil(source: str, stage: Stage, dice: Dice, rates: Rates) -> str:
    words = f"string_split({stage.clean}, ' ')"
    by_word = {code: f"list_transform({words}, lambda w: {text})" for code, text in stage.word_slips.items()}
    choices = _drawn(stage, stage.slips, rates)
    step = layer(source, **{stage.clean: stage.reads, stage.drawn: _draw(stage, dice, rates)})
    if changed_words := _drawn(stage, by_word, rates):
        step = layer(step, **{f"{stage.writes}_words": case(changed_words)})
        one = f"one_changed({words}, {stage.writes}_words, {dice.bits(stage.key, f'word of {stage.writes}')})"
        choices.append((f"{stage.writes}_words IS NOT NULL", one))
    step = layer(step, **{stage.writes: case(choices, stage.clean)})
    return layer(
        step, **{stage.mark: case([(f"{stage.writes} IS DISTINCT FROM {stage.clean}", stage.drawn)])}
    )


def spoil(source: str, stages: Iterable[Stage], dice: Dice, rates: Rates) -> str:
    """``source`` with the columns the stages write, in their order, and a mark beside each."""
    for stage in stages:
        source = _spoil(source, stage, dice, rates)
    return source


def injected(stages: Iterable[Stage], *more: str) -> str:
    """The codes of what went wrong in a record, joined by ``;``."""
    return f"concat_ws(';', {', '.join([stage.mark for stage in stages] + list(more))})"
