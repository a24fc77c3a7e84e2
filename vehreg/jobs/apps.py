from importlib import import_module

from django.apps import AppConfig
from django.conf import settings
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _


class JobsConfig(AppConfig):
    name = "vehreg.jobs"
    label = "jobs"
    verbose_name = _("Background work")

    def ready(self) -> None:
        """Load every kind of job: each application's `job_kinds.py`, and the modules the settings name."""
        autodiscover_modules("job_kinds")
        for module in settings.JOB_KIND_MODULES:
            import_module(module)
