"""The levels of a comparison in words: for the sentence at the top, and for the waterfall of a candidate."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from cases.workflow import Words

_NAME: dict[str, Words] = {
    "same": _lazy("the name agrees"),
    "case": _lazy("the name agrees but for capitals"),
    "tone_placement": _lazy("the name agrees but for where a tone mark stands"),
    "marks": _lazy("the name differs in marks only"),
    "regional": _lazy("the name differs as it is pronounced in some regions"),
    "one_edit": _lazy("one syllable of the name has a slip"),
    "middle_missing": _lazy("a middle name is missing on one side"),
    "given_first": _lazy("the name is written given name first"),
    "different": _lazy("the name is another"),
}
_NUMBER: dict[str, Words] = {
    "same": _lazy("the number agrees"),
    "former": _lazy("the number is this person's former one"),
    "swap": _lazy("two neighbouring digits of the number are swapped"),
    "one_digit": _lazy("one digit of the number differs"),
    "two_digits": _lazy("two digits of the number differ"),
    "different": _lazy("the number is another"),
    "missing": _lazy("there is no usable number"),
}
_BIRTH: dict[str, Words] = {
    "same": _lazy("the birth date agrees"),
    "swapped": _lazy("day and month of birth are swapped"),
    "month": _lazy("month and year of birth agree"),
    "year": _lazy("the year of birth agrees"),
    "one_part": _lazy("one part of the birth date differs"),
    "different": _lazy("the birth date differs"),
}
_WARD: dict[str, Words] = {
    "same": _lazy("they live in the same ward"),
    "different": _lazy("they live in another ward"),
}
_TAX_CODE: dict[str, Words] = {
    "valid": _lazy("the tax code checks"),
    "invalid": _lazy("the tax code does not check"),
    "missing": _lazy("there is no tax code"),
}
_DOCUMENT: dict[str, Words] = {
    "present": _lazy("there is a document number"),
    "missing": _lazy("there is no document number"),
}
LEVELS: dict[str, dict[str, Words]] = {
    "number": _NUMBER,
    "name": _NAME,
    "birth": _BIRTH,
    "ward": _WARD,
    "tax_code": _TAX_CODE,
    "document": _DOCUMENT,
}
# A moved owner or a renamed ward is no disagreement, so it is no reason either.
SILENT = {("ward", "different")}
# Where no weights were kept, these levels count as speaking against.
_AGAINST = {
    "name": {"different"},
    "number": {"swap", "one_digit", "two_digits", "different", "missing"},
    "birth": {"one_part", "different"},
    "ward": set[str](),
    "tax_code": {"invalid", "missing"},
    "document": {"missing"},
}

# In the waterfall each line names its field.
_BARS: dict[str, dict[str, Words]] = {
    "number": {
        "same": _lazy("Number: the same"),
        "former": _lazy("Number: this person's former one"),
        "swap": _lazy("Number: two neighbouring digits swapped"),
        "one_digit": _lazy("Number: one digit differs"),
        "two_digits": _lazy("Number: two digits differ"),
        "different": _lazy("Number: another"),
        "missing": _lazy("Number: none usable"),
    },
    "name": {
        "same": _lazy("Name: the same"),
        "case": _lazy("Name: the same, only capitals differ"),
        "tone_placement": _lazy("Name: the same, a tone mark stands elsewhere"),
        "marks": _lazy("Name: the same, only marks differ"),
        "regional": _lazy("Name: differs as pronounced in some regions"),
        "one_edit": _lazy("Name: a slip in one syllable"),
        "middle_missing": _lazy("Name: a middle name is missing"),
        "given_first": _lazy("Name: given name written first"),
        "different": _lazy("Name: another"),
        "missing": _lazy("Name: none"),
    },
    "birth": {
        "same": _lazy("Birth date: the same"),
        "swapped": _lazy("Birth date: day and month swapped"),
        "month": _lazy("Birth date: month and year agree"),
        "year": _lazy("Birth date: the year agrees"),
        "one_part": _lazy("Birth date: one part differs"),
        "different": _lazy("Birth date: another"),
        "missing": _lazy("Birth date: none"),
    },
    "ward": {
        "same": _lazy("Residence: the same ward"),
        "different": _lazy("Residence: another ward"),
        "missing": _lazy("Residence: ward unknown"),
    },
}
_FIELDS: dict[str, Words] = {
    "number": _lazy("Number"),
    "name": _lazy("Name"),
    "birth": _lazy("Birth date"),
    "ward": _lazy("Residence"),
}
# Rules are data: a ruleset may name a pass that is not told here yet, and shows its name.
_PASSES: dict[str, Words] = {
    "kind": _lazy("Not in the population register by nature"),
    "number": _lazy("By the number"),
    "former": _lazy("By the former number"),
    "name_birth": _lazy("By name and birth date"),
    "near_name_birth": _lazy("By a similar name and the birth date"),
    "name_number": _lazy("By name and part of the number"),
    "name_year": _lazy("By name and year of birth"),
    "name_ward": _lazy("By name and ward"),
    "near_name_ward": _lazy("By a similar name, year of birth and ward"),
    "holder": _lazy("By who holds the number"),
    "nobody": _lazy("Nobody was found"),
}


def pass_words(name: str) -> Words:
    """What a pass of the engine looks for."""
    return _PASSES.get(name, name)


def bar_words(field: str, level: str) -> str:
    """A line of the waterfall: the field, and how it agrees. A level not told here shows its name."""
    known = _BARS.get(field, {}).get(level)
    return str(known) if known else f"{_FIELDS.get(field, field)}: {level.replace('_', ' ')}"


def because(comparison: dict[str, Any]) -> str:
    """Why the machine thinks so: what it found of each field it compared."""
    return said([words for _field, _level, words in _told(comparison)])


def for_and_against(comparison: dict[str, Any], bits: dict[str, float]) -> tuple[list[str], list[str]]:
    """What speaks for a person and what against, in words. `bits` by field, where they were kept."""
    sides: tuple[list[str], list[str]] = ([], [])
    for field, level, words in _told(comparison):
        against = bits[field] < 0 if bits.get(field) else level in _AGAINST[field]
        sides[against].append(words)
    return sides


def said(parts: list[str]) -> str:
    """Parts of a sentence as one, with a capital and a full stop."""
    return capital("; ".join(parts)) + "." if parts else ""


def listed(parts: list[str]) -> str:
    """“a, b and c”."""
    if len(parts) < 2:
        return "".join(parts)
    return _("%(first)s and %(last)s") % {"first": ", ".join(parts[:-1]), "last": parts[-1]}


def capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _told(comparison: dict[str, Any]) -> list[tuple[str, str, str]]:
    return [
        (field, level, str(words[level]))
        for field, words in LEVELS.items()
        if isinstance(level := comparison.get(field), str) and level in words and (field, level) not in SILENT
    ]
