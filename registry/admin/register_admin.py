"""What the pages of all registers share."""

from typing import Any, ClassVar

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from registry.admin.history import history_panel
from registry.admin.origin import origin_panel, received_panel
from vehreg.adminsite.admin import BaseAdmin
from vehreg.adminsite.panels import Panel
from vehreg.adminsite.words import words


class RegisterAdmin(BaseAdmin):
    """A register: only looked at here. Deliveries and approved cases change it."""

    holds_numbers = True
    list_select_related: ClassVar[Any] = ("unit",)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return [*super().get_readonly_fields(request, obj), "ward"]

    @admin.display(description=_("ward"))
    def ward(self, row: Any) -> str:
        # In words: Django would link to the unit's page, which most officers may not open.
        return words(row.unit)

    def make_panels(self, request: HttpRequest, row: Any) -> list[Panel]:
        common = (maker(request, row) for maker in (received_panel, history_panel, origin_panel))
        return super().make_panels(request, row) + [panel for panel in common if panel is not None]
