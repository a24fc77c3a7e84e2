from registry.models.correction import Correction
from registry.models.delivery import Delivery, DeliveryNotice
from registry.models.licence import DriverLicence
from registry.models.owner import Owner
from registry.models.paper_file import PaperFile
from registry.models.person import Person
from registry.models.unit import LegacyUnit
from registry.models.vehicle import Vehicle
from registry.models.violation import Violation

__all__ = [
    "Correction",
    "Delivery",
    "DeliveryNotice",
    "DriverLicence",
    "LegacyUnit",
    "Owner",
    "PaperFile",
    "Person",
    "Vehicle",
    "Violation",
]
