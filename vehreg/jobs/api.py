"""What the live bar reads."""

from django.http import Http404, HttpRequest, JsonResponse
from django.shortcuts import get_object_or_404

from vehreg.jobs.models import Job
from vehreg.jobs.rights import may_see
from vehreg.jobs.telling import as_data


def job_progress(request: HttpRequest, pk: int) -> JsonResponse:
    """State and progress of a job as JSON; 404 for everybody who may not see it."""
    job = get_object_or_404(Job, pk=pk)
    if not may_see(request.user, job):
        raise Http404
    response = JsonResponse(as_data(job))
    response["Cache-Control"] = "no-store"
    return response
