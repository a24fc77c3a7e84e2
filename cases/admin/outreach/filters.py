"""The filters of the list: a ward first, then vehicles or licences, then a residential group."""

from typing import Any

from django.contrib.admin import SimpleListFilter
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from cases.admin.outreach.asked import NO_GROUP, asked_register, asked_unit, counted
from cases.models.subject import Register
from cases.outreach.waiting import still_waits
from vehreg.adminsite.filters import UnitFilter
from vehreg.adminsite.words import count


class WardFilter(UnitFilter):
    """A list of the whole city would be nobody's walk: without a ward nobody is listed."""

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        unit = asked_unit(request.user, request.GET)
        return queryset.filter(unit_id=unit.pk) if unit else queryset.none()


class RegisterFilter(SimpleListFilter):
    """Owners, or holders of licences; and only who has not declared to this moment."""

    title = _("register")
    parameter_name = "register"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [
            (Register.OWNER.value, _("vehicle owners")),
            (Register.LICENCE.value, _("licence holders")),
        ]

    def choices(self, changelist: Any) -> Any:
        chosen = asked_register({"register": self.value()})
        for value, label in self.lookup_choices:
            yield {
                "selected": value == chosen,
                "query_string": changelist.get_query_string({"register": value}, ["group"]),
                "display": label,
            }

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        register = asked_register(request.GET)
        return queryset.filter(still_waits(register), register=register)


class GroupFilter(SimpleListFilter):
    """The groups of the ward, with how many each had when the ward was read."""

    title = _("residential group")
    parameter_name = "group"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [
            (group.key or NO_GROUP, f"{group.name or _('no group in the address')} · {count(group.people)}")
            for group in counted(request).groups
        ]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        value = self.value()
        if not value:
            return queryset
        return queryset.filter(group_key="" if value == NO_GROUP else value)
