"""The registers' lines in the menu."""

from django.utils.translation import gettext_lazy as _

from vehreg.adminsite.navigation import LOOKUP, add_link

for order, title, name in (
    (10, _("Vehicles"), "vehicle"),
    (20, _("Driving licences"), "driverlicence"),
    (30, _("Owners"), "owner"),
    (40, _("Population"), "person"),
    (60, _("Violations"), "violation"),
    (70, _("Paper files"), "paperfile"),
):
    add_link(LOOKUP, order, title, f"admin:registry_{name}_changelist", f"registry.view_{name}")
