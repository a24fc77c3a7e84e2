"""The owners as the vehicle register names them."""

from typing import Any

from django.contrib import admin
from django.contrib.admin import SimpleListFilter
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from registry.admin.exports import OwnerResource
from registry.admin.people import birth_words, person_panel
from registry.admin.register_admin import RegisterAdmin
from registry.admin.searches import OWNER_SEARCH
from registry.admin.tables import owner_vehicles
from registry.identity.numbers import mask
from registry.links import is_linked, linked_with, with_link
from registry.models import Owner
from registry.models.owner import OwnerKind
from vehreg.adminsite.filters import UnitFilter, YesNoFilter
from vehreg.adminsite.masking import masked_column
from vehreg.adminsite.words import count

# From this many vehicles on an owner is a mass holder: a dealer, a fleet.
MASS_HOLDER = 20


class MatchedFilter(YesNoFilter):
    title = _("population register")
    parameter_name = "matched"
    yes = _("matched to a person")
    no = _("not matched")

    def keep(self, queryset: QuerySet[Any], *, yes: bool) -> QuerySet[Any]:
        linked = self.linked(queryset.model)
        return queryset.filter(linked if yes else ~linked)

    def linked(self, model: type[Any]) -> Q:
        return is_linked(model)


class MatchedOwnerFilter(MatchedFilter):
    """Organisations, first in the order of the list, are matched with nobody: no verdict is asked for."""

    def linked(self, model: type[Any]) -> Q:
        return Q(person__isnull=False) | (~Q(kind=OwnerKind.ORGANISATION) & super().linked(model))


class LinkedPersonFilter(SimpleListFilter):
    """The entries linked with one person: where the page of that person leads to. Not offered otherwise."""

    title = _("linked with")
    parameter_name = "person"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        value = request.GET.get(self.parameter_name, "")
        return [(value, _("one person"))] if value.isdigit() else []

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        if not self.lookup_choices:
            return queryset
        return queryset.filter(linked_with(queryset.model, int(self.lookup_choices[0][0])))


class MassHolderFilter(YesNoFilter):
    title = _("vehicles held")
    parameter_name = "mass"
    yes = _("20 and more")
    no = _("fewer than 20")

    def keep(self, queryset: QuerySet[Any], *, yes: bool) -> QuerySet[Any]:
        return (
            queryset.filter(vehicle_count__gte=MASS_HOLDER)
            if yes
            else queryset.exclude(vehicle_count__gte=MASS_HOLDER)
        )


@admin.register(Owner)
class OwnerAdmin(RegisterAdmin):
    list_display = ("name_shown", "kind", "number", "born", "unit", "vehicles", "matched")
    list_filter = (UnitFilter, "kind", MatchedOwnerFilter, MassHolderFilter, LinkedPersonFilter)
    ordering = ("name_sort", "id")
    sortable_by = ("name_shown",)
    search = OWNER_SEARCH
    panels = (person_panel, owner_vehicles)
    resource = OwnerResource
    fieldsets = (
        (
            _("As the vehicle register names the owner"),
            {"fields": ("name", "kind", "number", "born", "telephone", "address", "ward", "vehicles")},
        ),
    )
    readonly_fields = ("number", "born", "telephone", "vehicles")
    number = masked_column("id_number", _("ID number"), mask)
    telephone = masked_column("phone", _("telephone"), mask)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return with_link(super().get_queryset(request))

    @admin.display(description=_("name"), ordering="name_sort")
    def name_shown(self, owner: Owner) -> str:
        return owner.name

    @admin.display(description=_("born"))
    def born(self, owner: Owner) -> str:
        return birth_words(owner)

    @admin.display(description=_("vehicles"))
    def vehicles(self, owner: Owner) -> str:
        return count(owner.vehicle_count)

    @admin.display(description=_("matched"), boolean=True)
    def matched(self, owner: Any) -> bool:
        return owner.linked_id is not None
