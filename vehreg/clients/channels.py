"""The channels a system may declare for. The applications above know them and add them here."""

from collections.abc import Iterable
from typing import Any

_channels: list[tuple[str, Any]] = []


def add_channels(choices: Iterable[tuple[str, Any]]) -> None:
    _channels.extend(choices)


def channels() -> list[tuple[str, Any]]:
    """(value, label), as the field of a form takes them."""
    return _channels
