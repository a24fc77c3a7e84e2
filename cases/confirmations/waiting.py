"""What waits for an officer of the ward: plain declarations, and those to be looked at, oldest first."""

from collections.abc import Iterator

from django.db.models import QuerySet

from cases.models import Declaration
from cases.models.declaration import Waiting
from vehreg.accounts.models import User
from vehreg.adminsite.keyset import KeysetPage, keyset_page

# An index has each kind of waiting in this order, of a ward and of the city.
ORDER = ("declared_at", "id")


def waiting_for(user: User, kind: int, *, unit_code: str = "") -> QuerySet[Declaration]:
    """The declarations of one kind (`Waiting`) that this user may see, oldest first."""
    rows: QuerySet[Declaration] = Declaration.objects.visible_to(user).filter(waits=kind)
    rows = rows.filter(unit__code=unit_code) if unit_code else rows
    return rows.order_by(*ORDER)


def waiting_page(
    user: User, kind: int, *, unit_code: str = "", size: int, after: str = "", before: str = ""
) -> KeysetPage:
    """One page of them, after or before a declaration, whether or not that one still waits."""
    return keyset_page(
        waiting_for(user, kind, unit_code=unit_code).select_related("unit"),
        anchors=Declaration.objects.visible_to(user),
        ordering=ORDER,
        size=size,
        after=after,
        before=before,
    )


def next_waiting(user: User, kind: int, *, after: Declaration, unit_code: str = "") -> Declaration | None:
    """The next of its kind; at the end the first that is left; then the first of the other kind."""
    to_come = _to_come(user, kind, after, unit_code)
    return next((found for found in to_come if found.pk != after.pk), None)


def _to_come(user: User, kind: int, after: Declaration, unit_code: str) -> Iterator[Declaration]:
    yield from waiting_page(user, kind, unit_code=unit_code, size=1, after=str(after.pk)).rows
    for one in (kind, *(other for other in Waiting.values if other != kind)):
        yield from waiting_for(user, one, unit_code=unit_code)[:2]
