"""The four qualities as a filter of the vehicle list: where the cards of the front page lead to."""

from typing import Any

from django.contrib.admin import SimpleListFilter
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from cases.progress.behind import vehicles_with
from registry.admin.vehicle import VehicleAdmin

LACKING = "not_"
_CHOICES = (
    ("correct", _("correct")),
    ("not_correct", _("not correct")),
    ("complete", _("complete")),
    ("not_complete", _("not complete")),
    ("clean", _("clean")),
    ("not_clean", _("not clean")),
    ("live", _("live")),
    ("not_live", _("not live")),
)


class QualityFilter(SimpleListFilter):
    title = _("quality")
    parameter_name = "quality"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return list(_CHOICES)

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        value = self.value()
        if value not in dict(_CHOICES):
            return queryset
        return queryset.filter(vehicles_with(value.removeprefix(LACKING), has_it=value[:4] != LACKING))


VehicleAdmin.list_filter = (*VehicleAdmin.list_filter, QualityFilter)
