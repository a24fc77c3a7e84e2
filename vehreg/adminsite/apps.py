"""Puts our site in the place of Django's, so that every `admin.site` is ours."""

from django.contrib.admin.apps import AdminConfig


class SiteConfig(AdminConfig):
    default_site = "vehreg.adminsite.site.VehregSite"

    def ready(self) -> None:
        from vehreg.adminsite import menu  # noqa: F401, PLC0415 - our lines of the menu
        from vehreg.adminsite.exports import job  # noqa: F401, PLC0415 - makes the kind of job known

        super().ready()
        from vehreg.adminsite import foreign  # noqa: PLC0415 - after the libraries have registered theirs

        foreign.arrange()
