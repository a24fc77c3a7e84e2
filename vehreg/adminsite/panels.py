"""What stands below the fields of a detail page: tables of what belongs to the row."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.contrib.admin import site
from django.db import models
from django.http import HttpRequest
from django.urls import reverse
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
    """A card with a table, or with a template of its own (which finds `context` as `data`)."""

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
PanelMaker = Callable[[HttpRequest, Any], Panel | None]

_added: dict[str, list[PanelMaker]] = defaultdict(list)
_urgent: dict[str, list[PanelMaker]] = defaultdict(list)


def add_panel(model_label: str, maker: PanelMaker, *, urgent: bool = False) -> None:
    """Let an app above show something on a page below it: `add_panel("registry.vehicle", declarations)`.

    What is `urgent` stands before the page's own panels.
    """
    (_urgent if urgent else _added)[model_label.lower()].append(maker)


def with_added_panels(model: type[models.Model], own: Sequence[PanelMaker]) -> Sequence[PanelMaker]:
    """The makers of all panels of a page, in their order."""
    label = model._meta.label_lower
    return [*_urgent[label], *own, *_added[label]]


def page_of(row: models.Model) -> str:
    """The address of a row's own page."""
    return reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_change", args=[row.pk])


def detail_url(request: HttpRequest, row: models.Model | None) -> str:
    """The address of a row's page; "" where this user has none."""
    if row is None:
        return ""
    meta = row._meta
    if not site.is_registered(type(row)) or not request.user.has_perm(
        f"{meta.app_label}.view_{meta.model_name}"
    ):
        return ""
    return page_of(row)


def list_url(request: HttpRequest, model: type[models.Model], query: str) -> str:
    """The address of a filtered list; "" where this user may not see it."""
    meta = model._meta
    if not site.is_registered(model) or not request.user.has_perm(f"{meta.app_label}.view_{meta.model_name}"):
        return ""
    return reverse(f"admin:{meta.app_label}_{meta.model_name}_changelist") + f"?{query}"
