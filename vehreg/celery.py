"""The Celery application. Job rows in PostgreSQL are the truth; the broker is only a bell."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "vehreg.settings")

app = Celery("vehreg")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks(
    [
        "vehreg.jobs",
        "vehreg.audit",
        "vehreg.adminsite",
        "vehreg.clients",
        "vehreg.webhooks",
        "registry",
        "cases",
    ]
)
