"""Releases in bulk: the list of lots, and a page for each through all its states."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib import admin
from django.db import transaction
from django.http import HttpResponse
from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _

from cases.admin import release_cases, release_page
from cases.admin.release_list import STATE_BADGES
from cases.admin.release_steps import give_up_view
from cases.models import Release
from registry.admin.badges import badge
from vehreg.adminsite.admin import BaseAdmin
from vehreg.adminsite.navigation import DATA, add_link
from vehreg.adminsite.words import NOTHING, count

add_link(DATA, 30, _("Releases in bulk"), "admin:cases_release_changelist", "cases.view_release")


@admin.register(Release)
class ReleaseAdmin(BaseAdmin):
    """A lot is drawn on the page of its class; here it is watched, released and taken back."""

    detail = release_page.detail_view
    holds_numbers = True
    list_before_template: Any = "admin/cases/release/start.html"
    list_display = (
        "number", "class_shown", "state_shown", "lot_shown", "sample_shown", "drawn_by_shown", "drawn_at",
        "released_by_shown",
    )  # fmt: skip
    list_display_links = ("number", "class_shown")
    list_filter = ("state",)
    list_select_related = ("release_class",)
    ordering = ("-id",)

    def get_urls(self) -> list[URLPattern]:
        views: dict[str, Callable[..., HttpResponse]] = {
            "release": partial(release_page.release_view, self),
            "take_back": partial(release_page.take_back_view, self),
            "give_up": give_up_view,
            "cases": transaction.non_atomic_requests(partial(release_cases.cases_view, self)),
        }
        own = [
            path(f"<int:pk>/{name}/", self.admin_site.admin_view(view), name=f"cases_release_{name}")
            for name, view in views.items()
        ]
        return [*own, *super().get_urls()]

    @admin.display(description=_("no."))
    def number(self, release: Release) -> str:
        return str(release)

    @admin.display(description=_("release class"))
    def class_shown(self, release: Release) -> str:
        return str(release.release_class)

    @admin.display(description=_("state"))
    def state_shown(self, release: Release) -> str:
        return badge(release.get_state_display(), STATE_BADGES[release.state])

    @admin.display(description=_("cases"))
    def lot_shown(self, release: Release) -> str:
        return count(release.lot_size) if release.lot_size else NOTHING

    @admin.display(description=_("sample"))
    def sample_shown(self, release: Release) -> str:
        return count(release.sample_size) if release.sample_size else NOTHING

    @admin.display(description=_("drawn by"))
    def drawn_by_shown(self, release: Release) -> str:
        return release.drawn_by_name

    @admin.display(description=_("released by"))
    def released_by_shown(self, release: Release) -> str:
        return release.released_by_name or NOTHING
