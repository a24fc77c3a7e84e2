from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RegistryConfig(AppConfig):
    name = "registry"
    verbose_name = _("Registers")

    def ready(self) -> None:
        from registry.deliveries import declared  # noqa: F401, PLC0415 - the kinds of files, known from the start
