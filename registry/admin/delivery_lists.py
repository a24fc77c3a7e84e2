"""The lists of a delivery as downloads: streamed, put on the trail, long numbers masked without a purpose."""

from collections.abc import Iterator

from django.http import Http404, HttpRequest, StreamingHttpResponse
from django.shortcuts import get_object_or_404

from registry.admin.delivery_tables import shown_value
from registry.deliveries.absent import absent_lines
from registry.deliveries.downloads import Mask, notice_lines
from registry.models import Delivery
from vehreg.accounts.privacy import stated_purpose
from vehreg.adminsite.steps import officer
from vehreg.audit.models import AuditEvent
from vehreg.audit.trail import record

VIEW = "registry.view_delivery"


def notices_view(request: HttpRequest, pk: int) -> StreamingHttpResponse:
    """Every notice: row number, column, code, message, raw value."""
    delivery = _asked(request, pk)
    return _streamed(request, delivery, "notices", notice_lines(delivery, mask=_mask(request, delivery)))


def kept_view(request: HttpRequest, pk: int) -> StreamingHttpResponse:
    """What the undo kept, and why."""
    delivery = _asked(request, pk)
    return _streamed(
        request, delivery, "kept", notice_lines(delivery, mask=_mask(request, delivery), kept=True)
    )


def absent_view(request: HttpRequest, pk: int) -> StreamingHttpResponse:
    """What the register holds and the complete file does not."""
    delivery = _asked(request, pk)
    lines = absent_lines(delivery, mask=_mask(request, delivery))
    if lines is None:
        raise Http404
    return _streamed(request, delivery, "absent", lines)


def _mask(request: HttpRequest, delivery: Delivery) -> Mask:
    whole = stated_purpose(request) is not None
    return lambda column, value: shown_value(delivery, column, value, whole=whole)


def _asked(request: HttpRequest, pk: int) -> Delivery:
    officer(request, VIEW)
    return get_object_or_404(Delivery, pk=pk)


def _streamed(
    request: HttpRequest, delivery: Delivery, name: str, lines: Iterator[str]
) -> StreamingHttpResponse:
    record(
        AuditEvent.Kind.EXPORT,
        request=request,
        subject_type="delivery",
        subject_id=delivery.pk,
        purpose=stated_purpose(request) or "",
        detail={"list": name},
    )
    response = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="delivery-{delivery.pk}-{name}.csv"'
    return response
