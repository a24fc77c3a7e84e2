"""“Match now”: the POST behind the button on a case, an owner or a licence, and the panel that holds it."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cases.admin.case_page import find_case
from cases.admin.moves import case_address
from cases.desk.levels import because, pass_words
from cases.models import Verdict, VerificationCase
from cases.models.subject import Register
from cases.queues import Queue
from cases.runs.parties import REGISTERS
from cases.services.corrections import MODELS
from cases.services.match_now import match_now, party_of_case, verdict_in_force
from cases.services.moves import MoveRefused
from cases.templatetags.desk import share
from cases.workflow import WORK
from registry.models import DriverLicence, Person
from vehreg.accounts.models import User
from vehreg.adminsite.admin import BaseAdmin
from vehreg.adminsite.panels import Cell, Panel, add_panel, detail_url
from vehreg.adminsite.words import words
from vehreg.audit.models import AuditEvent
from vehreg.audit.trail import record


@method_decorator(require_POST)
def case_match_view(model_admin: BaseAdmin, request: HttpRequest, pk: int) -> HttpResponse:
    """Match the party of a case; the officer stays before the case, withdrawn or not."""
    case = find_case(request, pk)
    party = party_of_case(case)
    if party is None or not case.is_open:
        messages.error(request, _("There is nothing to match in this case."))
    else:
        _match(request, *party, asked_from=case)
    return HttpResponseRedirect(case_address(case, Queue.from_params(request.POST.dict())))


@method_decorator(require_POST)
def entry_match_view(
    model_admin: BaseAdmin, request: HttpRequest, register: str, subject_id: int
) -> HttpResponse:
    """Match an owner or a licence from its own page."""
    if register not in REGISTERS:
        raise Http404
    entries: Any = MODELS[register]._default_manager.filter(pk=subject_id)
    entry = entries.visible_to(request.user).first()
    if entry is None:
        raise Http404
    _match(request, register, subject_id)
    return HttpResponseRedirect(detail_url(request, entry) or reverse("admin:index"))


def matching_panel(request: HttpRequest, entry: Any) -> Panel:
    """What matching says of this entry now, with the button for those who work on cases."""
    register = (Register.LICENCE if isinstance(entry, DriverLicence) else Register.OWNER).value
    verdict = verdict_in_force(register, entry.pk)
    return Panel(
        _("Matching"),
        template="admin/cases/matching_panel.html",
        context={
            "rows": _rows(request, register, entry.pk, verdict),
            "action": reverse("admin:cases_verificationcase_match_entry", args=[register, entry.pk])
            if request.user.has_perm(WORK)
            else "",
        },
    )


for label in ("registry.owner", "registry.driverlicence"):
    add_panel(label, matching_panel)


def _match(
    request: HttpRequest, register: str, subject_id: int, asked_from: VerificationCase | None = None
) -> None:
    """Match, say what came out, and put it on the trail."""
    assert isinstance(request.user, User)
    if not request.user.has_perm(WORK):
        raise PermissionDenied
    try:
        outcome = match_now(
            register=register, subject_id=subject_id, user=request.user, asked_from=asked_from
        )
    except MoveRefused as refused:
        messages.error(request, str(refused))
        return
    tell = messages.success if outcome.changed else messages.info
    tell(request, outcome.sentence)
    record(
        AuditEvent.Kind.CHANGE,
        request=request,
        subject_type=MODELS[register]._meta.model_name or "",
        subject_id=subject_id,
        detail={"action": "match_now", "changed": outcome.changed, "verdict": _code(outcome.after)},
    )


def _code(verdict: Verdict | None) -> str:
    return verdict.verdict if verdict else ""


def _rows(
    request: HttpRequest, register: str, subject_id: int, verdict: Verdict | None
) -> list[tuple[Cell, Cell]]:
    if verdict is None:
        return [(Cell(_("verdict")), Cell(_("not matched")))]
    person = Person.objects.filter(pk=verdict.person_id or 0).visible_to(request.user).first()
    about = VerificationCase.objects.filter(register=register, subject_id=subject_id)
    case = about.visible_to(request.user).order_by("-pk").first()
    rows = [(Cell(_("verdict")), Cell(str(verdict.get_verdict_display())))]
    if verdict.person_id:
        name = person.full_name if person else _("A person of another unit.")
        rows.append((Cell(_("person")), Cell(name, url=detail_url(request, person))))
        rows.append((Cell(_("certainty")), Cell(share(verdict.score))))
    why = " ".join(filter(None, [f"{pass_words(verdict.pass_name)}.", because(verdict.comparison)]))
    rows.append((Cell(_("why")), Cell(why)))
    rows.append((Cell(_("run")), Cell(_run(verdict), url=detail_url(request, verdict.run))))
    if case:
        state = f"{case.number} · {case.get_state_display()}"
        rows.append((Cell(_("case")), Cell(state, url=detail_url(request, case))))
    return rows


def _run(verdict: Verdict) -> str:
    run = verdict.run
    versions = filter(None, [run.rules_version, getattr(run, "model_version", "")])
    return f"{run} · {words(run.started_at)} · {' · '.join(versions)}"
