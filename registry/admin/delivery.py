"""Deliveries: the list of files received, and a page for each through all its states."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path
from django.utils.formats import number_format
from django.utils.translation import gettext_lazy as _

from registry.admin import delivery_lists, delivery_pages, delivery_steps
from registry.admin.badges import badge
from registry.deliveries.kinds import kind_label, kinds
from registry.models import Delivery
from registry.models.delivery import DeliveryState
from vehreg.adminsite.admin import BaseAdmin
from vehreg.adminsite.navigation import DATA, add_link

add_link(DATA, 10, _("Deliveries"), "admin:registry_delivery_changelist", "registry.view_delivery")
add_link(DATA, 5, _("Deliver a file"), "admin:registry_delivery_add", "registry.add_delivery")

STATE_BADGES: dict[str, str] = {
    DeliveryState.RECEIVED: "info",
    DeliveryState.VALIDATING: "info",
    DeliveryState.VALIDATED: "warn",
    DeliveryState.APPLYING: "info",
    DeliveryState.APPLIED: "good",
    DeliveryState.UNDOING: "info",
    DeliveryState.UNDONE: "plain",
    DeliveryState.REFUSED: "bad",
    DeliveryState.CANCELLED: "plain",
    DeliveryState.FAILED: "bad",
}


class KindFilter(admin.SimpleListFilter):
    """The registered kinds; the table is not asked which it holds."""

    title = _("kind")
    parameter_name = "kind"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [(kind.name, kind.label) for kind in kinds()]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        return queryset.filter(kind=self.value()) if self.value() else queryset


@admin.register(Delivery)
class DeliveryAdmin(BaseAdmin):
    """One page leads a file from its first look to its undo; the buttons are the steps allowed now."""

    detail = delivery_pages.detail_view
    can_add = True
    looks_are_recorded = False
    holds_numbers = True
    list_display = (
        "number", "kind_shown", "filename", "state_shown", "rows_shown", "new_shown", "changed_shown",
        "rejected_shown", "delivered_by_name", "delivered_at",
    )  # fmt: skip
    list_display_links = ("number", "filename")
    list_filter = (KindFilter, "state")
    ordering = ("-id",)

    def get_urls(self) -> list[URLPattern]:
        views = {
            "read": delivery_steps.read_view,
            "check": delivery_steps.check_view,
            "apply": delivery_steps.apply_view,
            "discard": delivery_steps.discard_view,
            "undo": delivery_pages.undo_view,
            "notices": delivery_lists.notices_view,
            "kept": delivery_lists.kept_view,
            "absent": delivery_lists.absent_view,
        }
        own = [
            path(f"<int:pk>/{name}/", self.admin_site.admin_view(view), name=f"registry_delivery_{name}")
            for name, view in views.items()
        ]
        return [*own, *super().get_urls()]

    def add_view(
        self, request: HttpRequest, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        return delivery_pages.deliver_view(self, request)

    @admin.display(description=_("no."))
    def number(self, delivery: Delivery) -> str:
        return f"#{delivery.pk}"

    @admin.display(description=_("kind"))
    def kind_shown(self, delivery: Delivery) -> str:
        return kind_label(delivery.kind)

    @admin.display(description=_("state"))
    def state_shown(self, delivery: Delivery) -> str:
        return badge(delivery.get_state_display(), STATE_BADGES[delivery.state])

    @admin.display(description=_("rows"))
    def rows_shown(self, delivery: Delivery) -> str:
        return _count(delivery.rows)

    @admin.display(description=_("new"))
    def new_shown(self, delivery: Delivery) -> str:
        return _count(delivery.new)

    @admin.display(description=_("changed"))
    def changed_shown(self, delivery: Delivery) -> str:
        return _count(delivery.changed)

    @admin.display(description=_("rejected"))
    def rejected_shown(self, delivery: Delivery) -> str:
        return _count(delivery.rejected)


def _count(number: int | None) -> str:
    return "—" if number is None else number_format(number, force_grouping=True)
