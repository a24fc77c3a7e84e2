"""Approved corrections: what was written to the registers, by whose proposal and whose approval."""

from typing import Any

from django.contrib import admin
from django.db.models import Q
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from cases.admin.change_record_panels import case_panel, changes_panel, field_label
from cases.change_feed import changed_fields, entry_names
from cases.models import ChangeRecord
from cases.search import by_number, by_plate, case_id
from registry.admin.searches import digits_of, plate_of
from vehreg.adminsite.admin import BaseAdmin
from vehreg.adminsite.filters import UnitFilter
from vehreg.adminsite.navigation import WATCH, add_link
from vehreg.adminsite.search import SearchField
from vehreg.adminsite.words import NOTHING

add_link(WATCH, 60, _("Corrections"), "admin:cases_changerecord_changelist", "cases.view_changerecord")


def _of_case(text: str) -> Q | None:
    number = case_id(text)
    return Q(case_id=number) if number else None


def _of_plate(text: str) -> Q | None:
    plate = plate_of(text)
    return by_plate(plate) if plate else None


def _of_number(text: str) -> Q | None:
    number = digits_of(text)
    return by_number(number) if number else None


@admin.register(ChangeRecord)
class ChangeRecordAdmin(BaseAdmin):
    """The feed as people read it. Nothing here is ever changed."""

    holds_numbers = True
    list_display = (
        "number", "at", "entry", "corrected", "unit", "proposed_by_name", "approved_by_name", "case_number",
    )  # fmt: skip
    list_display_links = ("number", "at")
    list_filter = (UnitFilter, "register")
    list_select_related = ("unit", "case")
    ordering = ("-id",)
    panels = (changes_panel, case_panel)
    readonly_fields = ("number",)
    fieldsets = (
        (_("Correction"), {"fields": ("number", "at", "unit", "proposed_by_name", "approved_by_name")}),
    )
    search = (
        SearchField(_("case number"), _of_case),
        SearchField(_("plate"), _of_plate),
        SearchField(_("personal number"), _of_number),
    )

    def prepare_rows(self, request: HttpRequest, rows: list[Any]) -> list[Any]:
        names = entry_names(rows)
        for row in rows:
            row.entry_name = names.get((row.register, row.subject_id), "")
        return super().prepare_rows(request, rows)

    @admin.display(description=_("number"))
    def number(self, record: ChangeRecord) -> str:
        return str(record)

    @admin.display(description=_("entry"))
    def entry(self, record: ChangeRecord) -> str:
        return getattr(record, "entry_name", "") or NOTHING

    @admin.display(description=_("corrected"))
    def corrected(self, record: ChangeRecord) -> str:
        return ", ".join(field_label(record, field) for field in changed_fields(record))

    @admin.display(description=_("case"))
    def case_number(self, record: ChangeRecord) -> str:
        return record.case.number
