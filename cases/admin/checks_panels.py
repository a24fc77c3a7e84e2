"""Tables of the checks: examples of a rule, the last checks, and what is found of one entry."""

from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext as _

from cases.checks.rule import Rule
from cases.checks.rules import BY_CODE
from cases.desk.check_sentences import entry_findings, finding_words
from cases.models import CheckFinding, CheckRun, VerificationCase
from cases.models.case import ENDED_STATES
from cases.models.kinds import CheckedKind
from cases.models.subject import Register
from cases.services.corrections import MODELS
from registry.identity.numbers import mask
from vehreg.accounts.models import User
from vehreg.adminsite.masking import mark_rows, shown
from vehreg.adminsite.panels import Cell, Panel, detail_url
from vehreg.adminsite.words import NOTHING, count, duration, words

EXAMPLES = 20
RECENT = 8
# What an entry is called in a table: its own column, and the number that stays half hidden.
_NAMED: dict[str, tuple[str, str]] = {
    Register.VEHICLE: ("plate", ""),
    Register.OWNER: ("name", "id_number"),
    Register.LICENCE: ("holder_name", "holder_id_number"),
}
_STATES: dict[str, str] = {
    CheckRun.State.RUNNING: "info",
    CheckRun.State.DONE: "good",
    CheckRun.State.FAILED: "bad",
    CheckRun.State.CANCELLED: "warn",
}


def example_panel(request: HttpRequest, rule: Rule) -> Panel:
    """The entries found last that this user may see, with the way to the entry and to its case."""
    assert isinstance(request.user, User)
    visible = CheckFinding.objects.visible_to(request.user).filter(rule=rule.code)
    found = list(visible.select_related("unit").order_by("-pk")[:EXAMPLES])
    entries = _entries(request, rule, found)
    cases = _open_cases(request.user, rule, found)
    return Panel(
        _("Examples"),
        columns=[_("entry"), _("its number"), _("what was found"), _("ward"), _("case")],
        rows=[_row(request, rule, one, entries.get(one.subject_id), cases) for one in found],
        note=_("the last found"),
        empty=_("Nothing is found."),
        wide=True,
    )


def recent_panel() -> Panel:
    """The last checks, whoever started them."""
    runs = CheckRun.objects.order_by("-pk")[:RECENT]
    return Panel(
        _("Last checks"),
        columns=[
            _("started"), _("scope"), _("state"), _("entries"), _("cases opened"), _("cases withdrawn"),
            _("duration"), _("started by"),
        ],
        rows=[_run_row(run) for run in runs],
        empty=_("The registers were never checked."),
        wide=True,
    )  # fmt: skip


def entry_panel(request: HttpRequest, row: models.Model) -> Panel | None:
    """What the checks find wrong with one entry, on its own page; None where there is nothing."""
    if not request.user.has_perm("cases.view_verificationcase"):
        return None
    register = next(name for name, model in MODELS.items() if isinstance(row, model))
    found = entry_findings(register, int(row.pk))
    rows = [
        [
            Cell(str(CheckedKind(one.rule).label), badge="" if _is_case(one) else "plain"),
            Cell(f"{wrong} {why}"),
        ]
        for one, wrong, why in found
    ]
    return Panel(_("Checks"), rows=rows) if rows else None


def _is_case(finding: CheckFinding) -> bool:
    return finding.rule in BY_CODE and BY_CODE[finding.rule].opens_case


def _row(
    request: HttpRequest, rule: Rule, one: CheckFinding, entry: Any, cases: dict[int, VerificationCase]
) -> list[Cell]:
    name, number = _NAMED[rule.register]
    case = cases.get(one.subject_id)
    return [
        Cell(getattr(entry, name) if entry else NOTHING, url=detail_url(request, entry)),
        Cell((shown(entry, number, mask) if entry and number else "") or NOTHING),
        Cell(finding_words(rule.code, one.evidence) or NOTHING),
        Cell(str(one.unit) if one.unit else NOTHING),
        Cell(
            f"{case.number} · {case.get_state_display()}" if case else NOTHING, url=detail_url(request, case)
        ),
    ]


def _entries(request: HttpRequest, rule: Rule, found: list[CheckFinding]) -> dict[int, Any]:
    entries = MODELS[rule.register]._default_manager.in_bulk([one.subject_id for one in found])
    mark_rows(request, entries.values())
    return entries


def _open_cases(user: User, rule: Rule, found: list[CheckFinding]) -> dict[int, VerificationCase]:
    about = VerificationCase.objects.visible_to(user).filter(
        register=rule.register, subject_id__in=[one.subject_id for one in found]
    )
    return {case.subject_id: case for case in about.exclude(state__in=ENDED_STATES)}


def _run_row(run: CheckRun) -> list[Cell]:
    scope = str(CheckedKind(run.rule).label) if run.rule else str(run.get_scope_display())
    lasted = duration(run.finished_at - run.started_at) if run.finished_at else NOTHING
    return [
        Cell(words(run.started_at)),
        Cell(scope),
        Cell(str(run.get_state_display()), badge=_STATES[run.state]),
        Cell(count(run.entries)),
        Cell(count(run.cases_opened)),
        Cell(count(run.cases_withdrawn)),
        Cell(lasted),
        Cell(run.started_by_name or _("the schedule or a command")),
    ]
