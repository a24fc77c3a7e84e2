"""What a row said before: each change with its old and new words, who made it and when."""

from collections.abc import Iterator
from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext as _

from registry.identity.numbers import mask
from registry.models import Delivery
from registry.privacy import PERSONAL_COLUMNS
from vehreg.accounts.models import User
from vehreg.adminsite.masking import is_whole
from vehreg.adminsite.panels import PANEL_ROWS, Cell, Panel
from vehreg.adminsite.words import NOTHING, field_words, words

_BOOKKEEPING = frozenset(
    {"made_by", "changed_by", "changed_at", "received", "party_key", "vehicle_count", "confirmed_on"}
    | {"confirmed_by", "id"}
)


def history_panel(request: HttpRequest, row: Any) -> Panel:
    """The last changes, newest first. An event keeps the row as it was; what came next is the next state."""
    events = list(row.events.select_related("pgh_context").order_by("-pgh_id")[:PANEL_ROWS])
    newer = [row, *events[:-1]]
    users = _users_of(events)
    deliveries = Delivery.objects.in_bulk({state.changed_by_id for state in newer} - {None}) if events else {}
    rows = []
    for old, new in zip(events, newer, strict=False):
        who = _who(old, new, users, deliveries)
        rows += [
            (Cell(words(old.pgh_created_at)), Cell(who), Cell(label), Cell(before), Cell(after))
            for label, before, after in _changes(row, old, new)
        ]
    return Panel(
        _("History"),
        columns=[_("when"), _("who"), _("what"), _("before"), _("after")],
        rows=rows,
        empty=_("Nothing has been changed since this entry was made."),
        anchor="history",
        wide=True,
    )


def _changes(row: models.Model, old: Any, new: Any) -> Iterator[tuple[str, str, str]]:
    left_out = _BOOKKEEPING | set(getattr(row, "bookkeeping", ()))
    for field in row._meta.concrete_fields:
        if field.name in left_out or field.generated:
            continue
        if getattr(old, field.attname) != getattr(new, field.attname):
            yield str(field.verbose_name), _said(row, old, field.name), _said(row, new, field.name)


def _said(row: models.Model, state: Any, name: str) -> str:
    text = field_words(state, name)
    if name in PERSONAL_COLUMNS and text != NOTHING and not is_whole(row):
        return ", ".join(mask(part) for part in text.split(", "))
    return text


def _users_of(events: list[Any]) -> dict[int, User]:
    ids = {event.pgh_context.metadata.get("user") for event in events if event.pgh_context}
    return User.objects.in_bulk(ids - {None})


def _who(old: Any, new: Any, users: dict[int, User], deliveries: dict[int, Delivery]) -> str:
    context = old.pgh_context.metadata if old.pgh_context else {}
    user = users.get(context.get("user", 0))
    delivery = deliveries.get(new.changed_by_id) if new.changed_by_id != old.changed_by_id else None
    return " · ".join(str(part) for part in (user, delivery) if part) or NOTHING
