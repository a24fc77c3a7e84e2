"""List filters that never ask the table which values it holds.

A field with choices may stand in `list_filter` by its name: its choices are in the code.
"""

from typing import Any

from django.contrib.admin import SimpleListFilter
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from vehreg.accounts.models import Unit, User
from vehreg.accounts.scope import sees_every_unit
from vehreg.remembered import UNITS_REMEMBERED, remembered

_NOWHERE = "none"


def _wards() -> list[tuple[str, str]]:
    wards = Unit.objects.filter(kind__in=[Unit.Kind.WARD, Unit.Kind.COMMUNE]).order_by("code")
    return sorted(((str(unit.pk), unit.short_name) for unit in wards), key=lambda pair: pair[1])


class UnitFilter(SimpleListFilter):
    """A ward of the city, for those who see more than one."""

    title = _("ward")
    parameter_name = "unit"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        if not isinstance(request.user, User) or not sees_every_unit(request.user):
            return []
        return [*remembered("wards-by-name", _wards, UNITS_REMEMBERED), (_NOWHERE, _("no ward known"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        value = self.value() or ""
        if value == _NOWHERE:
            return queryset.filter(unit__isnull=True)
        known = value in dict(self.lookup_choices)
        return queryset.filter(unit_id=int(value)) if known else queryset


class YesNoFilter(SimpleListFilter):
    """Two choices; a subclass says what each keeps."""

    yes: Any = _("yes")
    no: Any = _("no")

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("1", self.yes), ("0", self.no)]

    def keep(self, queryset: QuerySet[Any], *, yes: bool) -> QuerySet[Any]:
        raise NotImplementedError

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        if self.value() not in ("0", "1"):
            return queryset
        return self.keep(queryset, yes=self.value() == "1")


class IsSetFilter(YesNoFilter):
    """Whether a column holds something."""

    column: str

    def keep(self, queryset: QuerySet[Any], *, yes: bool) -> QuerySet[Any]:
        return queryset.filter(**{f"{self.column}__isnull": not yes})
