"""What happens by the clock."""

from celery import shared_task

from vehreg.clients.services import forget_old


@shared_task(name="clients.forget_old")
def forget_old_answers() -> None:
    forget_old()
