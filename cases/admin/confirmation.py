"""Confirmation by the ward in the admin: the queue, one declaration, and who confirmed what."""

from functools import partial
from typing import ClassVar

from django.contrib import admin
from django.db import transaction
from django.http import HttpRequest
from django.urls import URLPattern, path
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from cases.admin.confirmation_page import one_view
from cases.admin.confirmation_queue import PAGE, queue_view, waiting_count
from cases.admin.declaration_panels import subject_words
from cases.models import Confirmation, Declaration
from cases.workflow import WORK as WORK_ON_CASES
from registry.admin.badges import badge
from vehreg.adminsite.admin import BaseAdmin
from vehreg.adminsite.filters import UnitFilter
from vehreg.adminsite.navigation import LOOKUP, WORK, add_link
from vehreg.adminsite.panels import Cell, Panel, add_panel
from vehreg.adminsite.words import NOTHING, words

VIEW = "cases.view_confirmation"
_BADGES = {"confirmed": "good", "questioned": "warn", "taken_back": "plain"}


def _works(request: HttpRequest) -> bool:
    return request.user.has_perm(WORK_ON_CASES)


add_link(WORK, 15, _("To be confirmed"), PAGE, VIEW, badge=waiting_count, shown=_works)
add_link(LOOKUP, 55, _("Confirmed by the ward"), "admin:cases_confirmation_changelist", VIEW)


def words_panel(request: HttpRequest, declaration: Declaration) -> Panel | None:
    """What officers of the ward said of a declaration, newest first."""
    found = declaration.confirmations.order_by("-pk")
    rows = [
        (
            Cell(words(one.at)),
            Cell(one.get_outcome_display(), badge=_BADGES[one.outcome]),
            Cell(one.officer_name),
            Cell(one.reason or NOTHING),
        )
        for one in found
    ]
    columns = [_t("at"), _t("outcome"), _t("officer"), _t("reason")]
    return Panel(_("The ward's word"), columns=columns, rows=rows) if rows else None


add_panel("cases.declaration", words_panel)


@admin.register(Confirmation)
class ConfirmationAdmin(BaseAdmin):
    """The list is what was said, newest first; the queue and the page of one declaration hang below it."""

    list_display = (
        "at", "subject", "declarant", "outcome_shown", "officer_shown", "unit", "lot", "reason",
    )  # fmt: skip
    list_filter = (UnitFilter,)
    list_select_related = ("declaration", "unit", "lot")
    ordering = ("-id",)
    links: ClassVar = frozenset({"declaration__id__exact", "lot__id__exact"})
    readonly_fields = ("subject", "declarant", "outcome_shown", "officer_shown")
    fieldsets = (
        (_("Confirmation"), {"fields": ("at", "outcome_shown", "officer_shown", "unit", "lot", "reason")}),
        (_("Declaration"), {"fields": ("subject", "declarant")}),
    )

    def get_urls(self) -> list[URLPattern]:
        # Not atomic as a whole: the look is on the trail before the declaration is shown.
        one = self.admin_site.admin_view(transaction.non_atomic_requests(partial(one_view, self)))
        queue = self.admin_site.admin_view(partial(queue_view, self))
        return [
            path("waiting/", queue, name="cases_confirmation_waiting"),
            path("waiting/<int:pk>/", one, name="cases_confirmation_one"),
            *super().get_urls(),
        ]

    @admin.display(description=_("about"))
    def subject(self, word: Confirmation) -> str:
        return subject_words(word.declaration)

    @admin.display(description=_("declarant"))
    def declarant(self, word: Confirmation) -> str:
        return str(word.declaration.declarant_name)

    @admin.display(description=_("outcome"))
    def outcome_shown(self, word: Confirmation) -> str:
        return badge(word.get_outcome_display(), _BADGES[word.outcome])

    @admin.display(description=_("officer"))
    def officer_shown(self, word: Confirmation) -> str:
        return word.officer_name
