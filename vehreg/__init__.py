"""The project: how the parts are wired. Knows nothing about vehicles."""

from vehreg.celery import app as celery_app

__all__ = ["celery_app"]
