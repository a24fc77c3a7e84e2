"""The steps of a release. POST only; a second click finds the step done and says so."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_POST

from cases.models import Release, ReleaseClass
from cases.releases.services import release_begin, release_draw, release_give_up, take_back_begin
from vehreg.adminsite.panels import page_of
from vehreg.adminsite.steps import officer, put_on_trail, take_step
from vehreg.jobs.kinds import Refused

DRAW, RELEASE = "cases.add_release", "cases.release_release"
TAKE_BACK, DEFINE = "cases.take_back_release", "cases.add_releaseclass"


@require_POST
def draw_view(request: HttpRequest, pk: int) -> HttpResponse:
    """Draw a lot of a class; then its own page."""
    user = officer(request, DRAW)
    release_class = get_object_or_404(ReleaseClass, pk=pk)
    try:
        release = release_draw(release_class=release_class, user=user)
    except Refused as refused:
        messages.warning(request, str(refused))
        return HttpResponseRedirect(page_of(release_class))
    put_on_trail(request, release, "draw", **_named(release))
    return HttpResponseRedirect(page_of(release))


@require_POST
def give_up_view(request: HttpRequest, pk: int) -> HttpResponse:
    user, release = officer(request, DRAW), get_object_or_404(Release, pk=pk)
    return take_step(
        request, release, "give_up", lambda: release_give_up(release=release, user=user), **_named(release)
    )


def begin(request: HttpRequest, pk: int) -> HttpResponse:
    user, release = officer(request, RELEASE), get_object_or_404(Release, pk=pk)
    return take_step(
        request, release, "release", lambda: release_begin(release=release, user=user), **_named(release)
    )


def begin_take_back(request: HttpRequest, pk: int) -> HttpResponse:
    user, release = officer(request, TAKE_BACK), get_object_or_404(Release, pk=pk)
    reason = request.POST.get("reason", "")
    return take_step(
        request, release, "take_back",
        lambda: take_back_begin(release=release, user=user, reason=reason), **_named(release),
    )  # fmt: skip


def _named(release: Release) -> dict[str, str]:
    return {"class": release.class_code}
