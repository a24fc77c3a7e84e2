"""Notes on a case, and the files attached to them: read only by who may see the case."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cases.admin.case_page import find_case
from cases.admin.moves import case_address
from cases.models import CaseNote
from cases.queues import Queue
from cases.services.moves import MoveRefused
from cases.services.notes import note_add
from cases.workflow import WORK
from vehreg.accounts.models import User
from vehreg.adminsite import looks
from vehreg.adminsite.admin import BaseAdmin


@method_decorator(require_POST)
def note_view(model_admin: BaseAdmin, request: HttpRequest, pk: int) -> HttpResponse:
    """Add a note with at most one file."""
    case = find_case(request, pk)
    assert isinstance(request.user, User)
    if not request.user.has_perm(WORK):
        raise PermissionDenied
    try:
        note_add(
            case=case,
            user=request.user,
            text=request.POST.get("text", ""),
            attachment=request.FILES.get("attachment"),
        )
    except MoveRefused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("Note added."))
    return HttpResponseRedirect(case_address(case, Queue.from_params(request.POST.dict())))


def attachment_view(model_admin: BaseAdmin, request: HttpRequest, pk: int) -> HttpResponseBase:
    """The file of a note, as a download: it is never run or shown inside the site."""
    note = CaseNote.objects.filter(pk=pk).exclude(attachment="").exclude(attachment=None).first()
    if note is None or not model_admin.has_view_permission(request):
        raise Http404
    find_case(request, note.case_id)
    looks.record_view(request, note)
    return FileResponse(note.attachment.open("rb"), as_attachment=True, filename=note.attachment_name)
