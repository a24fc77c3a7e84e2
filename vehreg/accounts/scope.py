"""Which rows a user may see. Lists, details, counts, autocompletes, exports and the API all start here."""

from typing import Any, Self

from django.contrib.auth.models import AnonymousUser
from django.db import models

from vehreg.accounts.models import User
from vehreg.accounts.roles import CITY_ROLES, WARD_ROLES


def sees_every_unit(user: User | AnonymousUser) -> bool:
    return isinstance(user, User) and user.is_active and user.role in CITY_ROLES


def scope_filter(user: User | AnonymousUser, field: str = "unit") -> models.Q | None:
    """The condition that keeps a user inside their units; None where nothing at all may be seen."""
    if sees_every_unit(user):
        return models.Q()
    if isinstance(user, User) and user.is_active and user.role in WARD_ROLES and user.unit_id:
        return models.Q(**{f"{field}_id": user.unit_id})
    return None


class ScopedQuerySet(models.QuerySet[Any]):
    """A queryset of rows that carry their unit in the column named `scope_field`."""

    scope_field = "unit"

    def visible_to(self, user: User | AnonymousUser) -> Self:
        condition = scope_filter(user, self.scope_field)
        return self.none() if condition is None else self.filter(condition)
