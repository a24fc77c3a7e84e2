"""A run's page: how far it is, what it found, some examples; and the POST that starts one."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import BadRequest, PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from cases.admin.match_run_examples import example_panels
from cases.admin.run_comparison import comparable_runs, run_words
from cases.matching.verdicts import VERDICTS
from cases.models import MatchRun
from cases.models.case import Priority
from cases.models.kinds import VerdictKind
from cases.runs.causes import model_of
from cases.runs.services import start_run
from cases.workflow import Words
from vehreg.accounts.models import User
from vehreg.accounts.privacy import may_state_purpose
from vehreg.adminsite import looks
from vehreg.adminsite.admin import BaseAdmin
from vehreg.adminsite.panels import page_of
from vehreg.adminsite.steps import officer, put_on_trail
from vehreg.adminsite.words import NOTHING, count, duration, words
from vehreg.jobs.kinds import Refused
from vehreg.jobs.models import JobState

START = "cases.add_matchrun"
STATE_BADGES: dict[str, str] = {
    MatchRun.State.RUNNING: "info",
    MatchRun.State.DONE: "good",
    MatchRun.State.FAILED: "bad",
    MatchRun.State.CANCELLED: "warn",
}
_PRIORITY_BADGES: dict[int, str] = {Priority.URGENT: "bad", Priority.SOON: "warn", Priority.NORMAL: "info"}
# What may be asked for: the button's words, and what it does.
_OFFERS: dict[str, tuple[Words, Words]] = {
    MatchRun.Scope.SINCE_LAST: (
        gettext_lazy("Match what changed"),
        gettext_lazy("Only entries that changed since the last run, and those their persons may fit."),
    ),
    MatchRun.Scope.ALL: (
        gettext_lazy("Match everything"),
        gettext_lazy("Every owner and licence holder against the whole population register."),
    ),
}


@dataclass(frozen=True)
class VerdictLine:
    """One verdict of a run: how many parties, which share, and what follows from it."""

    code: str
    label: Words
    count: int
    share: float  # of all parties of the run, 0 to 1
    follows: Words
    badge: str

    @property
    def percent(self) -> float:
        return self.share * 100


def start_context(request: HttpRequest) -> dict[str, Any]:
    """What the list shows above its rows: the run going on, or the buttons that start one."""
    running = MatchRun.objects.filter(state=MatchRun.State.RUNNING).select_related("job").first()
    offers = [(scope, label, does) for scope, (label, does) in _OFFERS.items()]
    may_start = request.user.has_perm(START) and running is None
    finished = comparable_runs()
    return {
        "runs": [(run, run_words(run)) for run in finished] if len(finished) > 1 else [],
        "running": running,
        "job": running.job if running else None,
        "offers": offers if may_start else [],
    }


@require_POST
def start_view(request: HttpRequest) -> HttpResponse:
    """Start a run and go to its page; where that is refused, say why on the list."""
    user = officer(request, START)
    wanted = request.POST.get("scope", "")
    if wanted not in _OFFERS:
        raise BadRequest
    try:
        run = start_run(user=user, scope=wanted)
    except Refused as refused:
        messages.warning(request, str(refused))
        return HttpResponseRedirect(reverse("admin:cases_matchrun_changelist"))
    if run.scope != wanted:
        messages.info(
            request, _("Too much has changed, or no earlier run went by the same rules: all is matched.")
        )
    put_on_trail(request, run, "start", scope=run.scope)
    return HttpResponseRedirect(page_of(run))


def run_view(model_admin: BaseAdmin, request: HttpRequest, object_id: str) -> HttpResponse:
    """One run. Its examples name people, so the look is on the trail before anything is read."""
    if not model_admin.has_view_permission(request):
        raise PermissionDenied
    run = MatchRun.objects.select_related("job").filter(pk=object_id).first() if object_id.isdigit() else None
    if run is None:
        raise Http404
    looks.record_view(request, run)
    with transaction.atomic():
        context = model_admin.admin_site.each_context(request) | _context(request, run)
        context |= {"opts": model_admin.opts, "offers_purpose": may_state_purpose(request.user)}
        return TemplateResponse(request, "admin/cases/match_run/detail.html", context).render()


def _context(request: HttpRequest, run: MatchRun) -> dict[str, Any]:
    assert isinstance(request.user, User)
    lines = verdict_lines(run)
    chosen = request.GET.get("verdict", "")
    ended_well = run.state == MatchRun.State.DONE
    return {
        "title": _("Matching run %(number)s") % {"number": run},
        "run": run,
        "job": run.job if run.job and run.job.state != JobState.SUCCEEDED else None,
        "badge": STATE_BADGES[run.state],
        "facts": _facts(run),
        "lines": lines,
        "chosen": chosen,
        "panels": example_panels(request, run, [line.code for line in lines], chosen) if ended_well else [],
    }


def verdict_lines(run: MatchRun) -> list[VerdictLine]:
    """The verdicts a run came to, in the order of the engine's table."""
    total = sum(run.verdicts.values())
    return [
        VerdictLine(
            code, VerdictKind(code).label, run.verdicts[code], run.verdicts[code] / total, *_follows(code)
        )
        for code in VERDICTS
        if run.verdicts.get(code)
    ]


def duration_of(run: MatchRun) -> str:
    return duration((run.finished_at or timezone.now()) - run.started_at)


def starter_of(run: MatchRun) -> str:
    return run.started_by_name or _("the schedule or a command")


def _facts(run: MatchRun) -> list[tuple[Words, str]]:
    facts: list[tuple[Words, str]] = [
        (_("parties"), count(run.parties)),
        (_("cases opened"), count(run.cases_opened)),
        (_("cases withdrawn"), count(run.cases_withdrawn)),
        (_("duration"), duration_of(run)),
        (_("started"), words(run.started_at)),
        (_("started by"), starter_of(run)),
        (_("rules"), run.rules_version),
        (_("matching model"), model_of(run) or NOTHING),
        (_("registers as of"), words(run.watermark)),
        (_("people, about"), count(run.population_size) if run.population_size else NOTHING),
    ]
    return [] if run.scope == MatchRun.Scope.SINGLE else facts


def _follows(code: str) -> tuple[Words, str]:
    """What follows from a verdict, and the colour of its urgency."""
    verdict = VERDICTS[code]
    if not verdict.opens_case:
        return _("no case"), "good" if verdict.links_person else "plain"
    colour = _PRIORITY_BADGES.get(verdict.priority, "plain")
    if verdict.bulk_approvable:
        return _("case, released in bulk after a sample"), colour
    return _("case, %(priority)s") % {"priority": str(Priority(verdict.priority).label).lower()}, colour
