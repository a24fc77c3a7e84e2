"""What a process remembers for a while: figures and choices that many pages ask for."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar, cast

from django.core.cache import caches

T = TypeVar("T")
# Seconds that a list of units may be old: they change by law, not by the minute.
UNITS_REMEMBERED = 60


def remembered(key: str, make: Callable[[], T], seconds: float) -> T:
    """The value under `key`, made anew when it is older than `seconds`. Each process has its own."""
    return cast(T, caches["memory"].get_or_set(key, make, seconds))


def forget(key: str) -> None:
    """Make the value anew when it is next asked for."""
    caches["memory"].delete(key)
