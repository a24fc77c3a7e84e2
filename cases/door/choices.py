"""What an officer may choose at the door, in the order of how often it is said."""

from collections.abc import Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from cases.models.declaration import UsageStatus

_VEHICLE: Final = (
    UsageStatus.IN_USE_OWNER,
    UsageStatus.IN_USE_FAMILY,
    UsageStatus.BOUGHT_NOT_TRANSFERRED,
    UsageStatus.SOLD_NOT_TRANSFERRED,
    UsageStatus.GIVEN_OR_INHERITED,
    UsageStatus.NOT_MINE,
    UsageStatus.UNUSED,
    UsageStatus.SCRAPPED,
    UsageStatus.LOST,
    UsageStatus.STOLEN,
    UsageStatus.SEIZED,
    UsageStatus.OWNER_DECEASED,
    UsageStatus.MOVED_AWAY,
    UsageStatus.EXPIRED,
)
# The statuses are worded for vehicles.
_LICENCE: Final[Mapping[str, str | Promise]] = {
    UsageStatus.IN_USE_OWNER: _("my licence, in use"),
    UsageStatus.LOST: _("licence lost"),
    UsageStatus.SEIZED: _("licence withheld"),
    UsageStatus.NOT_MINE: _("not my licence"),
    UsageStatus.OWNER_DECEASED: _("holder has died"),
}
# Said with the one it came from or went to.
WITH_OTHER_SIDE: Final = frozenset(
    {
        UsageStatus.BOUGHT_NOT_TRANSFERRED,
        UsageStatus.SOLD_NOT_TRANSFERRED,
        UsageStatus.GIVEN_OR_INHERITED,
        UsageStatus.IN_USE_FAMILY,
    }
)


def vehicle_statuses() -> list[tuple[str, str]]:
    """Value and word of each button for a vehicle."""
    return [(status.value, capfirst(str(status.label))) for status in _VEHICLE]


def licence_statuses() -> list[tuple[str, str]]:
    """Value and word of each button for a licence."""
    return [(str(status), capfirst(str(word))) for status, word in _LICENCE.items()]
