"""The search box: it tells what was typed by its shape and goes to the index that holds it.

Apps above say what they recognise: each register's admin carries a table of `SearchField`.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db.models import BigIntegerField, BooleanField, F, Func, Q, QuerySet, Value
from django.db.models.constants import LOOKUP_SEP
from django.db.models.functions import StrIndex
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
    """One thing the box understands. `condition` gives None where the text has not its shape."""

    label: str | Promise
    condition: Callable[[str], Q | None]

    def find(self, rows: QuerySet[Any], text: str, *, few: bool) -> QuerySet[Any] | None:
        """The rows that the text points to, or None where it has not the shape."""
        condition = self.condition(text)
        return None if condition is None else rows.filter(condition)


@dataclass(frozen=True)
class NameField:
    """A name. Many may bear it: only the first rows by id are found. `path` holds what `fold` makes."""

    label: str | Promise
    path: str
    fold: Callable[[str], str]

    def find(self, rows: QuerySet[Any], text: str, *, few: bool) -> QuerySet[Any] | None:
        """See `SearchField`. The names are looked up once: the page and its count both need them."""
        key = key_of_name(text, self.fold)
        return rows.filter(one_of("pk", first_of_a_name(rows, self.path, key, few=few))) if key else None


def key_of_name(text: str, fold: Callable[[str], str]) -> str:
    """Anything with a letter in it is a name; "" where there is none. Raises `TooShort`."""
    key = fold(text)
    if not any(letter.isalpha() for letter in key):
        return ""
    if len(key) < MIN_WORD_LETTERS:
        raise TooShort
    return key


def by_key(path: str, key_of: Callable[[str], str]) -> Callable[[str], Q | None]:
    """The text is a number or plate when `key_of` makes something of it."""

    def condition(text: str) -> Q | None:
        key = key_of(text)
        return Q(**{path: key}) if key else None

    return condition


def find(
    queryset: QuerySet[Any], *, fields: Sequence[SearchField | NameField], text: str, few: bool
) -> QuerySet[Any]:
    """The rows that the first field recognising the text points to. Raises `TooShort`.

    `few`: the rows are those of a ward, not of the city.
    """
    text = text.replace("\x00", "").strip()
    if not text:
        return queryset
    for field in fields:
        found = field.find(queryset, text, few=few)
        if found is not None:
            return found
    return queryset.none()


def first_of_a_name(rows: QuerySet[Any], path: str, key: str, *, few: bool) -> list[int]:
    """The ids of the first rows by id whose folded name at `path` holds `key`.

    By id, because names cluster in every other order: whoever walks the register by given name meets the
    first Vy after eight million others. `few`: the rows are those of a ward. If the names are its rows' own,
    its index has them, and they are gone through; the city's would first find a common one everywhere else.
    """
    if few and LOOKUP_SEP not in path:
        return first_by_id(rows.alias(at=StrIndex(path, Value(key))).filter(at__gt=0))
    if not few:
        bearers = first_by_id(rows.filter(**{path: key}))
        if len(bearers) == FIRST_OF_A_NAME:  # a common name: who bears it, before who is called alike
            return bearers
    return first_by_id(rows.filter(**{f"{path}__contains": key}))


def first_by_id(rows: QuerySet[Any]) -> list[int]:
    """The ids of the first `FIRST_OF_A_NAME` rows."""
    ids = rows.select_related(None).order_by("pk").values_list("pk", flat=True)
    return list(ids[:FIRST_OF_A_NAME])


def one_of(path: str, ids: Sequence[int]) -> Q:
    """The condition that `path` is one of these. One array: a thousand values would be planned one by one."""
    if not ids:
        return Q(pk__in=[])
    array = Value(list(ids), ArrayField(BigIntegerField()))
    return Q(
        Func(F(path), array, arg_joiner=" = ANY(", template="%(expressions)s)", output_field=BooleanField())
    )


def help_text(fields: Sequence[SearchField | NameField]) -> str:
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
