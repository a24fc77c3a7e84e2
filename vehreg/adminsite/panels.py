"""What stands below the fields of a detail page: tables of what belongs to the row."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils.functional import Promise

# What a panel shows at most; the rest is behind its link.
PANEL_ROWS = 20


@dataclass(frozen=True)
class Cell:
    """A cell of a panel's table. `badge` colours it: good, bad, warn, info or plain."""

    text: str
    url: str = ""
    badge: str = ""


@dataclass(frozen=True)
class Panel:
    """A card with a table, or with a template of its own."""

    title: str | Promise
    columns: Sequence[str | Promise] = ()
    rows: Sequence[Sequence[Cell]] = ()
    note: str | Promise = ""
    empty: str | Promise = ""
    more_url: str = ""
    more: str | Promise = ""
    template: str = ""
    context: dict[str, Any] = field(default_factory=dict)
    anchor: str = ""
    wide: bool = False


# Makes a panel for a row, or None where there is nothing to say.
PanelMaker = Callable[[HttpRequest, models.Model], Panel | None]
