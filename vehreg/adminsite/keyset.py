"""Turning pages by key: the next page begins after a row, so page 40,000 costs what page 1 does.

The address of a page names a row by its id only; what the row says never stands in an address or a log.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.db.models import BooleanField, F, Func, OrderBy, Q, Value

AFTER_VAR = "after"
BEFORE_VAR = "before"
LAST = "last"


@dataclass(frozen=True)
class SortColumn:
    """One column of an ordering. `path` is a field path; NULLs stand where PostgreSQL puts them."""

    path: str
    field: Any
    descending: bool

    @property
    def nullable(self) -> bool:
        return self.field.null or "__" in self.path

    def order(self, *, reverse: bool) -> OrderBy:
        return OrderBy(F(self.path), descending=self.descending != reverse)


@dataclass(frozen=True)
class KeysetPage:
    rows: list[Any]
    has_previous: bool
    has_next: bool


class _RowBeyond(Func):
    """`(a, b) > (x, y)`: one comparison PostgreSQL answers from a composite index."""

    output_field = BooleanField()

    def __init__(self, columns: Sequence[SortColumn], values: Sequence[Any], *, greater: bool) -> None:
        row = Func(*[F(column.path) for column in columns], function="ROW", output_field=BooleanField())
        key = Func(
            *[Value(value, column.field) for column, value in zip(columns, values, strict=True)],
            function="ROW",
            output_field=BooleanField(),
        )
        super().__init__(row, key, template="%(expressions)s", arg_joiner=" > " if greater else " < ")


def sort_columns(model: type[models.Model], ordering: Sequence[Any]) -> list[SortColumn]:
    """The ordering as columns, ending in the primary key so that it is total."""
    columns = [_column(model, part) for part in ordering]
    keys = [at for at, column in enumerate(columns) if column.field.primary_key]
    if keys:
        return columns[: keys[0] + 1]
    last_descending = columns[-1].descending if columns else True
    return [*columns, _column(model, "-pk" if last_descending else "pk")]


def keyset_page(
    queryset: models.QuerySet[Any],
    *,
    anchors: models.QuerySet[Any],
    ordering: Sequence[Any],
    size: int,
    after: str = "",
    before: str = "",
) -> KeysetPage:
    """One page of `size` rows after or before the row with that id; `before="last"` is the last page.

    The row is looked for among `anchors`, all that the user may see: it may have left the filter since. An id
    that is not there (deleted, or somebody else's) gives the first page.
    """
    columns = sort_columns(queryset.model, ordering)
    backwards = bool(before)
    anchor = None if before == LAST else _anchor(anchors, columns, before or after)
    if anchor is None and before != LAST:
        backwards = False
    order = [column.order(reverse=backwards) for column in columns]
    chosen = queryset.select_related(None).order_by(*order)
    if anchor is not None:
        chosen = chosen.filter(_beyond(columns, anchor, backwards=backwards))
    # First the ids, which an index that holds the filter's columns gives without a look at the rows. The
    # rows are then taken by id alone: with the filter said twice PostgreSQL may begin at the wrong end.
    shown = queryset.all()
    shown.query.clear_where()
    found = list(shown.filter(pk__in=chosen.values("pk")[: size + 1]).order_by(*order))
    more, found = len(found) > size, found[:size]
    if backwards:
        return KeysetPage(found[::-1], has_previous=more, has_next=anchor is not None)
    return KeysetPage(found, has_previous=anchor is not None, has_next=more)


def neighbours(
    queryset: models.QuerySet[Any], *, row: models.Model, ordering: Sequence[Any]
) -> tuple[Any, Any]:
    """The rows before and after one that is at hand (None at an end), in one query."""
    columns = sort_columns(queryset.model, ordering)
    anchor = [getattr(row, column.path) for column in columns]
    before, after = (
        queryset.filter(_beyond(columns, anchor, backwards=backwards))
        .order_by(*[column.order(reverse=backwards) for column in columns])
        .annotate(stands_before=Value(backwards))[:1]
        for backwards in (True, False)
    )
    sides = {found.stands_before: found for found in before.union(after, all=True)}
    return sides.get(True), sides.get(False)


def _column(model: type[models.Model], part: Any) -> SortColumn:
    if isinstance(part, OrderBy):
        path, descending = str(getattr(part.expression, "name")), part.descending  # noqa: B009
    else:
        path, descending = str(part).removeprefix("-"), str(part).startswith("-")
    path = "id" if path == "pk" else path
    field: Any = None
    for name in path.split("__"):
        field = (field.remote_field.model if field else model)._meta.get_field(name)
    return SortColumn(path, field, descending)


def _anchor(anchors: models.QuerySet[Any], columns: Sequence[SortColumn], key: str) -> tuple[Any, ...] | None:
    if not (key.isascii() and key.isdigit() and len(key) < 19):
        return None
    return anchors.order_by().filter(pk=int(key)).values_list(*[column.path for column in columns]).first()


def _beyond(columns: Sequence[SortColumn], values: Sequence[Any], *, backwards: bool) -> Q | _RowBeyond:
    directions = {column.descending for column in columns}
    if len(directions) == 1 and not any(column.nullable for column in columns):
        return _RowBeyond(columns, values, greater=columns[0].descending == backwards)
    beyond, equal = Q(pk__in=[]), Q()
    for column, value in zip(columns, values, strict=True):
        beyond |= equal & _column_beyond(column, value, greater=column.descending == backwards)
        equal &= Q(**{f"{column.path}__isnull": True}) if value is None else Q(**{column.path: value})
    return beyond


def _column_beyond(column: SortColumn, value: Any, *, greater: bool) -> Q:
    """PostgreSQL sorts NULL as the greatest value."""
    if value is None:
        return Q(pk__in=[]) if greater else Q(**{f"{column.path}__isnull": False})
    beyond = Q(**{f"{column.path}__{'gt' if greater else 'lt'}": value})
    return beyond | Q(**{f"{column.path}__isnull": True}) if greater and column.nullable else beyond
