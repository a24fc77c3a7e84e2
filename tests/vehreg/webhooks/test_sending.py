"""What a system asked to be told, it is told: signed, in order, again until it has heard it."""

import hashlib
import hmac
import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.utils import timezone

from tests.vehreg.webhooks.receiver import Receiver
from vehreg.clients.services import create_client
from vehreg.webhooks import outbox
from vehreg.webhooks.models import Message, Webhook
from vehreg.webhooks.sending import send_waiting

pytestmark = pytest.mark.django_db


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with Receiver() as receiver:
        yield receiver


@pytest.fixture
def webhook(receiver: Receiver) -> Webhook:
    client, _secret = create_client(name="iHanoi", channel="ihanoi")
    return Webhook.objects.create(client=client, url=receiver.url)


def announce(webhook: Webhook, *numbers: int) -> None:
    for number in numbers:
        Message.objects.create(webhook=webhook, event="declaration.changed", data={"declaration": number})


def told(receiver: Receiver) -> list[int]:
    return [message["declaration"] for message in receiver.heard]


def pass_time(**time: int) -> None:
    for message in Message.objects.exclude(due_at=None):
        Message.objects.filter(pk=message.pk).update(due_at=message.due_at - timedelta(**time))


def test_what_waits_is_told_once_and_in_its_order(webhook: Webhook, receiver: Receiver) -> None:
    announce(webhook, 3, 1, 2)
    send_waiting()
    send_waiting()
    assert told(receiver) == [3, 1, 2]
    assert len(receiver.requests) == 1
    webhook.refresh_from_db()
    assert webhook.last_answer == "204"


def test_a_message_says_its_id_what_happened_and_when(webhook: Webhook, receiver: Receiver) -> None:
    announce(webhook, 7)
    send_waiting()
    (message,) = receiver.heard
    kept = Message.objects.get()
    assert message == {
        "id": kept.pk,
        "event": "declaration.changed",
        "at": kept.made_at.isoformat(),
        "declaration": 7,
    }


def test_the_signature_covers_time_and_body(webhook: Webhook, receiver: Receiver) -> None:
    announce(webhook, 1)
    send_waiting()
    headers, body = receiver.requests[0]
    match = re.fullmatch(r"t=(\d+),v1=([0-9a-f]{64})", headers["Vehreg-Signature"])
    assert match is not None
    expected = hmac.new(webhook.secret.encode(), f"{match[1]}.".encode() + body, hashlib.sha256)
    assert match[2] == expected.hexdigest()
    assert abs(int(match[1]) - timezone.now().timestamp()) < 60


@pytest.mark.parametrize("status", [500, 404, 302])
def test_what_was_not_heard_is_told_again_later(webhook: Webhook, receiver: Receiver, status: int) -> None:
    receiver.status = status
    announce(webhook, 1, 2)
    send_waiting()
    send_waiting()
    assert told(receiver) == [1, 2]
    webhook.refresh_from_db()
    assert webhook.last_answer == str(status)
    receiver.status = 200
    pass_time(minutes=1)
    send_waiting()
    assert told(receiver) == [1, 2, 1, 2]
    assert not Message.objects.filter(told_at=None).exists()


def test_nobody_answering_is_no_error_and_others_are_told(webhook: Webhook, receiver: Receiver) -> None:
    other, _secret = create_client(name="Cổng", channel="ihanoi")
    silent = Webhook.objects.create(client=other, url="http://127.0.0.1:9/")
    announce(silent, 1)
    announce(webhook, 2)
    send_waiting()
    assert told(receiver) == [2]
    silent.refresh_from_db()
    assert silent.last_answer == "ConnectionError"


def test_after_three_days_a_message_is_given_up(webhook: Webhook, receiver: Receiver) -> None:
    receiver.status = 503
    announce(webhook, 1)
    for _attempt in range(12):
        send_waiting()
        pass_time(days=1)
    message = Message.objects.get()
    assert message.attempts == len(receiver.requests) == 10
    assert (message.due_at, message.told_at) == (None, None)


def test_what_a_killed_sender_was_sending_is_sent_by_the_next(webhook: Webhook, receiver: Receiver) -> None:
    announce(webhook, 1)
    assert [lent.data for lent in outbox.lend(webhook)] == [{"declaration": 1}]
    send_waiting()
    assert told(receiver) == []
    pass_time(minutes=2)
    send_waiting()
    assert told(receiver) == [1]


def test_a_webhook_that_is_switched_off_is_told_nothing(webhook: Webhook, receiver: Receiver) -> None:
    announce(webhook, 1)
    Webhook.objects.update(active=False)
    send_waiting()
    assert told(receiver) == []


def test_many_messages_come_in_several_requests(
    webhook: Webhook, receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(outbox, "MOST", 2)
    announce(webhook, *range(5))
    send_waiting()
    assert [len(body) > 0 for _headers, body in receiver.requests] == [True] * 3
    assert told(receiver) == list(range(5))


def test_old_messages_are_forgotten_and_those_that_wait_are_not(webhook: Webhook, receiver: Receiver) -> None:
    announce(webhook, 1)
    send_waiting()
    announce(webhook, 2)
    Message.objects.update(made_at=timezone.now() - timedelta(days=40))
    outbox.forget_old()
    assert [message.data for message in Message.objects.all()] == [{"declaration": 2}]
