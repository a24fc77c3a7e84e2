"""The last deliveries, for those who load them."""

from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest

from cases.admin.board import words
from registry.models import Delivery
from vehreg.adminsite.panels import detail_url

SHOWN = 8


@dataclass(frozen=True)
class DeliveryLine:
    name: str
    url: str
    at: datetime
    state: str
    new: str
    changed: str
    rejected: str


def delivery_lines(request: HttpRequest) -> list[DeliveryLine]:
    """The newest deliveries first."""
    return [
        DeliveryLine(
            name=delivery.filename,
            url=detail_url(request, delivery),
            at=delivery.delivered_at,
            state=str(delivery.get_state_display()),
            new=_count(delivery.new),
            changed=_count(delivery.changed),
            rejected=_count(delivery.rejected),
        )
        for delivery in Delivery.objects.order_by("-pk")[:SHOWN]
    ]


def _count(value: int | None) -> str:
    return words.NOTHING if value is None else words.count(value)
