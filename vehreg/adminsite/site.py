"""The site everybody works in."""

from collections.abc import Callable
from functools import update_wrapper
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold.sites import UnfoldAdminSite

from vehreg.adminsite.purpose import purpose_context, reveal_view

# What a user with a temporary password may reach.
_OPEN_PAGES = {"password_change", "password_change_done", "logout", "jsi18n"}


class VehregSite(UnfoldAdminSite):
    """Unfold's site with our pages: exports, and the control that shows whole numbers."""

    enable_nav_sidebar = True
    index_title = gettext_lazy("Front page")

    def extra_urls(self) -> list[URLPattern]:
        # The pages of exports need the jobs' tables, which are not loaded when the site is made.
        from vehreg.adminsite.exports.views import download_view  # noqa: PLC0415

        return [
            path("reveal/", self.admin_view(reveal_view), name="reveal"),
            path("exports/", self.admin_view(self.exports), name="exports"),
            path("exports/<int:job_id>/", self.admin_view(download_view), name="export_download"),
        ]

    def admin_view(self, view: Callable[..., Any], cacheable: bool = False) -> Any:
        inner = super().admin_view(view, cacheable)

        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
            here = request.resolver_match.url_name if request.resolver_match else ""
            if getattr(request.user, "must_change_password", False) and here not in _OPEN_PAGES:
                messages.info(request, _("Your password is temporary: choose one of your own."))
                return HttpResponseRedirect(reverse("admin:password_change"))
            return inner(request, *args, **kwargs)

        return update_wrapper(guarded, inner)

    def exports(self, request: HttpRequest) -> HttpResponse:
        from vehreg.adminsite.exports.views import exports_view  # noqa: PLC0415

        return exports_view(request, self.each_context(request))

    def extra_context(self, context: dict[str, Any], request: HttpRequest) -> dict[str, Any]:
        return context | purpose_context(request)
