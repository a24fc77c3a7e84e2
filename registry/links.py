"""Whom an entry is linked with: the person an approval wrote beside it, else the one that matching found.

Only what somebody decided stands in the entry's own column `person`. What follows from matching is asked of
the application above, which keeps it with its findings: to write it beside eight million entries as well
would cost more than finding it.
"""

from collections.abc import Callable
from typing import Any

from django.db.models import BigIntegerField, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.db.models.lookups import IsNull

# Rows with `subject_id`, an entry of this model, and `person_id`, whom matching links it with.
LinkSource = Callable[[type[Any]], QuerySet[Any]]
_sources: list[LinkSource] = []


def link_source(source: LinkSource) -> LinkSource:
    """Decorator: this knows whom matching links an entry with."""
    _sources.append(source)
    return source


def with_link(rows: QuerySet[Any]) -> QuerySet[Any]:
    """The rows, each with `linked_id`: the id of its person, or None."""
    found = [Subquery(_of_row(source, rows.model)) for source in _sources]
    decided = F("person_id")
    linked = Coalesce(decided, *found, output_field=BigIntegerField()) if found else decided
    annotated: QuerySet[Any] = rows.annotate(linked_id=linked)
    return annotated


def linked_id(row: Any) -> int | None:
    """The id of the person that one entry is linked with."""
    if row.person_id is not None:
        return int(row.person_id)
    found = (
        source(type(row)).filter(subject_id=row.pk).values_list("person_id", flat=True) for source in _sources
    )
    return next((person for one in found if (person := one.first()) is not None), None)


def is_linked(model: type[Any], path: str = "") -> Q:
    """Condition: the entry of `model` at `path` ("owner__", or "" for the row itself) has a person.

    The link is asked of each row that is looked at: for an EXISTS, PostgreSQL would first read all links
    there are, although a page of a list needs fifty.
    """
    condition = Q(**{f"{path}person__isnull": False})
    for source in _sources:
        condition |= Q(IsNull(Subquery(_of_row(source, model, path)), False))
    return condition


def linked_with(model: type[Any], person_id: int) -> Q:
    """Condition: the entry is linked with this person."""
    condition = Q(person=person_id)
    for source in _sources:
        entries = source(model).filter(person_id=person_id).values("subject_id")
        condition |= Q(person__isnull=True, pk__in=entries)
    return condition


def _of_row(source: LinkSource, model: type[Any], path: str = "") -> QuerySet[Any]:
    return source(model).filter(subject_id=OuterRef(f"{path}pk")).values("person_id")[:1]
