"""A small city for the figures: wards with vehicles, verdicts, cases and declarations."""

from datetime import date, datetime, timedelta
from itertools import count
from typing import Any

from django.utils import timezone

from cases.models import DailyFigure, Declaration, Verdict
from cases.progress.figures import SETS
from registry.models import Vehicle
from tests import factories
from tests.cases.rows import match_run
from vehreg.accounts.models import Unit

_numbers = count(1)


def good_vehicle(unit: Unit | None = None, *, verdict: str = "verified", **columns: Any) -> Vehicle:
    """A vehicle that is correct, complete and clean, and not confirmed by anybody."""
    number = next(_numbers)
    comparison = columns.pop("comparison", {})
    columns.setdefault("owner", None)
    if columns["owner"] is None:
        columns["owner"] = factories.owner(unit=unit, vehicle_count=1)
    vehicle = factories.vehicle(
        **{
            "unit": unit,
            "plate": f"29-H1 {number // 100:03d}.{number % 100:02d}",
            "chassis_no": f"RLHJC{number:06d}",
            "engine_no": f"JC43E-{number:06d}",
            "year_made": 2013,
            "registered_on": date(2014, 3, 1),
        }
        | columns
    )
    if verdict:
        Verdict.objects.get_or_create(
            register="owner",
            subject_id=vehicle.owner_id,
            superseded_by=None,
            defaults={
                "run": match_run(),
                "verdict": verdict,
                "pass_name": "test",
                "score": 1.0,
                "comparison": comparison,
            },
        )
    return vehicle


def declaration(at: datetime, **columns: Any) -> Declaration:
    return Declaration.objects.create(
        **{
            "channel": "ihanoi",
            "external_id": f"KB{next(_numbers)}",
            "declared_at": at,
            "subject": "vehicle",
            "declarant_name": "Vũ Quang Đạt",
        }
        | columns
    )


def days_ago(days: int) -> datetime:
    """Noon of a day of the city."""
    noon = timezone.localtime().replace(hour=12, minute=0, second=0, microsecond=0)
    return noon - timedelta(days=days)


def figure(day: date, unit: Unit | None, **values: int) -> None:
    """Figures as a count would have left them, with the sign that the day was counted."""
    for name, value in {**values}.items():
        DailyFigure.objects.create(day=day, unit=unit, name=name, value=value, counted_at=timezone.now())
    DailyFigure.objects.get_or_create(
        day=day, unit=None, name=SETS[0].clock, defaults={"value": 1, "counted_at": timezone.now()}
    )
