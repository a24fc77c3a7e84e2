"""Which day a page is asked about, and the days that may be asked for."""

from datetime import date

from django.http import HttpRequest

from cases.progress.reading import days_counted

# How many past days "another day" offers.
DAYS_OFFERED = 14


def asked_day(request: HttpRequest) -> date | None:
    """The day in the address; None, which is today, where there is none or nonsense."""
    try:
        return date.fromisoformat(request.GET.get("day", ""))
    except ValueError:
        return None


def days_offered() -> list[date]:
    return days_counted(until=date.max, limit=DAYS_OFFERED)
