"""The registers as the front page counts them: what is noted when their rows change."""

from typing import Final

import pgtrigger

from cases.models.block import block_triggers
from cases.models.tally import FORGET_COUNTS, Tallied
from registry.models import DriverLicence, Owner, Vehicle
from registry.models.vehicle import ENDED_SQL

VEHICLES_TALLIED: Final = Tallied(
    columns=("unit_id", "status", "confirmed_on"),
    tallies=(
        (
            "'confirmed'",
            "counted.confirmed_on",
            f"counted.confirmed_on IS NOT NULL AND counted.status NOT IN ({ENDED_SQL})",
        ),
    ),
)
LICENCES_TALLIED: Final = Tallied(
    columns=("unit_id", "confirmed_on"), tallies=(("'licences'", "counted.confirmed_on", "true"),)
)


class CountedVehicle(Vehicle):
    class Meta:
        proxy = True
        default_permissions = ()
        triggers = [
            *block_triggers(
                pgtrigger.Insert,
                pgtrigger.Update,
                pgtrigger.Delete,
                owner_id="owner_id",
                numbers=("chassis_no", "engine_no", "status"),
            ),
            *VEHICLES_TALLIED.triggers(),
            FORGET_COUNTS,
        ]


class CountedOwner(Owner):
    class Meta:
        proxy = True
        default_permissions = ()
        # An owner that comes or goes has no vehicle yet, or none any more.
        triggers = [*block_triggers(pgtrigger.Update, owner_id="id")]


class CountedLicence(DriverLicence):
    class Meta:
        proxy = True
        default_permissions = ()
        triggers = [*LICENCES_TALLIED.triggers(), FORGET_COUNTS]
