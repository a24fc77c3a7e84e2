"""What happens by the clock."""

from celery import shared_task

from vehreg.webhooks.outbox import forget_old
from vehreg.webhooks.sending import send_waiting


@shared_task(name="webhooks.send")
def send() -> None:
    send_waiting()


@shared_task(name="webhooks.forget_old")
def forget_old_messages() -> None:
    forget_old()
