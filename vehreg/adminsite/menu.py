"""The site's own lines in the menu."""

from django.utils.translation import gettext_lazy as _

from vehreg.adminsite.exports.orders import EXPORT_PERMISSION
from vehreg.adminsite.navigation import DATA, add_link

add_link(DATA, 90, _("Exports"), "admin:exports", EXPORT_PERMISSION)
