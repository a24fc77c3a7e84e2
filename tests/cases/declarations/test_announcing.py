"""A system that sent a declaration is told what became of it."""

from typing import Any

import pytest

from cases.intake.services import receive
from cases.models import Declaration
from tests.cases.declarations.rows import declaration
from vehreg.clients.models import Client
from vehreg.clients.services import create_client
from vehreg.webhooks.models import Message, Webhook

pytestmark = pytest.mark.django_db(transaction=True)


def listening(name: str) -> Client:
    client, _secret = create_client(name=name, channel="ihanoi")
    Webhook.objects.create(client=client, url="http://127.0.0.1:9/")
    return client


def send(client: Client, external_id: str) -> int:
    item = {
        "external_id": external_id,
        "declared_at": "2026-01-02T08:00:00+07:00",
        "subject": "vehicle",
        "declarant_name": "Trần Thị Bình",
        "plate": "29A-123.45",
        "usage_status": "in_use_owner",
    }
    (received,) = receive([item], channel="ihanoi", client=client)
    assert received.declaration is not None
    return received.declaration


def messages() -> list[Any]:
    return list(Message.objects.order_by("id").values_list("webhook__client", "data"))


def test_each_change_is_announced_to_the_system_that_sent_it_and_to_no_other() -> None:
    ours, other = listening("iHanoi"), listening("Cổng")
    mine, theirs = send(ours, "A1"), send(other, "B1")
    Declaration.objects.filter(pk=mine).update(state="unknown")
    Declaration.objects.filter(pk=theirs).update(state="differs")
    assert messages() == [
        (ours.pk, {"declaration": mine, "external_id": "A1", "state": "unknown"}),
        (other.pk, {"declaration": theirs, "external_id": "B1", "state": "differs"}),
    ]


def test_what_does_not_change_or_is_only_looked_at_again_is_not_announced() -> None:
    mine = send(listening("iHanoi"), "A1")
    Declaration.objects.filter(pk=mine).update(state="unknown")
    Declaration.objects.filter(pk=mine).update(state="unknown", note="x")
    Declaration.objects.filter(pk=mine).update(state="received")
    assert len(messages()) == 1


def test_what_came_in_a_file_is_announced_to_nobody() -> None:
    listening("iHanoi")
    declaration(state="received")
    Declaration.objects.update(state="unknown")
    assert messages() == []


def test_nothing_is_kept_for_a_webhook_that_is_switched_off() -> None:
    client = listening("iHanoi")
    mine = send(client, "A1")
    Webhook.objects.update(active=False)
    Declaration.objects.filter(pk=mine).update(state="unknown")
    assert messages() == []
