"""Django's own admin over the same tables: changelists as a tutorial writes them.

`python -m …` with `{"user": id, "pages": {key: address}}` on standard input prints milliseconds by key.
"""

from __future__ import annotations

import json
import sys

import django

django.setup()

from django.apps import apps  # noqa: E402 - Django must be set up
from django.contrib import admin  # noqa: E402
from django.test import override_settings  # noqa: E402
from django.urls import path  # noqa: E402

from cases.models import VerificationCase  # noqa: E402
from registry.models import Owner, Person, Vehicle  # noqa: E402
from tests.benchmarks.addresses import PAGE_SIZE  # noqa: E402
from tests.benchmarks.opening import open_page, signed_in  # noqa: E402
from vehreg.accounts.models import User  # noqa: E402

_TIMES = 3

site = admin.AdminSite(name="admin")


class StockAdmin(admin.ModelAdmin):
    list_per_page = PAGE_SIZE


@admin.register(VerificationCase, site=site)
class CaseAdmin(StockAdmin):
    list_display = ("id", "kind", "subject_name", "vehicle_count", "state", "unit", "assignee", "due_on")
    list_filter = ("state", "kind", "priority")
    list_select_related = ("unit", "assignee")
    search_fields = ("subject_name", "name_key")


@admin.register(Vehicle, site=site)
class VehicleAdmin(StockAdmin):
    list_display = ("plate", "vehicle_kind", "brand", "model_code", "owner", "unit", "status")
    list_filter = ("vehicle_kind", "status")
    list_select_related = ("owner", "unit")
    search_fields = ("plate", "plate_key", "owner__id_number")


@admin.register(Owner, site=site)
class OwnerAdmin(StockAdmin):
    list_display = ("name", "id_number", "birth_date", "unit", "vehicle_count")
    list_filter = ("kind",)
    list_select_related = ("unit",)
    search_fields = ("name", "name_key", "id_number")


@admin.register(Person, site=site)
class PersonAdmin(StockAdmin):
    list_display = ("full_name", "personal_id", "birth_date", "unit")
    list_select_related = ("unit",)
    search_fields = ("full_name", "name_key", "personal_id")


urlpatterns = [path("stock/", site.urls)]

_TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        # Django's own pages, not those that our theme puts in their place.
        "DIRS": [f"{apps.get_app_config('admin').path}/templates"],
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    }
]


def main(asked: dict[str, object]) -> dict[str, float]:
    with override_settings(ROOT_URLCONF=__name__, TEMPLATES=_TEMPLATES):
        client = signed_in(User.objects.get(pk=asked["user"]))
        return {
            key: open_page(client, key, address, times=_TIMES).milliseconds
            for key, address in asked["pages"].items()
        }


if __name__ == "__main__":
    print(json.dumps(main(json.load(sys.stdin))))
