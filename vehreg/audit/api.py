"""Read-only API views: rows of the user's units only, every look on the trail."""

from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django_filters import CharFilter
from rest_framework.exceptions import ValidationError
from rest_framework.pagination import CursorPagination
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.viewsets import ReadOnlyModelViewSet

from vehreg.accounts.privacy import stated_purpose
from vehreg.audit.models import AuditEvent
from vehreg.audit.trail import record

_PLACE = frozenset({"cursor", "page_size", "format"})


class NewestFirst(CursorPagination):
    """Pages by id: the cursor in an address tells nothing of what a row says."""

    ordering = "-id"
    page_size = 100
    page_size_query_param = "page_size"
    max_page_size = 1000

    def get_page_size(self, request: Request) -> int | None:
        asked = request.query_params.getlist(self.page_size_query_param)
        if not all(size.isascii() and size.isdigit() and size.strip("0") for size in asked):
            raise ValidationError({self.page_size_query_param: [_("Write a whole number above zero.")]})
        return super().get_page_size(request)

    def get_schema_operation_parameters(self, view: Any) -> list[dict[str, Any]]:
        described: list[dict[str, Any]] = super().get_schema_operation_parameters(view)
        for parameter in described:
            if parameter["name"] == self.page_size_query_param:
                parameter["schema"] |= {"minimum": 1}
        return described


# Non-atomic: the trail is committed at once, and stays when the answer fails.
@method_decorator(transaction.non_atomic_requests, name="dispatch")
class ScopedViewSet(ReadOnlyModelViewSet):  # type: ignore[type-arg]
    """Subclasses give `queryset` (whose manager knows `visible_to`), serializer and filters."""

    pagination_class = NewestFirst
    filterset_class: Any

    def get_queryset(self) -> QuerySet[Any]:
        rows: Any = super().get_queryset()
        visible: QuerySet[Any] = rows.visible_to(self.request.user)
        return visible

    def list(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        asked = sorted(set(request.query_params) - _PLACE)
        if asked:
            # The names of the filters, not their values: those may be numbers of persons.
            self._record(AuditEvent.Kind.SEARCH, detail={"filters": asked, "api": True})
        self._refuse_empty(request)
        return super().list(request, *args, **kwargs)

    def retrieve(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        row = self.get_object()
        self._record(AuditEvent.Kind.VIEW, subject_id=row.pk, detail={"api": True})
        return Response(self.get_serializer(row).data)

    def _refuse_empty(self, request: Request) -> None:
        """A choice or a number that was named and left empty would be answered with every row."""
        filters: dict[str, Any] = self.filterset_class.base_filters
        empty = [
            name
            for name, one in filters.items()
            if request.query_params.get(name) == "" and not isinstance(one, CharFilter)
        ]
        if empty:
            raise ValidationError({name: [_("Give a value, or leave it out.")] for name in empty})

    def handle_exception(self, exc: Exception) -> Response:
        # REST framework marks the transaction around it for rollback: give it an empty one of its own.
        with transaction.atomic():
            return super().handle_exception(exc)

    def _record(self, kind: str, **columns: Any) -> None:
        model = self.get_queryset().model
        record(
            kind,
            request=self.request._request,
            user=self.request.user,  # type: ignore[arg-type]
            subject_type=model._meta.model_name or "",
            purpose=stated_purpose(self.request._request) or "",
            **columns,
        )
