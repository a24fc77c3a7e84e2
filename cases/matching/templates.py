"""Filling SQL templates with names and numbers that the rules or this package wrote, never with data."""

from __future__ import annotations

from collections.abc import Iterable
from string import Template


def fill(template: str, **parts: object) -> str:
    """The SQL with every `$part` filled in. Raises `KeyError` for a part that is missing."""
    return Template(template).substitute({name: str(part) for name, part in parts.items()})


def literals(values: Iterable[str]) -> str:
    """Codes as a list of SQL string literals: `'same', 'case'`."""
    return ", ".join(f"'{value}'" for value in values)
