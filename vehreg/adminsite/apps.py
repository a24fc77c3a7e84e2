"""Puts our site in the place of Django's, so that every `admin.site` is ours."""

from django.contrib.admin.apps import AdminConfig


class SiteConfig(AdminConfig):
    default_site = "vehreg.adminsite.site.VehregSite"
