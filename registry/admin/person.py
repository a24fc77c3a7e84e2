"""The population register."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from registry.admin.exports import PersonResource
from registry.admin.people import birth_words
from registry.admin.register_admin import RegisterAdmin
from registry.admin.searches import PERSON_SEARCH
from registry.admin.tables import person_licences, person_owners
from registry.identity.numbers import mask
from registry.models import Person
from vehreg.adminsite.filters import IsSetFilter, UnitFilter
from vehreg.adminsite.masking import masked_column


class DeadFilter(IsSetFilter):
    title = _("alive")
    parameter_name = "dead"
    column = "died_on"
    yes = _("has died")
    no = _("alive")


@admin.register(Person)
class PersonAdmin(RegisterAdmin):
    list_display = ("name_shown", "number", "born", "gender", "unit", "died_on", "as_of")
    list_filter = (UnitFilter, "gender", DeadFilter)
    ordering = ("name_sort", "id")
    sortable_by = ("name_shown",)
    search = PERSON_SEARCH
    panels = (person_owners, person_licences)
    resource = PersonResource
    fieldsets = (
        (
            _("As the population register has it"),
            {
                "fields": (
                    "full_name",
                    "number",
                    "former_numbers",
                    "born",
                    "gender",
                    "address",
                    "ward",
                    "died_on",
                    "as_of",
                )
            },
        ),
    )
    readonly_fields = ("number", "former_numbers", "born")
    number = masked_column("personal_id", _("personal number"), mask)
    former_numbers = masked_column("former_ids", _("former numbers"), mask)

    @admin.display(description=_("name"), ordering="name_sort")
    def name_shown(self, person: Person) -> str:
        return person.full_name

    @admin.display(description=_("born"))
    def born(self, person: Person) -> str:
        return birth_words(person)
