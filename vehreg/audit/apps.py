from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AuditConfig(AppConfig):
    name = "vehreg.audit"
    label = "audit"
    verbose_name = _("Audit")

    def ready(self) -> None:
        from vehreg.audit import signins  # noqa: F401, PLC0415 - connects the sign-in signals
