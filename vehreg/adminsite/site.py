"""The site everybody works in."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path
from unfold.sites import UnfoldAdminSite

from vehreg.adminsite.purpose import purpose_context, reveal_view


class VehregSite(UnfoldAdminSite):
    """Unfold's site with our pages: exports, and the control that shows whole numbers."""

    enable_nav_sidebar = True

    def extra_urls(self) -> list[URLPattern]:
        # The pages of exports need the jobs' tables, which are not loaded when the site is made.
        from vehreg.adminsite.exports.views import download_view  # noqa: PLC0415

        return [
            path("reveal/", self.admin_view(reveal_view), name="reveal"),
            path("exports/", self.admin_view(self.exports), name="exports"),
            path("exports/<int:job_id>/", self.admin_view(download_view), name="export_download"),
        ]

    def exports(self, request: HttpRequest) -> HttpResponse:
        from vehreg.adminsite.exports.views import exports_view  # noqa: PLC0415

        return exports_view(request, self.each_context(request))

    def extra_context(self, context: dict[str, Any], request: HttpRequest) -> dict[str, Any]:
        return context | purpose_context(request)
