"""The levels on which each field of a party and a person can agree, best first."""

from __future__ import annotations

NAME_LEVELS = (
    "same",
    "case",
    "tone_placement",
    "bare",
    "marks",
    "regional",
    "one_edit",
    "middle_missing",
    "given_first",
    "near",
    "different",
    "missing",
)
"""As in `registry.identity.names`, and two more. `bare`: `marks` where one side was written without any
mark. `near`: `different` by one letter in one syllable that is not the given name."""

NUMBER_LEVELS = ("same", "former", "swap", "one_digit", "two_digits", "held", "different", "missing")
"""`held`: `different`, and somebody of another name has that number: it was borrowed, so it says nothing
against this person. `missing`: no usable number, or a former number while none is on file for the person."""

BIRTH_LEVELS = ("same", "swapped", "month", "year", "one_part", "different", "missing")
"""`swapped`: day and month; `year`: one side knows the year only, or says 1 January;
`one_part`: one of day, month and year differs."""

WARD_LEVELS = ("same", "different", "missing")

LEVELS: dict[str, tuple[str, ...]] = {
    "name": NAME_LEVELS,
    "number": NUMBER_LEVELS,
    "birth": BIRTH_LEVELS,
    "ward": WARD_LEVELS,
}

FIELDS = tuple(LEVELS)

MISSING = "missing"
"""The level of every field of which one side says nothing; it weighs nothing."""

SHOWN_AS = {"bare": "marks", "near": "different", "held": "different"}
"""Levels that have a weight of their own, and another name outside."""
