"""The front page. Apps above this one add what they show through `front_page`."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest

FrontPage = Callable[[HttpRequest, dict[str, Any]], dict[str, Any]]
_front_pages: list[FrontPage] = []


def front_page(builder: FrontPage) -> FrontPage:
    """Register a builder that adds to the front page's context."""
    _front_pages.append(builder)
    return builder


def dashboard_callback(request: HttpRequest, context: dict[str, Any]) -> dict[str, Any]:
    for builder in _front_pages:
        context |= builder(request, context)
    return context
