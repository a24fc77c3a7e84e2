"""The buttons: stop a job, set it going again. POST only; afterwards back to where the button stood."""

from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from vehreg.accounts.models import User
from vehreg.adminsite.panels import page_of
from vehreg.adminsite.steps import put_on_trail
from vehreg.jobs.kinds import Refused
from vehreg.jobs.models import Job, JobState
from vehreg.jobs.rights import may_see, may_steer
from vehreg.jobs.services import cancel_job, retry_job


@require_POST
def cancel_view(request: HttpRequest, pk: int) -> HttpResponse:
    return _steer(request, pk, "cancel", _cancel)


@require_POST
def retry_view(request: HttpRequest, pk: int) -> HttpResponse:
    return _steer(request, pk, "retry", _retry)


def _cancel(job: Job, user: User) -> str:
    job = cancel_job(job=job, user=user)
    if job.state == JobState.CANCELLED:
        return _("The job has been cancelled.")
    return _("The job stops as soon as it can.") if job.is_live else _("The job was over already.")


def _retry(job: Job, user: User) -> str:
    retry_job(job=job, user=user)
    return _("The job goes on where it stopped.")


def _steer(request: HttpRequest, pk: int, action: str, do: Callable[[Job, User], str]) -> HttpResponse:
    job = get_object_or_404(Job, pk=pk)
    if not may_see(request.user, job):
        raise Http404
    if not isinstance(request.user, User) or not may_steer(request.user, job):
        raise PermissionDenied
    try:
        messages.success(request, do(job, request.user))
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        put_on_trail(request, job, action, kind=job.kind)
    return HttpResponseRedirect(_back(request, job))


def _back(request: HttpRequest, job: Job) -> str:
    """Where the button stood; else the job's page for those who may open it."""
    place = request.POST.get("next", "")
    if url_has_allowed_host_and_scheme(place, allowed_hosts={request.get_host()}):
        return place
    if request.user.has_perm("jobs.view_job"):
        return page_of(job)
    return reverse("admin:index")
