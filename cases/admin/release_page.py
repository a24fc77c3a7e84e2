"""The pages of one release: what it is, how its sample stands, what it will do; letting go; taking back."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from cases.admin.lot_facts import lot_facts
from cases.admin.release_list import STATE_BADGES
from cases.admin.release_panels import examples_panel, outcomes_panel, planned_panel, wrong_panel
from cases.admin.release_steps import DRAW, RELEASE, TAKE_BACK, begin, begin_take_back
from cases.lots.plans import Plan
from cases.models import Release
from cases.models.release import ReleaseState
from cases.releases.previews import take_back_preview
from cases.releases.services import counted, release_settle, why_not_release
from cases.releases.words import (
    NEXT,
    accepted_how_often,
    plan_sentence,
    planned_words,
    reason_words,
    result_sentence,
)
from vehreg.accounts.privacy import may_state_purpose
from vehreg.adminsite import looks
from vehreg.adminsite.admin import BaseAdmin
from vehreg.adminsite.panels import page_of
from vehreg.adminsite.steps import officer
from vehreg.jobs.models import JobState

_WITH_SAMPLE = (
    ReleaseState.JUDGING, ReleaseState.ACCEPTED, ReleaseState.RELEASING, ReleaseState.RELEASED,
    ReleaseState.TAKING_BACK, ReleaseState.TAKEN_BACK, ReleaseState.REJECTED, ReleaseState.GIVEN_UP,
)  # fmt: skip
_STILL_TO_GO = (ReleaseState.JUDGING, ReleaseState.ACCEPTED)


def detail_view(model_admin: BaseAdmin, request: HttpRequest, object_id: str) -> HttpResponse:
    """One release. Its examples name people, so the look is on the trail before anything is read."""
    if not model_admin.has_view_permission(request):
        raise PermissionDenied
    if not object_id.isdigit():
        raise Http404
    release = _found(int(object_id))
    looks.record_view(request, release)
    with transaction.atomic():
        if release.state == ReleaseState.JUDGING:
            release_settle(release=release)
            release = _found(release.pk)
        context = _base(model_admin, request) | _detail(request, release)
        return TemplateResponse(request, "admin/cases/release/detail.html", context).render()


def release_view(model_admin: BaseAdmin, request: HttpRequest, pk: int) -> HttpResponse:
    """Ask first, with what will be corrected; then begin."""
    user = officer(request, RELEASE)
    if request.method == "POST":
        return begin(request, pk)
    release = release_settle(release=_found(pk))
    if why_not_release(release, user):
        return HttpResponseRedirect(page_of(release))
    context = _base(model_admin, request) | {
        "title": _("Release lot %(number)s") % {"number": release},
        "release": release,
        "plan_sentence": plan_sentence(Plan.of(release)),
        "result_sentence": result_sentence(release),
        "planned": planned_words(release),
        "back": page_of(release),
    }
    return TemplateResponse(request, "admin/cases/release/confirm.html", context)


def take_back_view(model_admin: BaseAdmin, request: HttpRequest, pk: int) -> HttpResponse:
    """Ask first, with how many entries would be given back and how many kept; then begin."""
    officer(request, TAKE_BACK)
    if request.method == "POST":
        return begin_take_back(request, pk)
    release = _found(pk)
    if not _may_be_taken_back(release):
        return HttpResponseRedirect(page_of(release))
    preview = take_back_preview(release)
    context = _base(model_admin, request) | {
        "title": _("Take release %(number)s back") % {"number": release},
        "release": release,
        "preview": preview,
        "reasons": [(reason_words(code), number) for code, number in sorted(preview.reasons.items())],
        "back": page_of(release),
    }
    return TemplateResponse(request, "admin/cases/release/take_back.html", context)


def _found(pk: int) -> Release:
    return get_object_or_404(Release.objects.select_related("release_class", "sample", "job"), pk=pk)


def _base(model_admin: BaseAdmin, request: HttpRequest) -> dict[str, Any]:
    return model_admin.admin_site.each_context(request) | {
        "opts": model_admin.opts,
        "offers_purpose": may_state_purpose(request.user),
    }


def _detail(request: HttpRequest, release: Release) -> dict[str, Any]:
    job = release.job if release.job and release.job.state != JobState.SUCCEEDED else None
    drawn = release.sample_id is not None and release.state in _WITH_SAMPLE
    still_to_go = release.state in _STILL_TO_GO
    panels = [
        outcomes_panel(release),
        planned_panel(release) if drawn else None,
        examples_panel(request, release) if still_to_go else None,
        wrong_panel(request, release) if drawn else None,
    ]
    return {
        "title": _("Release %(number)s") % {"number": release},
        "release": release,
        "class_url": page_of(release.release_class),
        "badge": STATE_BADGES[release.state],
        "next_step": NEXT[release.state],
        "job": job,
        "facts": lot_facts(
            release,
            (_("drawn"), release.drawn_at, release.drawn_by_name),
            (_("sample settled"), release.settled_at, ""),
            (_("released"), release.released_at, release.released_by_name),
        ),
        "plan_sentence": plan_sentence(Plan.of(release)) if drawn else "",
        "points": accepted_how_often(Plan.of(release)) if drawn else [],
        "judging": _judging(release) if release.state == ReleaseState.JUDGING else None,
        "result_sentence": result_sentence(release) if release.outcome and release.judged else "",
        "panels": [panel for panel in panels if panel],
        **_buttons(request, release),
    }


def _buttons(request: HttpRequest, release: Release) -> dict[str, Any]:
    """The steps this user may take now; why not, where another could."""
    user, state = request.user, release.state
    refused = ""
    may_release = state == ReleaseState.ACCEPTED and user.has_perm(RELEASE)
    if may_release:
        refused = why_not_release(release, officer(request, RELEASE))
    address = {
        name: reverse(f"admin:cases_release_{name}", args=[release.pk])
        for name in ("release", "take_back", "give_up")
    }
    return {
        "release_url": address["release"] if may_release and not refused else "",
        "refused": refused,
        "take_back_url": address["take_back"]
        if _may_be_taken_back(release) and user.has_perm(TAKE_BACK)
        else "",
        "give_up_url": address["give_up"] if state in _STILL_TO_GO and user.has_perm(DRAW) else "",
    }


def _may_be_taken_back(release: Release) -> bool:
    stopped = release.state == ReleaseState.RELEASING and not (release.job and release.job.is_live)
    return release.state == ReleaseState.RELEASED or stopped


def _judging(release: Release) -> dict[str, Any]:
    judged, wrong, _undecidable = counted(release)
    return {
        "judged": judged,
        "wrong": wrong,
        "percent": 100 * judged / release.sample_size,
        "lost": wrong > release.allowed,
    }
