from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CasesConfig(AppConfig):
    name = "cases"
    verbose_name = _("Cases")

    def ready(self) -> None:
        from cases import (  # noqa: PLC0415 - the kinds of files, and whom matching links an entry with
            deliveries,  # noqa: F401
            links,  # noqa: F401
        )
        from cases.declarations import deliveries as declared  # noqa: F401, PLC0415 - what deliveries set off
        from cases.door import signing_out  # noqa: F401, PLC0415 - connects the signal
        from cases.models.declaration import Channel  # noqa: PLC0415 - models are there by now
        from vehreg.clients.channels import add_channels  # noqa: PLC0415

        add_channels(Channel.choices)
