"""Lots of declarations in the admin: the list, and a page for each through all its states."""

from collections.abc import Callable
from functools import partial

from django.contrib import admin
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _

from cases.admin import confirmation_lot_page
from cases.admin.confirmation_judge import judge_view
from cases.admin.confirmation_lot_page import STATE_BADGES
from cases.admin.confirmation_queue import lots_count
from cases.models import ConfirmationLot
from registry.admin.badges import badge
from vehreg.adminsite.admin import BaseAdmin
from vehreg.adminsite.filters import UnitFilter
from vehreg.adminsite.navigation import WORK, add_link
from vehreg.adminsite.words import NOTHING, count


def _judges(request: HttpRequest) -> bool:
    return request.user.has_perm("cases.judge_confirmationlot")


add_link(
    WORK, 75, _("Lots of declarations"), "admin:cases_confirmationlot_changelist",
    "cases.view_confirmationlot", badge=lots_count, shown=_judges,
)  # fmt: skip


@admin.register(ConfirmationLot)
class ConfirmationLotAdmin(BaseAdmin):
    """A lot is made in the queue; here its sample is judged, and it can be given up or taken back."""

    detail = confirmation_lot_page.lot_view
    looks_are_recorded = False  # figures only; who is judged is on the trail by itself
    list_display = (
        "number", "unit", "state_shown", "lot_shown", "sample_shown", "wrong_shown", "made_by_shown",
        "made_at",
    )  # fmt: skip
    list_display_links = ("number",)
    list_filter = (UnitFilter,)
    list_select_related = ("unit",)
    ordering = ("-id",)

    def get_urls(self) -> list[URLPattern]:
        one: dict[str, Callable[..., HttpResponse]] = {
            "judge": transaction.non_atomic_requests(partial(judge_view, self)),
            "give_up": confirmation_lot_page.give_up_view,
            "take_back": confirmation_lot_page.take_back_view,
        }
        pages = [
            path(f"<int:pk>/{name}/", self.admin_site.admin_view(view), name=f"cases_confirmationlot_{name}")
            for name, view in one.items()
        ]
        make = self.admin_site.admin_view(confirmation_lot_page.make_view)
        return [path("make/", make, name="cases_confirmationlot_make"), *pages, *super().get_urls()]

    @admin.display(description=_("no."))
    def number(self, lot: ConfirmationLot) -> str:
        return str(lot)

    @admin.display(description=_("state"))
    def state_shown(self, lot: ConfirmationLot) -> str:
        return badge(lot.get_state_display(), STATE_BADGES[lot.state])

    @admin.display(description=_("declarations"))
    def lot_shown(self, lot: ConfirmationLot) -> str:
        return count(lot.lot_size)

    @admin.display(description=_("sample"))
    def sample_shown(self, lot: ConfirmationLot) -> str:
        return count(lot.sample_size)

    @admin.display(description=_("errors found"))
    def wrong_shown(self, lot: ConfirmationLot) -> str:
        return count(lot.wrong) if lot.judged else NOTHING

    @admin.display(description=_("made by"))
    def made_by_shown(self, lot: ConfirmationLot) -> str:
        return lot.made_by_name
