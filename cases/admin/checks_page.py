"""The pages of the checks and their POSTs: a check is started, a rule switched, each with a word why."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import BadRequest, PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from cases.admin.checks_lines import line_of, rule_facts, rule_lines
from cases.admin.checks_panels import example_panel, recent_panel
from cases.checks.rules import BY_CODE
from cases.checks.services import start_check, switch_rule
from cases.checks.switches import states
from cases.models import CheckRun
from cases.workflow import Words
from vehreg.accounts.privacy import may_state_purpose, stated_purpose
from vehreg.adminsite.admin import BaseAdmin
from vehreg.adminsite.steps import officer, put_on_trail
from vehreg.audit.models import AuditEvent
from vehreg.audit.trail import record
from vehreg.jobs.kinds import Refused
from vehreg.jobs.models import Job

SWITCH = "cases.change_checkrule"
START = "cases.add_checkrun"
LIST = "admin:cases_checkrule_changelist"
_OFFERS: dict[str, tuple[Words, Words]] = {
    CheckRun.Scope.SINCE_LAST: (
        gettext_lazy("Check what changed"),
        gettext_lazy("Only entries that changed since the last check, and those that share a number."),
    ),
    CheckRun.Scope.ALL: (
        gettext_lazy("Check everything"),
        gettext_lazy("Every vehicle, owner and licence, by every rule that is on."),
    ),
}


def list_view(model_admin: BaseAdmin, request: HttpRequest) -> HttpResponse:
    """All rules, register by register, with what each finds now."""
    if not model_admin.has_view_permission(request):
        raise PermissionDenied
    running = _running()
    may_start = request.user.has_perm(START) and running is None
    context = model_admin.admin_site.each_context(request) | {
        "opts": model_admin.opts,
        "title": _("Checks of the registers"),
        "registers": rule_lines(),
        "job": running,
        "offers": [(scope, label, does) for scope, (label, does) in _OFFERS.items()] if may_start else [],
        "panels": [recent_panel()],
        "shows_cases": request.user.has_perm("cases.view_verificationcase"),
        "offers_purpose": False,
    }
    return render(request, "admin/cases/checks/list.html", context)


def rule_view(model_admin: BaseAdmin, request: HttpRequest, code: str) -> HttpResponse:
    """One rule. Its examples name people, so the look is on the trail before anything is read."""
    if not model_admin.has_view_permission(request):
        raise PermissionDenied
    if code not in BY_CODE:
        raise Http404
    record(
        AuditEvent.Kind.VIEW,
        request=request,
        subject_type="checkrule",
        purpose=stated_purpose(request) or "",
        detail={"rule": code},
    )
    with transaction.atomic():
        context = model_admin.admin_site.each_context(request) | _rule_context(request, code)
        context |= {"opts": model_admin.opts, "offers_purpose": may_state_purpose(request.user)}
        return render(request, "admin/cases/checks/rule.html", context)


@require_POST
def start_view(request: HttpRequest) -> HttpResponse:
    """Start a check and stand before its bar; where that is refused, say why."""
    user = officer(request, START)
    wanted = request.POST.get("scope", "")
    if wanted not in _OFFERS:
        raise BadRequest
    try:
        run = start_check(user=user, scope=wanted)
    except Refused as refused:
        messages.warning(request, str(refused))
        return HttpResponseRedirect(reverse(LIST))
    if run.scope != wanted:
        messages.info(request, _("No earlier check went by the same rules this year: all is checked."))
    put_on_trail(request, run, "start", scope=run.scope)
    return HttpResponseRedirect(reverse(LIST))


@require_POST
def switch_view(request: HttpRequest, code: str) -> HttpResponse:
    """Switch a rule on or off; its cases follow by a job whose bar stands on the rule's page."""
    user = officer(request, SWITCH)
    if code not in BY_CODE:
        raise Http404
    on, reason = request.POST.get("on") == "1", request.POST.get("reason", "")
    page = HttpResponseRedirect(reverse("admin:cases_checkrule_change", args=[code]))
    try:
        run = switch_rule(code=code, on=on, reason=reason, user=user)
    except Refused as refused:
        messages.warning(request, str(refused))
        return page
    detail = {"action": "switch_on" if on else "switch_off", "rule": code, "reason": reason.strip()}
    record(AuditEvent.Kind.CHANGE, request=request, subject_type="checkrule", detail=detail | {"run": run.pk})
    said = _("Switched on: its cases are being found.") if on else _("Switched off: its cases are withdrawn.")
    messages.success(request, said)
    return page


def _running() -> Job | None:
    """The check that is going on, or waits."""
    run = CheckRun.objects.filter(state=CheckRun.State.RUNNING).select_related("job").order_by("pk").first()
    return run.job if run else None


def _rule_context(request: HttpRequest, code: str) -> dict[str, Any]:
    line = line_of(BY_CODE[code], states().get(code))
    runs = CheckRun.objects.filter(state=CheckRun.State.RUNNING, rule__in=("", code)).select_related("job")
    run = runs.order_by("pk").first()
    return {
        "title": line.label,
        "line": line,
        "facts": rule_facts(line),
        "job": run.job if run else None,
        "panels": [example_panel(request, line.rule)],
        "may_switch": request.user.has_perm(SWITCH),
        "shows_cases": request.user.has_perm("cases.view_verificationcase"),
    }
