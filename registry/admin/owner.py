"""The owners as the vehicle register names them."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from registry.admin.exports import OwnerResource
from registry.admin.people import birth_words, person_panel
from registry.admin.register_admin import RegisterAdmin
from registry.admin.searches import OWNER_SEARCH
from registry.admin.tables import owner_vehicles
from registry.identity.numbers import mask
from registry.models import Owner
from vehreg.adminsite.filters import IsSetFilter, UnitFilter, YesNoFilter
from vehreg.adminsite.masking import masked_column
from vehreg.adminsite.words import count

# From this many vehicles on an owner is a mass holder: a dealer, a fleet.
MASS_HOLDER = 20


class MatchedFilter(IsSetFilter):
    title = _("population register")
    parameter_name = "matched"
    column = "person"
    yes = _("matched to a person")
    no = _("not matched")


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
    list_filter = (UnitFilter, "kind", MatchedFilter, MassHolderFilter)
    ordering = ("name_sort", "id")
    sortable_by = ("name_shown",)
    search = OWNER_SEARCH
    links = frozenset({"person__id__exact"})
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
    def matched(self, owner: Owner) -> bool:
        return owner.person_id is not None
