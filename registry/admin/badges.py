"""The colour of each state, wherever it is shown."""

from typing import Any

from django.utils.html import format_html

from registry.models.licence import LicenceStatus
from registry.models.paper_file import PaperFile
from registry.models.vehicle import VehicleStatus
from registry.models.violation import ViolationStatus

VEHICLE_BADGES: dict[str, str] = {
    VehicleStatus.ACTIVE: "good",
    VehicleStatus.EXPIRED: "warn",
    VehicleStatus.REVOKED: "plain",
    VehicleStatus.STOLEN: "bad",
    VehicleStatus.LOST: "bad",
    VehicleStatus.SCRAPPED: "plain",
    VehicleStatus.NOT_CIRCULATING: "warn",
}
LICENCE_BADGES: dict[str, str] = {
    LicenceStatus.VALID: "good",
    LicenceStatus.EXPIRED: "warn",
    LicenceStatus.REVOKED: "bad",
    LicenceStatus.SUSPENDED: "bad",
}
VIOLATION_BADGES: dict[str, str] = {ViolationStatus.OPEN: "warn", ViolationStatus.SETTLED: "good"}
PAPER_BADGES: dict[str, str] = {
    PaperFile.State.SHELVED: "good",
    PaperFile.State.LENT: "warn",
    PaperFile.State.SEPARATED: "plain",
    PaperFile.State.MISSING: "bad",
}


def badge(text: Any, colour: str) -> str:
    return format_html('<span class="vr-badge vr-{}">{}</span>', colour, text)
