"""The list of one register: pages turned by key, counts capped, and nobody kept waiting."""

from typing import Any

from django.contrib import messages
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.views.main import ORDER_VAR, SEARCH_VAR
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from unfold.views import ChangeList

from vehreg.adminsite.counting import count_words, more_than, patient_count
from vehreg.adminsite.keyset import AFTER_VAR, BEFORE_VAR, LAST, keyset_page
from vehreg.adminsite.search import FIRST_OF_A_NAME

_PAGE_VARS = (AFTER_VAR, BEFORE_VAR)
# Attributes of a request: its list took too long and is shown empty; only the queryset is wanted.
GIVEN_UP, ROWS_ONLY = "_list_given_up", "_list_rows_only"


class KeysetChangeList(ChangeList):
    """`?after=id` and `?before=id` on the list's own ordering; `?before=last` is the end."""

    has_previous = has_next = False

    def get_queryset(self, request: HttpRequest, exclude_parameters: Any = None) -> QuerySet[Any]:
        if any("\x00" in value for name, value in self.params.items() if name != SEARCH_VAR):
            raise IncorrectLookupParameters("NUL")
        # Another filter or order begins at its first page: links must not carry the place.
        self.place = {name: self.params.pop(name, "") for name in _PAGE_VARS}
        for name in _PAGE_VARS:
            self.filter_params.pop(name, None)
        rows: QuerySet[Any] = super().get_queryset(request, exclude_parameters)
        return rows.none() if hasattr(request, GIVEN_UP) else rows

    def get_ordering(self, request: HttpRequest, queryset: QuerySet[Any]) -> list[Any]:
        """The column that was clicked and the key after it, both one way: so an index has them."""
        ordering = super().get_ordering(request, queryset)
        return ordering[:1] if self.params.get(ORDER_VAR) else ordering

    def get_ordering_field(self, field_name: Any) -> Any:
        """None for a column that is not offered: Django would order by it all the same."""
        offered = self.sortable_by is None or field_name in self.sortable_by
        return super().get_ordering_field(field_name) if offered else None

    def get_results(self, request: HttpRequest) -> None:
        self.paginator = self.model_admin.get_paginator(request, self.queryset, self.list_per_page)
        if hasattr(request, ROWS_ONLY):
            self.result_list, self.result_count, self.full_result_count = [], 0, 0
            self.can_show_all = self.multi_page = False
            return
        try:
            page = keyset_page(
                self.queryset,
                anchors=self.root_queryset,
                ordering=self.queryset.query.order_by,
                size=self.list_per_page,
                after=self.place[AFTER_VAR],
                before=self.place[BEFORE_VAR],
            )
        except (ValueError, TypeError) as error:
            raise IncorrectLookupParameters from error
        model_admin: Any = self.model_admin
        self.result_list = model_admin.prepare_rows(request, page.rows)
        self.has_previous, self.has_next = page.has_previous, page.has_next
        self.rows_counted = self._count()
        self.result_count = len(self.result_list) if self.rows_counted is None else self.rows_counted
        self.show_full_result_count, self.full_result_count = False, self.result_count
        self.show_admin_actions = True
        self.can_show_all = self.multi_page = False
        if self.is_first_of_a_name:
            messages.info(request, first_of_a_name())

    def _count(self) -> int | None:
        """How many there are; None where it is not to be had in a moment. One page counts itself."""
        if not self.has_previous and not self.has_next:
            return len(self.result_list)
        return patient_count(self.queryset)

    @property
    def is_first_of_a_name(self) -> bool:
        """Whether a search has found more than it lists."""
        return bool(self.query) and self.rows_counted == FIRST_OF_A_NAME

    @property
    def menus(self) -> list[dict[str, Any]]:
        """The filters, each with the choices it offers."""
        return [{"title": spec.title, "choices": list(spec.choices(self))} for spec in self.filter_specs]

    @property
    def count_words(self) -> str:
        if self.rows_counted is None or self.is_first_of_a_name:
            return more_than(self.result_count)
        return count_words(self.rows_counted)

    @property
    def first_url(self) -> str:
        return self.get_query_string()

    @property
    def last_url(self) -> str:
        return self.get_query_string({BEFORE_VAR: LAST})

    @property
    def previous_url(self) -> str:
        return self.get_query_string({BEFORE_VAR: self.result_list[0].pk}) if self.result_list else "?"

    @property
    def next_url(self) -> str:
        return self.get_query_string({AFTER_VAR: self.result_list[-1].pk}) if self.result_list else "?"


def first_of_a_name() -> str:
    return _("A common name: these are the first %(count)s. Type more of it, or choose a ward.") % {
        "count": number_format(FIRST_OF_A_NAME, force_grouping=True)
    }
