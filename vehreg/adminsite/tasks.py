"""What happens by the clock to what lists have left behind."""

from celery import shared_task

from vehreg.madefiles.keeping import remove_expired


@shared_task(name="adminsite.remove_expired_exports")
def remove_expired_exports() -> None:
    """Files leave the house for a day, whether or not anybody orders another."""
    remove_expired()
