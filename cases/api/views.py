"""Cases, the feed of corrections, matching runs: one view set each. Declarations are in `declarations`."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_view
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from cases.api import filters, serializers
from cases.api.declarations import DeclarationViewSet
from cases.models import ChangeRecord, MatchRun, VerificationCase
from vehreg.audit.api import NewestFirst, ScopedViewSet


class CaseViewSet(ScopedViewSet):
    queryset: Any = VerificationCase.objects.select_related("unit", "assignee").prefetch_related(
        "discrepancies"
    )
    serializer_class = serializers.CaseSerializer
    filterset_class = filters.CaseFilters


class FeedOrder(NewestFirst):
    """By number where a register is named; otherwise newest first, as the other lists."""

    def get_ordering(self, request: Request, queryset: Any, view: Any) -> tuple[str, ...]:
        return ("sequence",) if request.query_params.get("register") else ("-id",)


_AFTER = OpenApiParameter("after", int, description="Numbers greater than this one. Needs `register`.")


@extend_schema_view(list=extend_schema(parameters=[_AFTER]))
class CorrectionViewSet(ScopedViewSet):
    """The feed of approved corrections.

    Follow it with `?register=owner&after=N`, N being the last number you have: rows come by number. The
    numbers of a register have no gap and appear in their order, so nothing can be missed between two
    questions. Who sees one ward only sees that ward's numbers.
    """

    queryset: Any = ChangeRecord.objects.select_related("unit", "case")
    serializer_class = serializers.CorrectionSerializer
    filterset_class = filters.CorrectionFilters
    pagination_class = FeedOrder

    def list(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        if request.query_params.get("after") and not request.query_params.get("register"):
            raise ValidationError({"after": [_("Name the register: each has numbers of its own.")]})
        return super().list(request, *args, **kwargs)


class MatchRunViewSet(ScopedViewSet):
    """Runs over the registers. They belong to no unit: the permission alone says who sees them."""

    queryset: Any = MatchRun.objects.exclude(scope=MatchRun.Scope.SINGLE)
    serializer_class = serializers.MatchRunSerializer
    filterset_class = filters.MatchRunFilters

    def get_queryset(self) -> QuerySet[Any]:
        runs: QuerySet[Any] = self.queryset.all()
        return runs


# Name under /api/v1/ → its view set.
ROUTES = {
    "cases": CaseViewSet,
    "declarations": DeclarationViewSet,
    "corrections": CorrectionViewSet,
    "match-runs": MatchRunViewSet,
}
