"""Where the numbers lead: the list behind each, or "" for a user who has no such list."""

from urllib.parse import urlencode

from django.http import HttpRequest

from cases.models import Declaration, VerificationCase
from registry.models import Delivery, Vehicle
from vehreg.adminsite.panels import list_url


def cases(request: HttpRequest, **filters: str) -> str:
    return list_url(request, VerificationCase, urlencode({"tab": "all", **filters}))


def vehicles(request: HttpRequest, **filters: str) -> str:
    return list_url(request, Vehicle, urlencode(filters))


def declarations(request: HttpRequest) -> str:
    return list_url(request, Declaration, "").rstrip("?")


def deliveries(request: HttpRequest) -> str:
    return list_url(request, Delivery, "").rstrip("?")
