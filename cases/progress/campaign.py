"""The campaign: from which day to which, and the how-manieth day it is."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.conf import settings
from django.utils import timezone

from registry.models import Delivery
from registry.models.delivery import GONE_STATES

# Plan 375 of the city's police, 31 October 2025: sixty days and nights.
DAYS = 60


@dataclass(frozen=True)
class Campaign:
    """First and last day, both included."""

    start: date
    end: date

    @property
    def length(self) -> int:
        return (self.end - self.start).days + 1

    def day_number(self, day: date) -> int:
        """1 on the first day; never outside the campaign."""
        return max(1, min((day - self.start).days + 1, self.length))

    def days_until(self, day: date) -> list[date]:
        """Every day from the first to `day`; none before the first."""
        return [self.start + timedelta(days=n) for n in range((day - self.start).days + 1)]


def current_campaign() -> Campaign:
    """As the settings say; without a first day, the sixty days from the first delivery, or from today."""
    start = date.fromisoformat(settings.CAMPAIGN_START) if settings.CAMPAIGN_START else _first_delivery()
    start = start or timezone.localdate()
    end = date.fromisoformat(settings.CAMPAIGN_END) if settings.CAMPAIGN_END else None
    return Campaign(start, max(start, end or start + timedelta(days=DAYS - 1)))


def _first_delivery() -> date | None:
    delivered = Delivery.objects.exclude(state__in=GONE_STATES).order_by("pk").values_list("delivered_at")
    first = delivered.first()
    return timezone.localdate(first[0]) if first else None
