from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ClientsConfig(AppConfig):
    name = "vehreg.clients"
    label = "clients"
    verbose_name = _("Connected systems")

    def ready(self) -> None:
        from vehreg.clients import schema  # noqa: F401, PLC0415 - how the description of the API names them
