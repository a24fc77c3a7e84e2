"""Files to take along: a small one at once, a large one by a worker; every one on the trail."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import BadRequest, PermissionDenied
from django.http import (
    FileResponse,
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseRedirect,
)
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cases.admin.outreach.asked import asked_place
from cases.admin.outreach.reading import list_address
from cases.models import Doorstep
from cases.outreach.file_job import NAME, order_file
from cases.outreach.orders import FILES, SMALL, FileKind, Order, organisation_of
from vehreg.accounts.models import Unit, User
from vehreg.accounts.privacy import stated_purpose
from vehreg.adminsite.admin import BaseAdmin
from vehreg.adminsite.steps import officer
from vehreg.audit.models import AuditEvent
from vehreg.audit.trail import record
from vehreg.jobs.kinds import Refused
from vehreg.madefiles.job import new_part
from vehreg.madefiles.pages import files_context, own_file

PAGE = "admin:cases_doorstep_files"


@require_POST
def order_view(request: HttpRequest) -> HttpResponseBase:
    """Make the file that is asked for, or have it made."""
    kind = FILES.get(request.POST.get("what", ""))
    if kind is None:
        raise BadRequest
    user = officer(request, kind.permission)
    order = _order(request, user)
    try:
        size = kind.size(order, user, SMALL + 1)
    except Refused as refused:
        messages.warning(request, str(refused))
        return HttpResponseRedirect(list_address(None, request.POST.dict()))
    if size <= SMALL:
        return _made(request, user, order, kind)
    job = order_file(order=order, user=user)
    _record(request, order, job=job.pk)
    messages.success(request, _("The file has been ordered. It is ready in a moment."))
    return HttpResponseRedirect(reverse(PAGE))


def files_view(model_admin: BaseAdmin, request: HttpRequest) -> HttpResponse:
    """The files this user had made, newest first."""
    user = _may_have_files(request)
    context = model_admin.admin_site.each_context(request) | {
        "title": _("Lists, notices and templates"),
        "opts": model_admin.opts,
        "offers_purpose": False,
        **files_context(NAME, user, lambda job: FILES[job.params["what"]].title),
    }
    return render(request, "admin/cases/outreach/files.html", context)


def fetch_view(request: HttpRequest, job_id: int) -> HttpResponseBase:
    """The file, for the one who ordered it and nobody else."""
    user = _may_have_files(request)
    job, path = own_file(NAME, user, job_id)
    order = Order(**job.params)
    kind = FILES[order.what]
    if not user.has_perm(kind.permission):
        raise PermissionDenied
    _record(request, order, job=job.pk, rows=job.result["rows"], downloaded=True)
    return FileResponse(path.open("rb"), as_attachment=True, filename=_name(order, kind))


def _may_have_files(request: HttpRequest) -> User:
    user = request.user
    if not isinstance(user, User) or not any(user.has_perm(kind.permission) for kind in FILES.values()):
        raise PermissionDenied
    return user


def _order(request: HttpRequest, user: User) -> Order:
    """What the form asks for, of what this user sees. Raises `Http404` for anything else."""
    given = request.POST
    what, whole = given["what"], stated_purpose(request) is not None
    if what == "template":
        order = Order(what, owner=_number(given.get("owner", "")))
        if organisation_of(order, user) is None:
            raise Http404
        return order
    if what == "notices" and given.get("door"):
        door = Doorstep.objects.visible_to(user).filter(pk=_number(given["door"])).first()
        if door is None:
            raise Http404
        return Order(what, unit=door.unit_id, register=door.register, door=door.pk, whole=whole)
    place = asked_place(user, given.dict())
    if place is None:
        raise BadRequest
    return Order(what, place.unit_id, place.register, place.group, place.street, whole=whole)


def _number(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) < 19):
        raise Http404
    return int(text)


def _made(request: HttpRequest, user: User, order: Order, kind: FileKind) -> HttpResponseBase:
    """A small file, made now; nothing of it stays on the disk."""
    path = new_part(user.pk, kind.suffix)
    try:
        rows = kind.write(path, order, user, lambda _count: None)
        content = path.open("rb")
    finally:
        path.unlink(missing_ok=True)
    _record(request, order, rows=rows)
    return FileResponse(
        content, as_attachment=True, filename=_name(order, kind), content_type=kind.content_type
    )


def _record(request: HttpRequest, order: Order, **detail: Any) -> None:
    record(
        AuditEvent.Kind.EXPORT,
        request=request,
        subject_type="owner" if order.owner else "doorstep",
        subject_id=order.owner or order.door,
        purpose=stated_purpose(request) or "",
        detail={**order.as_params(), **detail},
    )


def _name(order: Order, kind: FileKind) -> str:
    """Says what it is and of which ward or owner, by their codes."""
    unit = Unit.objects.filter(pk=order.unit or 0).values_list("code", flat=True).first()
    parts = [order.what.replace("_", "-"), unit or "", str(order.owner or order.door or "")]
    return f"{'-'.join(filter(None, parts))}-{timezone.localdate():%Y%m%d}.{kind.suffix}"
