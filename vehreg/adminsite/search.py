"""The search box: it tells what was typed by its shape and goes to the index that holds it.

Apps above say what they recognise: each register's admin carries a table of `SearchField`.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

MIN_WORD_LETTERS = 3
# A name brings no more rows than this: a page of half the city, in order, would take seconds.
FIRST_OF_A_NAME = 1000
TOO_SHORT = _("Type at least three letters of the name.")
_DIGITS_HIDDEN_AFTER = 6


class TooShort(Exception):
    """A name of so few letters would find half the city."""


@dataclass(frozen=True)
class SearchField:
    """One thing the box understands. `condition` gives None where the text has not its shape.

    `many`: what it finds may be a large part of the register, so only the first rows by id are taken.
    """

    label: str | Promise
    condition: Callable[[str], Q | None]
    many: bool = False


def by_name(path: str, fold: Callable[[str], str]) -> Callable[[str], Q | None]:
    """Anything with a letter in it is a name; `fold` makes it the key that `path` holds."""

    def condition(text: str) -> Q | None:
        key = fold(text)
        if not any(letter.isalpha() for letter in key):
            return None
        if len(key) < MIN_WORD_LETTERS:
            raise TooShort
        return Q(**{f"{path}__contains": key})

    return condition


def by_key(path: str, key_of: Callable[[str], str]) -> Callable[[str], Q | None]:
    """The text is a number or plate when `key_of` makes something of it."""

    def condition(text: str) -> Q | None:
        key = key_of(text)
        return Q(**{path: key}) if key else None

    return condition


def find(queryset: QuerySet[Any], *, fields: Sequence[SearchField], text: str) -> QuerySet[Any]:
    """The rows that the first field recognising the text points to. Raises `TooShort`.

    Of a name the first `FIRST_OF_A_NAME` by id. By id, because names cluster in every other order: whoever
    walks the register by given name meets the first Vy after eight million others.
    """
    text = text.replace("\x00", "").strip()
    if not text:
        return queryset
    for field in fields:
        condition = field.condition(text)
        if condition is not None:
            found = queryset.filter(condition)
            return queryset.filter(pk__in=_first_of(found)) if field.many else found
    return queryset.none()


def _first_of(queryset: QuerySet[Any]) -> list[int]:
    """Looked up once: the page and its count both need them."""
    rows = queryset.select_related(None).order_by("pk")
    return list(rows.values_list("pk", flat=True)[:FIRST_OF_A_NAME])


def help_text(fields: Sequence[SearchField]) -> str:
    """What may be typed, for the empty box."""
    return ", ".join(str(field.label) for field in fields).capitalize()


def masked_term(text: str) -> str:
    """What was typed, for the trail: of a number only the first six digits stay readable."""

    def hide(match: re.Match[str]) -> str:
        seen = 0
        letters = []
        for letter in match[0]:
            seen += letter.isdigit()
            letters.append("•" if letter.isdigit() and seen > _DIGITS_HIDDEN_AFTER else letter)
        return "".join(letters)

    return re.sub(r"\d[\d .\-]*\d", hide, text.replace("\x00", ""))[:200]
