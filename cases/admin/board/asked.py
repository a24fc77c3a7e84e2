"""Which day a page is asked about."""

from datetime import date

from django.http import HttpRequest


def asked_day(request: HttpRequest) -> date | None:
    """The day in the address; None, which is today, where there is none or nonsense."""
    try:
        return date.fromisoformat(request.GET.get("day", ""))
    except ValueError:
        return None
