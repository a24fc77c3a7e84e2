"""Columns whose numbers stay half hidden until their reader has said what for.

A row carries the permission to be read whole as an attribute, set by the admin that fetched it; a row
that nobody marked is shown masked.
"""

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.db import models
from django.http import HttpRequest

from vehreg.accounts.privacy import stated_purpose

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

_MARK = "_whole_numbers"
Mask = Callable[[str], str]


def mark_rows(request: HttpRequest, rows: Iterable[models.Model]) -> None:
    """Say of fetched rows whether this request may see their numbers whole."""
    whole = stated_purpose(request) is not None
    for row in rows:
        setattr(row, _MARK, whole)


def is_whole(row: models.Model) -> bool:
    return bool(getattr(row, _MARK, False))


def shown(row: models.Model, field: str, mask: Mask) -> str:
    """The field's text as this row's reader may see it; a list becomes a line."""
    value = getattr(row, field)
    texts = value if isinstance(value, list | tuple) else [value] if value else []
    return ", ".join(text if is_whole(row) else mask(text) for text in texts)


def masked_column(field: str, label: "str | _StrPromise", mask: Mask) -> Callable[[Any, models.Model], str]:
    """A display method for `field`, to be put on an admin class."""

    @admin.display(description=label)
    def column(self: Any, row: models.Model) -> str:
        return shown(row, field, mask) or "—"

    return column
