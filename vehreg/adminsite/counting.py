"""Counts that stay honest and cheap: exact to ten thousand, "more than 10,000" beyond."""

from typing import Any

from django.core.exceptions import EmptyResultSet
from django.core.paginator import Paginator
from django.db import connection, models
from django.utils.formats import number_format
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from vehreg.adminsite.patience import COUNT_MS, TookTooLong, within

COUNT_CAP = 10_000


def capped_count(queryset: models.QuerySet[Any]) -> int:
    """The number of rows, or `COUNT_CAP + 1` where there are more."""
    if queryset.query.is_empty():
        return 0
    return int(queryset.order_by()[: COUNT_CAP + 1].count())


def patient_count(queryset: models.QuerySet[Any]) -> int | None:
    """The capped count, or None where it is not to be had in a moment. Needs a transaction."""
    try:
        with within(COUNT_MS):
            return capped_count(queryset)
    except TookTooLong:
        return None


def capped_counts(querysets: dict[str, models.QuerySet[Any]]) -> dict[str, int]:
    """The capped count of each queryset, all in one query."""
    counted: list[str] = []
    parts: list[str] = []
    params: list[Any] = []
    for name, queryset in querysets.items():
        try:
            sql, values = queryset.order_by()[: COUNT_CAP + 1].query.sql_with_params()
        except EmptyResultSet:
            continue
        counted.append(name)
        parts.append(f"(SELECT count(*) FROM ({sql}) AS rows)")
        params += values
    found: tuple[int, ...] = ()
    if parts:
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {', '.join(parts)}", params)
            found = cursor.fetchone()
    return dict.fromkeys(querysets, 0) | dict(zip(counted, found, strict=True))


def count_words(count: int | None, most: int = COUNT_CAP) -> str:
    """The count as shown to people; it was counted up to `most`."""
    if count is None:
        return _("not counted")
    if count > most:
        return more_than(most)
    return number_format(count, force_grouping=True)


def more_than(count: int) -> str:
    return _("more than %(count)s") % {"count": number_format(count, force_grouping=True)}


class CappedPaginator(Paginator):  # type: ignore[type-arg]
    """Django's paginator with a capped count: lists show it, autocompletes turn its few pages."""

    template_name: str = "admin/keyset_pagination.html"

    @cached_property
    def count(self) -> int:
        rows: Any = self.object_list
        return capped_count(rows) if isinstance(rows, models.QuerySet) else len(rows)
