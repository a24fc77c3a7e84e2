"""Counts that stay honest and cheap: exact to ten thousand, "more than 10,000" beyond."""

from typing import Any

from django.core.paginator import Paginator
from django.db import connection, models
from django.utils.formats import number_format
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

COUNT_CAP = 10_000


def capped_count(queryset: models.QuerySet[Any]) -> int:
    """The number of rows, or `COUNT_CAP + 1` where there are more."""
    if queryset.query.is_empty():
        return 0
    return int(queryset.order_by()[: COUNT_CAP + 1].count())


def capped_counts(querysets: dict[str, models.QuerySet[Any]]) -> dict[str, int]:
    """The capped count of each queryset, all in one query."""
    counted = {name: queryset for name, queryset in querysets.items() if not queryset.query.is_empty()}
    parts: list[str] = []
    params: list[Any] = []
    for queryset in counted.values():
        sql, values = queryset.order_by()[: COUNT_CAP + 1].query.sql_with_params()
        parts.append(f"(SELECT count(*) FROM ({sql}) AS rows)")
        params += values
    found: tuple[int, ...] = ()
    if parts:
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {', '.join(parts)}", params)
            found = cursor.fetchone()
    return dict.fromkeys(querysets, 0) | dict(zip(counted, found, strict=True))


def count_words(count: int) -> str:
    """The count as shown to people."""
    if count > COUNT_CAP:
        return _("more than %(count)s") % {"count": number_format(COUNT_CAP, force_grouping=True)}
    return number_format(count, force_grouping=True)


class CappedPaginator(Paginator):  # type: ignore[type-arg]
    """Django's paginator with a capped count: lists show it, autocompletes turn its few pages."""

    template_name: str = "admin/keyset_pagination.html"

    @cached_property
    def count(self) -> int:
        rows: Any = self.object_list
        return capped_count(rows) if isinstance(rows, models.QuerySet) else len(rows)
