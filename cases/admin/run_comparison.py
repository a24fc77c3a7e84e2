"""Two runs beside each other: the matrix of verdicts, why they changed, and examples of a cell."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cases.admin.run_comparison_examples import examples_panel
from cases.matching.verdicts import VERDICTS
from cases.models import MatchRun
from cases.models.kinds import VerdictKind
from cases.runs.causes import CAUSES, model_of
from cases.runs.comparing import NONE, Comparison, compare, is_long
from cases.runs.comparing_examples import Cell
from cases.runs.comparing_job import comparison_job, counted, start_comparison
from cases.workflow import Words
from vehreg.accounts.privacy import may_state_purpose, stated_purpose
from vehreg.adminsite.admin import BaseAdmin
from vehreg.adminsite.steps import officer
from vehreg.adminsite.words import words
from vehreg.audit.models import AuditEvent
from vehreg.audit.trail import record

# The runs one may choose from.
CHOICES = 60
# So many changed verdicts are counted while the page is made; more are a job's work.
AT_ONCE = 20_000


@dataclass(frozen=True)
class Square:
    """One square of the matrix. `moved`: changed; on the diagonal: the same verdict, another person."""

    was: str
    now: str
    unchanged: int
    moved: int
    url: str
    chosen: bool

    @property
    def diagonal(self) -> bool:
        return self.was == self.now


def comparable_runs() -> list[MatchRun]:
    """The finished runs over the registers, newest first."""
    done = MatchRun.objects.filter(state=MatchRun.State.DONE).exclude(scope=MatchRun.Scope.SINGLE)
    return list(done.order_by("-pk")[:CHOICES])


def compare_view(model_admin: BaseAdmin, request: HttpRequest) -> HttpResponse:
    """The comparison of two runs: those chosen, or the newest with the one before it."""
    if not model_admin.has_view_permission(request):
        raise PermissionDenied
    runs = comparable_runs()
    pair = _chosen(runs, request)
    if pair:
        _record_look(request, *pair)
    with transaction.atomic():
        context = model_admin.admin_site.each_context(request) | {
            "opts": model_admin.opts,
            "title": _("Compare runs"),
            "runs": [(run, run_words(run)) for run in runs],
            "offers_purpose": may_state_purpose(request.user),
        }
        context |= _context(request, *pair) if pair else {}
        return TemplateResponse(request, "admin/cases/match_run/compare.html", context).render()


@require_POST
def count_view(request: HttpRequest) -> HttpResponse:
    """Start the job that counts a comparison too long for a page."""
    user = officer(request, "cases.view_matchrun")
    pair = _chosen(comparable_runs(), request)
    if pair is None:
        messages.error(request, _("Two finished runs are needed."))
        return HttpResponseRedirect(reverse("admin:cases_matchrun_compare"))
    start_comparison(first=pair[0], second=pair[1], user=user)
    return HttpResponseRedirect(_address(*pair))


def _chosen(runs: list[MatchRun], request: HttpRequest) -> tuple[MatchRun, MatchRun] | None:
    """The two runs, the earlier one first; where none or one is chosen, the newest and the one before."""
    asked = request.POST if request.method == "POST" else request.GET
    by_id = {str(run.pk): run for run in runs}
    named = {run.pk: run for name in ("first", "second") if (run := by_id.get(asked.get(name, "")))}
    pair = sorted(named.values(), key=lambda run: run.pk)
    if len(pair) == 2:
        return pair[0], pair[1]
    return (runs[1], runs[0]) if len(runs) > 1 else None


def _context(request: HttpRequest, first: MatchRun, second: MatchRun) -> dict[str, Any]:
    job = comparison_job(first, second)
    found = counted(job)
    if found is None and not is_long(first, second, AT_ONCE):
        found = compare(first, second)
    cell = _cell(request)
    context: dict[str, Any] = {
        "first": first,
        "second": second,
        "facts": _facts(first, second),
        "job": job if found is None else None,
        "found": found,
    }
    if found:
        context |= {
            "lines": _matrix(found, first, second, cell),
            "columns": [_label(code) for code in _codes(found)],
            "causes": _causes(found, first, second, cell),
            "panel": examples_panel(request, first, second, cell, found) if cell else None,
        }
    return context


def _cell(request: HttpRequest) -> Cell | None:
    """The cell asked for; "none" stands for no verdict in the address."""
    sides = [request.GET.get(name, "") for name in ("was", "now")]
    if any(side not in VERDICTS and side != "none" for side in sides):
        return None
    cause = request.GET.get("cause", "")
    was, now = ("" if side == "none" else side for side in sides)
    return Cell(was, now, cause if cause in CAUSES else "")


def _codes(found: Comparison) -> list[str]:
    """The verdicts that stand in the matrix, in the order of the engine's table; the missing one last."""
    met = {code for one in found.transitions for code in (one.was, one.now)} | set(found.standing)
    return [code for code in (*VERDICTS, NONE) if code in met]


def _matrix(
    found: Comparison, first: MatchRun, second: MatchRun, cell: Cell | None
) -> list[tuple[Words, list[Square]]]:
    codes = _codes(found)

    def row(was: str) -> list[Square]:
        return [_square(found, first, second, Cell(was, now), cell) for now in codes]

    return [(_label(was), row(was)) for was in codes]


def _square(found: Comparison, first: MatchRun, second: MatchRun, at: Cell, chosen: Cell | None) -> Square:
    moved = found.moved(at.was, at.now)
    return Square(
        was=at.was,
        now=at.now,
        unchanged=found.unchanged(at.was) if at.was == at.now and at.was else 0,
        moved=moved,
        url=_address(first, second, at) if moved else "",
        chosen=chosen is not None and (chosen.was, chosen.now) == (at.was, at.now),
    )


def _causes(found: Comparison, first: MatchRun, second: MatchRun, cell: Cell | None) -> list[dict[str, Any]]:
    """Each cause with its count: of the cell chosen, or of all."""
    rows = [one for one in found.transitions if cell is None or (one.was, one.now) == (cell.was, cell.now)]
    counts = Comparison(rows, {}).by_cause()
    return [
        {
            "label": label,
            "means": means,
            "count": counts[code],
            "url": _address(first, second, Cell(cell.was, cell.now, code)) if cell else "",
            "chosen": cell is not None and cell.cause == code,
        }
        for code, (label, means) in CAUSES.items()
        if counts.get(code)
    ]


def _facts(first: MatchRun, second: MatchRun) -> list[tuple[Words, str, str, bool]]:
    """What is to know of both runs, and whether it differs."""
    rows = [
        (_("registers as of"), words(first.watermark), words(second.watermark)),
        (_("scope"), str(first.get_scope_display()), str(second.get_scope_display())),
        (_("rules"), first.rules_version, second.rules_version),
        (_("matching model"), words(model_of(first)), words(model_of(second))),
    ]
    return [(label, one, other, one != other) for label, one, other in rows]


def _label(code: str) -> Words:
    return VerdictKind(code).label if code else _("not there")


def run_words(run: MatchRun) -> str:
    versions = " · ".join(filter(None, [run.rules_version, model_of(run)]))
    return f"{run} · {words(run.started_at)} · {run.get_scope_display()} · {versions}"


def _address(first: MatchRun, second: MatchRun, cell: Cell | None = None) -> str:
    params: dict[str, str | int] = {"first": first.pk, "second": second.pk}
    if cell:
        sides = {"was": cell.was or "none", "now": cell.now or "none", "cause": cell.cause}
        params |= {name: side for name, side in sides.items() if side}
    anchor = "#examples" if cell else ""
    return f"{reverse('admin:cases_matchrun_compare')}?{urlencode(params)}{anchor}"


def _record_look(request: HttpRequest, first: MatchRun, second: MatchRun) -> None:
    """Examples name people: which comparison and which cell was looked at goes on the trail first."""
    asked = {name: request.GET[name] for name in ("was", "now", "cause", "after") if request.GET.get(name)}
    record(
        AuditEvent.Kind.VIEW,
        request=request,
        subject_type="matchrun",
        subject_id=second.pk,
        purpose=stated_purpose(request) or "",
        detail={"compared_with": first.pk, **{name: text[:40] for name, text in asked.items()}},
    )
