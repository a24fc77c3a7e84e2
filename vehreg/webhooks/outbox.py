"""The messages that wait: lent to whoever sends them, then told, put off, or given up.

A message is lent for a while only. Whoever is killed while sending leaves it to the next one, so a receiver
may hear it twice, under the same id, and never not at all.
"""

import json
from datetime import datetime, timedelta
from typing import Any, Final, NamedTuple

from django.db import connection
from django.db.models import Exists, OuterRef
from django.utils import timezone

from vehreg.webhooks.models import Message, Webhook

# Messages in one request.
MOST: Final = 200
# Longer than a request may take.
_LENT: Final = timedelta(minutes=2)
# The wait after each attempt that failed. After the last one the message is given up: three days in all.
_MINUTES: Final = (1, 5, 15, 60, 180, 360, 720, 1440, 1440)
# Days a message stays readable.
_KEPT: Final = 30

_LEND = """
UPDATE webhooks_message SET due_at = %(until)s, attempts = attempts + 1
WHERE id IN (
    SELECT id FROM webhooks_message
    WHERE webhook_id = %(webhook)s AND due_at <= %(now)s
    ORDER BY id LIMIT %(most)s FOR UPDATE SKIP LOCKED)
RETURNING id, event, data, made_at"""

# Past the last wait there is none: the message is due no more.
_PUT_OFF = """
UPDATE webhooks_message
SET due_at = %(now)s + make_interval(mins => (%(minutes)s::int[])[attempts])
WHERE id = ANY(%(ids)s)"""


class Lent(NamedTuple):
    """A message as it is sent."""

    id: int
    event: str
    data: dict[str, Any]
    made_at: datetime

    def as_json(self) -> dict[str, Any]:
        return {"id": self.id, "event": self.event, "at": self.made_at.isoformat(), **self.data}


def waiting() -> list[Webhook]:
    """The webhooks that have something to be told now."""
    due = Message.objects.filter(webhook=OuterRef("pk"), due_at__lte=timezone.now())
    return list(Webhook.objects.filter(Exists(due), active=True).select_related("client").order_by("pk"))


def lend(webhook: Webhook) -> list[Lent]:
    """The oldest messages that are due, in their order. They are due again if nobody says how it ended."""
    now = timezone.now()
    with connection.cursor() as cursor:
        cursor.execute(_LEND, {"webhook": webhook.pk, "now": now, "until": now + _LENT, "most": MOST})
        return sorted(Lent(id, event, json.loads(data), at) for id, event, data, at in cursor.fetchall())


def settle_told(messages: list[Lent]) -> None:
    """They were heard."""
    told = Message.objects.filter(pk__in=[message.id for message in messages])
    told.update(told_at=timezone.now(), due_at=None)


def put_off(messages: list[Lent]) -> None:
    """They were not heard: again later, each after so long as its attempts ask for, or never."""
    ids = [message.id for message in messages]
    params: dict[str, Any] = {"ids": ids, "now": timezone.now(), "minutes": list(_MINUTES)}
    with connection.cursor() as cursor:
        cursor.execute(_PUT_OFF, params)


def forget_old() -> None:
    """What was told or given up long ago."""
    before = timezone.now() - timedelta(days=_KEPT)
    Message.objects.filter(made_at__lt=before, due_at=None)._raw_delete("default")
