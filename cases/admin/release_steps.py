"""What the pages of releases share: who may take a step, taking it, and where to go then."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_POST

from cases.models import Release, ReleaseClass
from cases.releases.services import release_begin, release_draw, release_give_up, take_back_begin
from vehreg.accounts.models import User
from vehreg.audit.models import AuditEvent
from vehreg.audit.trail import record
from vehreg.jobs.kinds import Refused

DRAW, RELEASE = "cases.add_release", "cases.release_release"
TAKE_BACK, DEFINE = "cases.take_back_release", "cases.add_releaseclass"


def officer(request: HttpRequest, permission: str) -> User:
    """The user who may do this. Raises `PermissionDenied`."""
    if not isinstance(request.user, User) or not request.user.has_perm(permission):
        raise PermissionDenied
    return request.user


def page_of(release: Release) -> str:
    return reverse("admin:cases_release_change", args=[release.pk])


def class_page(release_class: ReleaseClass) -> str:
    return reverse("admin:cases_releaseclass_change", args=[release_class.pk])


@require_POST
def draw_view(request: HttpRequest, pk: int) -> HttpResponse:
    """Draw a lot of a class; then its own page."""
    user = officer(request, DRAW)
    release_class = get_object_or_404(ReleaseClass, pk=pk)
    try:
        release = release_draw(release_class=release_class, user=user)
    except Refused as refused:
        messages.warning(request, str(refused))
        return HttpResponseRedirect(class_page(release_class))
    put_on_trail(request, release, "draw")
    return HttpResponseRedirect(page_of(release))


@require_POST
def give_up_view(request: HttpRequest, pk: int) -> HttpResponse:
    return take_step(
        request, pk, DRAW, "give_up", lambda release, user: release_give_up(release=release, user=user)
    )


def begin(request: HttpRequest, pk: int) -> HttpResponse:
    return take_step(
        request, pk, RELEASE, "release", lambda release, user: release_begin(release=release, user=user)
    )


def begin_take_back(request: HttpRequest, pk: int) -> HttpResponse:
    reason = request.POST.get("reason", "")
    return take_step(
        request, pk, TAKE_BACK, "take_back",
        lambda release, user: take_back_begin(release=release, user=user, reason=reason),
    )  # fmt: skip


def take_step(
    request: HttpRequest, pk: int, permission: str, name: str, step: Callable[[Release, User], Any]
) -> HttpResponse:
    """Check who asks, take the step, return to the page; a step that is refused says why."""
    user = officer(request, permission)
    release = get_object_or_404(Release, pk=pk)
    try:
        step(release, user)
    except Refused as refused:
        messages.warning(request, str(refused))
    else:
        put_on_trail(request, release, name)
    return HttpResponseRedirect(page_of(release))


def put_on_trail(request: HttpRequest, release: Release, action: str) -> None:
    record(
        AuditEvent.Kind.CHANGE,
        request=request,
        subject_type="release",
        subject_id=release.pk,
        detail={"action": action, "class": release.class_code},
    )
