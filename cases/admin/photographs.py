"""The photographs of a declaration on its page, and each of them through a door of its own."""

from django.http import FileResponse, Http404, HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from cases.models import Declaration, Photograph
from vehreg.adminsite import looks
from vehreg.adminsite.admin import BaseAdmin
from vehreg.adminsite.panels import Panel
from vehreg.adminsite.words import words

VIEW_NAME = "cases_declaration_photograph"
# Nothing of it runs, whatever a browser takes it for, and no shared memory keeps it.
_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "Cache-Control": "private, no-store",
}


def photographs_panel(request: HttpRequest, declaration: Declaration) -> Panel | None:
    """Thumbnails of the papers; each opens whole."""
    photographs = list(declaration.photographs.order_by("pk"))
    if not photographs:
        return None
    shown = [
        {
            "url": reverse(f"admin:{VIEW_NAME}", args=[photograph.pk]),
            "when": words(photograph.kept_at),
            "by": photograph.sender_name,
        }
        for photograph in photographs
    ]
    return Panel(
        _("Photographs of papers"),
        template="admin/cases/photographs.html",
        context={"photographs": shown},
        wide=True,
    )


def photograph_view(model_admin: BaseAdmin, request: HttpRequest, pk: int) -> FileResponse:
    """One photograph, for who may see its declaration; the look is on the trail."""
    photograph = Photograph.objects.select_related("declaration").filter(pk=pk).first()
    if photograph is None or not _may_see(model_admin, request, photograph.declaration):
        raise Http404
    looks.record_view(request, photograph)
    return FileResponse(
        photograph.file.open("rb"),
        filename=str(photograph),
        content_type=f"image/{photograph.kind}",
        headers=_HEADERS,
    )


def _may_see(model_admin: BaseAdmin, request: HttpRequest, declaration: Declaration) -> bool:
    visible = model_admin.get_queryset(request).filter(pk=declaration.pk)
    return model_admin.has_view_permission(request, declaration) and visible.exists()
