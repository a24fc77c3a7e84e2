"""The quality page: how good matching is, as far as officers have judged; and the draw of a sample."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import BadRequest, PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from cases.admin.review_tables import (
    calibration_rows,
    earlier_rows,
    label_rows,
    number_cards,
    preview_rows,
    proposal_rows,
    verdict_rows,
)
from cases.admin.review_words import percent
from cases.models import ReviewPair, ReviewSample
from cases.review.drawing import DRAW, SIZES, close_sample, last_draw, start_draw
from cases.review.figures import figures
from cases.review.frames import guessed_sizes, last_whole_run
from cases.review.labels import NEWEST, decided_labels
from cases.review.quality import Quality, proposals, quality_of, quality_samples
from cases.review.results import tallies
from vehreg.adminsite.admin import BaseAdmin
from vehreg.adminsite.navigation import WATCH, add_link
from vehreg.adminsite.panels import list_url
from vehreg.adminsite.steps import officer, put_on_trail
from vehreg.adminsite.words import count
from vehreg.audit.models import AuditEvent
from vehreg.audit.trail import record
from vehreg.jobs.kinds import Refused
from vehreg.jobs.models import JobState

PAGE = "admin:cases_reviewsample_changelist"
VIEW = "cases.view_reviewsample"
# Wanted errors that may be asked for: what stands in the address → the share.
ERRORS = {"0.01": 0.0001, "0.05": 0.0005, "0.1": 0.001, "0.5": 0.005, "1": 0.01, "2": 0.02, "5": 0.05}
_USUAL_ERROR = "1"
_USUAL_SIZE = 400

add_link(WATCH, 30, gettext_lazy("How good matching is"), PAGE, VIEW)


@dataclass(frozen=True)
class Empty:
    """What the page says before the first figure: what to do, and where."""

    title: str
    text: str
    url: str = ""
    button: str = ""


def quality_view(model_admin: BaseAdmin, request: HttpRequest, object_id: str = "") -> HttpResponse:
    """The newest sample, or the one asked for."""
    if not model_admin.has_view_permission(request):
        raise PermissionDenied
    samples = quality_samples()
    counted = tallies(samples)
    sample = _asked(object_id) if object_id else next(iter(samples), None)
    context = model_admin.admin_site.each_context(request) | {
        "title": _("How good matching is"),
        "earlier": earlier_rows([(one, figures(counted[one.pk])) for one in samples], sample),
        "labels": label_rows(decided_labels()),
        "newest": count(NEWEST),
    }
    context |= _draw_context(request, samples)
    if sample is not None:
        context |= _sample_context(request, quality_of(sample, counted.get(sample.pk)))
    return render(request, "admin/cases/review/quality.html", context)


@require_POST
def draw_view(request: HttpRequest) -> HttpResponse:
    """Queue the draw of a sample."""
    user = officer(request, DRAW)
    size = request.POST.get("size", "")
    if not size.isdigit():
        raise BadRequest
    try:
        job = start_draw(by=user, size=int(size))
    except Refused as refused:
        messages.warning(request, str(refused))
    else:
        detail = {"action": "draw", "size": int(size), "job": job.pk}
        record(AuditEvent.Kind.CHANGE, request=request, subject_type="reviewsample", detail=detail)
    return HttpResponseRedirect(reverse(PAGE))


@require_POST
def close_view(request: HttpRequest, pk: int) -> HttpResponse:
    """End the judging of a sample early; what is settled stays."""
    officer(request, DRAW)
    sample = _asked(str(pk))
    if close_sample(sample=sample):
        put_on_trail(request, sample, "close")
    else:
        messages.warning(request, _("This sample is closed already, or belongs to a release."))
    return HttpResponseRedirect(reverse(PAGE))


def _asked(object_id: str) -> ReviewSample:
    samples = ReviewSample.objects.select_related("run")
    sample = samples.filter(pk=object_id).first() if object_id.isdigit() else None
    if sample is None:
        raise Http404
    return sample


def _sample_context(request: HttpRequest, quality: Quality) -> dict[str, Any]:
    wanted = request.GET.get("error", _USUAL_ERROR)
    wanted = wanted if wanted in ERRORS else _USUAL_ERROR
    return {
        "sample": quality.sample,
        "progress": quality.progress,
        "agreement": percent(quality.progress.agreement, 0),
        "cards": number_cards(quality),
        "verdicts": verdict_rows(quality),
        "calibration": calibration_rows(quality.calibration),
        "proposals": proposal_rows(proposals(quality.strata, ERRORS[wanted])),
        "errors": [(name, percent(share)) for name, share in ERRORS.items()],
        "wanted": wanted,
        "pairs_url": list_url(request, ReviewPair, f"sample__id__exact={quality.sample.pk}"),
        "may_close": quality.sample.closed_at is None and request.user.has_perm(DRAW),
    }


def _draw_context(request: HttpRequest, samples: Sequence[ReviewSample]) -> dict[str, Any]:
    """The draw: going on, possible with its preview, or what has to happen first."""
    last, run = last_draw(), last_whole_run()
    shown = last if last and (last.is_live or last.state == JobState.FAILED) else None
    context: dict[str, Any] = {"job": shown, "run": run}
    if run is None:
        return context | {"empty": _before_the_first_run(request)}
    context["empty"] = Empty(
        _("Nothing has been judged yet"),
        _(
            "A city supervisor draws a random sample here; officers then judge its pairs under "
            "“Judge pairs”. From their answers this page says how often matching is right, "
            "and what it misses."
        ),
    )
    is_free = all(sample.closed_at for sample in samples) and not (last and last.is_live)
    if is_free and request.user.has_perm(DRAW):
        context |= _preview(request.GET.get("size", ""))
    return context


def _preview(asked: str) -> dict[str, Any]:
    size = int(asked) if asked.isdigit() and int(asked) in SIZES else _USUAL_SIZE
    rows = preview_rows(guessed_sizes(), size)
    return {"sizes": SIZES, "size": size, "preview": rows, "judgements": count(2 * size)}


def _before_the_first_run(request: HttpRequest) -> Empty:
    may_look = request.user.has_perm("cases.view_matchrun")
    return Empty(
        _("There has been no matching run yet"),
        _("Samples are drawn from what a finished matching run has said. Start one first."),
        reverse("admin:cases_matchrun_changelist") if may_look else "",
        _("To the matching runs"),
    )
