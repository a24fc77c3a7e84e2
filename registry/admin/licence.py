"""The driving licences."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from registry.admin.badges import LICENCE_BADGES, badge
from registry.admin.exports import LicenceResource
from registry.admin.owner import LinkedPersonFilter, MatchedFilter
from registry.admin.people import birth_words, person_panel
from registry.admin.register_admin import RegisterAdmin
from registry.admin.searches import LICENCE_SEARCH
from registry.admin.tables import licence_violations
from registry.admin.vehicle import ConfirmedFilter, confirmation
from registry.identity.numbers import mask
from registry.models import DriverLicence
from vehreg.adminsite.filters import UnitFilter
from vehreg.adminsite.masking import masked_column


@admin.register(DriverLicence)
class LicenceAdmin(RegisterAdmin):
    list_display = (
        "name_shown",
        "number_shown",
        "licence_class",
        "medium",
        "born",
        "unit",
        "expires_on",
        "status_shown",
    )
    list_filter = (UnitFilter, "status", "medium", MatchedFilter, ConfirmedFilter, LinkedPersonFilter)
    ordering = ("name_sort", "id")
    sortable_by = ("name_shown",)
    search = LICENCE_SEARCH
    panels = (person_panel, licence_violations)
    resource = LicenceResource
    fieldsets = (
        (
            _("Licence"),
            {
                "fields": (
                    "number",
                    "licence_class",
                    "medium",
                    "status_shown",
                    "issued_on",
                    "expires_on",
                    "issuing_office",
                    "points",
                    "confirmed",
                    "source_id",
                )
            },
        ),
        (_("Holder"), {"fields": ("holder_name", "holder_number", "born", "holder_address", "ward")}),
    )
    readonly_fields = ("status_shown", "confirmed", "holder_number", "born")
    holder_number = masked_column("holder_id_number", _("ID number"), mask)

    @admin.display(description=_("holder"), ordering="name_sort")
    def name_shown(self, licence: DriverLicence) -> str:
        return licence.holder_name

    @admin.display(description=_("licence number"))
    def number_shown(self, licence: DriverLicence) -> str:
        return licence.number or "—"

    @admin.display(description=_("born"))
    def born(self, licence: DriverLicence) -> str:
        return birth_words(licence, "holder_")

    @admin.display(description=_("status"))
    def status_shown(self, licence: DriverLicence) -> str:
        return badge(licence.get_status_display(), LICENCE_BADGES[licence.status])

    @admin.display(description=_("live"))
    def confirmed(self, licence: DriverLicence) -> str:
        return confirmation(licence)
