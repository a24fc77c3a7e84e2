"""Sends what waits to the addresses that asked for it."""

import json
import time
from typing import Final

import requests
import structlog
from django.utils import timezone

from vehreg.webhooks import outbox
from vehreg.webhooks.models import Webhook
from vehreg.webhooks.outbox import Lent
from vehreg.webhooks.signing import HEADER, signature

logger = structlog.get_logger("vehreg.webhooks")

# Seconds to connect, and to wait for an answer.
_TIMEOUT: Final = (5, 10)
# Seconds after which a webhook with much to be told lets the others have their turn.
_TURN: Final = 20


def send_waiting() -> None:
    """Tell each webhook what is due; one that does not answer keeps nobody else waiting for long."""
    for webhook in outbox.waiting():
        _send_turn(webhook)


def _send_turn(webhook: Webhook) -> None:
    until = time.monotonic() + _TURN
    while time.monotonic() < until and (messages := outbox.lend(webhook)):
        answer, was_heard = _post(webhook, messages)
        (outbox.settle_told if was_heard else outbox.put_off)(messages)
        Webhook.objects.filter(pk=webhook.pk).update(last_answer=answer, answered_at=timezone.now())
        logger.info("webhook_sent", client=webhook.client_id, messages=len(messages), answer=answer)
        if not was_heard:
            return


def _post(webhook: Webhook, messages: list[Lent]) -> tuple[str, bool]:
    """The answer in a word, and whether it says that the messages were heard."""
    body = json.dumps({"messages": [message.as_json() for message in messages]}).encode()
    headers = {
        "Content-Type": "application/json",
        HEADER: signature(webhook.secret, at=int(time.time()), body=body),
    }
    try:
        # Only the answer's first line counts. An address that sends elsewhere is to be corrected here.
        with requests.post(
            webhook.url, data=body, headers=headers, timeout=_TIMEOUT, allow_redirects=False, stream=True
        ) as answer:
            return str(answer.status_code), answer.ok and not answer.is_redirect
    except requests.RequestException as error:
        return type(error).__name__, False
