"""The list of one register: pages turned by key, counts capped."""

from typing import Any

from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.views.main import SEARCH_VAR
from django.db.models import QuerySet
from django.http import HttpRequest
from unfold.views import ChangeList

from vehreg.adminsite.counting import count_words
from vehreg.adminsite.keyset import AFTER_VAR, BEFORE_VAR, LAST, keyset_page

_PAGE_VARS = (AFTER_VAR, BEFORE_VAR)


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
        return super().get_queryset(request, exclude_parameters)

    def get_results(self, request: HttpRequest) -> None:
        self.paginator = self.model_admin.get_paginator(request, self.queryset, self.list_per_page)
        self.result_count = self.paginator.count
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
        self.show_full_result_count, self.full_result_count = False, self.result_count
        self.show_admin_actions = True
        self.can_show_all = self.multi_page = False

    @property
    def menus(self) -> list[dict[str, Any]]:
        """The filters, each with the choices it offers."""
        return [{"title": spec.title, "choices": list(spec.choices(self))} for spec in self.filter_specs]

    @property
    def count_words(self) -> str:
        return count_words(self.result_count)

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
