"""The rows behind a figure: the same conditions as `cases.progress.figures`, for lists and their filters."""

from datetime import date, datetime, time, timedelta

from django.db.models import BooleanField, F, Func, Q
from django.utils import timezone

from cases.progress.campaign import current_campaign
from cases.progress.qualities import one_vehicle

NOTHING = Q(pk__in=[])

# Backlog by age: opened at least and less than so many days before today.
AGES: dict[str, tuple[int | None, int | None]] = {"new": (None, 2), "week": (2, 7), "old": (7, None)}


def midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min), timezone.get_default_timezone())


def on_day(column: str, text: str) -> Q:
    """What happened on the day of the city that `text` (YYYY-MM-DD) names."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return NOTHING
    return Q(**{f"{column}__gte": midnight(day), f"{column}__lt": midnight(day + timedelta(days=1))})


def of_age(text: str) -> Q:
    """Cases opened so long ago: a name of `AGES`."""
    if text not in AGES:
        return NOTHING
    older_than, younger_than = AGES[text]
    today, condition = timezone.localdate(), Q()
    if older_than is not None:
        condition &= Q(opened_at__lt=midnight(today - timedelta(days=older_than)))
    if younger_than is not None:
        condition &= Q(opened_at__gte=midnight(today - timedelta(days=younger_than)))
    return condition


def vehicles_with(quality: str, *, has_it: bool) -> Q:
    """The condition that a vehicle is registered and is, or is not, correct, complete, clean or live."""
    start = current_campaign().start
    days = {"today": timezone.localdate(), "start": start}
    sql = one_vehicle(quality, vehicle_id="%(vehicle)s", has_it=has_it)
    own = sql % ({name: f"DATE '{day}'" for name, day in days.items()} | {"vehicle": "%(expressions)s"})
    condition = Q(Func(F("pk"), template=own, output_field=BooleanField()))
    if quality == "live" and has_it:
        # Follows from it, and has an index: where few are, the others need not be looked at.
        condition &= Q(confirmed_on__gte=start)
    return condition
