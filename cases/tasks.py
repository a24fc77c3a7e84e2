"""What happens by the clock in this app. Each task re-reads what there is to do."""

from celery import shared_task

from cases.progress.counting import count_figures


@shared_task(name="cases.count_figures")
def count_due_figures() -> None:
    """Count the figures that are due; those being counted by somebody else are left alone."""
    count_figures(only_due=True)
