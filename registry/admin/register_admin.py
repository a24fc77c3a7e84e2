"""What the pages of all registers share."""

from typing import Any, ClassVar

from django.http import HttpRequest

from registry.admin.history import history_panel
from registry.admin.origin import origin_panel, received_panel
from vehreg.adminsite.admin import BaseAdmin
from vehreg.adminsite.panels import Panel


class RegisterAdmin(BaseAdmin):
    """A register: only looked at here. Deliveries and approved cases change it."""

    holds_numbers = True
    list_select_related: ClassVar[Any] = ("unit",)

    def make_panels(self, request: HttpRequest, row: Any) -> list[Panel]:
        common = (maker(request, row) for maker in (received_panel, history_panel, origin_panel))
        return super().make_panels(request, row) + [panel for panel in common if panel is not None]
