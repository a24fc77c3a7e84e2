"""Entries for the checks, right in everything unless told otherwise, and a check of them all."""

from datetime import date
from itertools import count
from typing import Any

from django.db import transaction
from django.utils import timezone

from cases.checks.checking import check_subjects
from cases.checks.entries import TABLE
from cases.checks.subjects import take_range
from cases.models import CheckFinding, Discrepancy, VerificationCase
from cases.models.case import ENDED_STATES
from registry.models import DriverLicence, LegacyUnit, Owner, Vehicle
from tests import factories
from vehreg.accounts.models import Unit

_numbers = count(1)
THIS_YEAR = timezone.localdate().year
EVERY_ID = 2**31


def bike(**columns: Any) -> Vehicle:
    """A motorbike with which nothing is wrong."""
    number = next(_numbers)
    return factories.vehicle(
        **{
            "chassis_no": f"RLHJF{number:07d}",
            "engine_no": f"JF33E-{number:07d}",
            "year_made": 2014,
            "registered_on": date(2014, 3, 1),
        }
        | columns
    )


def car(**columns: Any) -> Vehicle:
    """A passenger car of five seats."""
    number = next(_numbers)
    plate = f"30A-{number // 100:03d}.{number % 100:02d}"
    return bike(**{"vehicle_kind": "car", "plate": plate, "seats": 5} | columns)


def lorry(**columns: Any) -> Vehicle:
    return car(**{"seats": 3, "payload_kg": 3490} | columns)


def coach(**columns: Any) -> Vehicle:
    return car(**{"seats": 29} | columns)


def holder(**columns: Any) -> Owner:
    """An owner with a live registration."""
    return factories.owner(**{"vehicle_count": 1} | columns)


def divided_ward(
    code: str = "77777", name: str = "Phường Láng Thử", district: str = "Quận Thử"
) -> list[Unit]:
    """A former ward that went to two units."""
    parts = [factories.unit(), factories.unit()]
    for part in parts:
        LegacyUnit.objects.create(
            old_code=code, old_name=name, old_district=district, unit=part, moved=LegacyUnit.Moved.SPLIT
        )
    return parts


def renamed_ward(code: str = "88888", name: str = "Phường Cũ", district: str = "Quận Thử") -> Unit:
    """A former ward that lies wholly in one unit."""
    unit = factories.unit()
    LegacyUnit.objects.create(
        old_code=code, old_name=name, old_district=district, unit=unit, moved=LegacyUnit.Moved.WHOLE
    )
    return unit


def check_all() -> None:
    """Check every entry there is, as a chunk of a job does."""
    for register in TABLE:
        with transaction.atomic():
            take_range(register, first=0, last=EVERY_ID)
            check_subjects(register)


def found(rule: str) -> set[int]:
    """Check everything; the entries a rule finds."""
    check_all()
    return set(CheckFinding.objects.filter(rule=rule).values_list("subject_id", flat=True))


def evidence(rule: str, entry: Vehicle | Owner | DriverLicence) -> dict[str, Any]:
    return CheckFinding.objects.get(rule=rule, subject_id=entry.pk).evidence


def open_case_of(entry: Vehicle | Owner | DriverLicence) -> VerificationCase | None:
    """The open case on an entry."""
    register = {Vehicle: "vehicle", Owner: "owner", DriverLicence: "licence"}[type(entry)]
    cases = VerificationCase.objects.filter(register=register, subject_id=entry.pk)
    return cases.exclude(state__in=ENDED_STATES).first()


def open_kinds(entry: Vehicle | Owner | DriverLicence) -> set[str]:
    """The kinds of discrepancy open on an entry."""
    case = open_case_of(entry)
    if case is None:
        return set()
    return set(Discrepancy.objects.filter(case=case, state="open").values_list("kind", flat=True))
