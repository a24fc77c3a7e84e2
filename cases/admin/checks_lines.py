"""What the pages of the checks say of a rule, in words."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.checks.rule import CASE, WARNING, Rule, Threshold
from cases.checks.rules import RULES
from cases.checks.switches import states
from cases.models import CheckRule
from cases.models.case import Priority
from cases.models.kinds import CheckedKind
from cases.models.subject import Register
from cases.workflow import Words
from vehreg.adminsite.words import NOTHING, count, words

_SEVERITY: dict[str, tuple[Words, str]] = {
    CASE: (gettext_lazy("case"), "info"),
    WARNING: (gettext_lazy("warning, no case"), "plain"),
}
_URGENCY: dict[int, str] = {Priority.URGENT: "bad", Priority.SOON: "warn"}
_REGISTERS: dict[str, Words] = {
    Register.VEHICLE: gettext_lazy("Vehicles"),
    Register.OWNER: gettext_lazy("Owners"),
    Register.LICENCE: gettext_lazy("Driving licences"),
}


@dataclass(frozen=True)
class Line:
    """One rule as the list shows it."""

    rule: Rule
    state: CheckRule
    label: str
    url: str
    severity: str
    badge: str
    valid: str
    found: str
    checked: str
    queue_url: str

    @property
    def status(self) -> tuple[str, str]:
        """Words and colour of whether the rule is on."""
        if not self.state.is_on:
            return _("off"), "warn"
        return (_("on"), "good") if self.rule.in_force(timezone.localdate()) else (_("not in force"), "plain")


def rule_lines() -> list[tuple[Words, list[Line]]]:
    """(register, its rules) in the order of the table; one query."""
    known = states()
    return [
        (heading, [line_of(rule, known.get(rule.code)) for rule in RULES if rule.register == register])
        for register, heading in _REGISTERS.items()
    ]


def line_of(rule: Rule, state: CheckRule | None) -> Line:
    state = state or CheckRule(code=rule.code)
    severity, badge = _severity(rule)
    return Line(
        rule=rule,
        state=state,
        label=str(CheckedKind(rule.code).label),
        url=reverse("admin:cases_checkrule_change", args=[rule.code]),
        severity=severity,
        badge=badge,
        valid=_valid(rule),
        found=count(state.found) if state.found is not None else NOTHING,
        checked=words(state.checked_at),
        queue_url=_queue_of(rule) if rule.opens_case else "",
    )


def rule_facts(line: Line) -> list[tuple[str, str]]:
    """What the page of one rule says of it, beside its text."""
    rule, state = line.rule, line.state
    facts = [
        (_("Register"), str(_REGISTERS[rule.register])),
        (_("Severity"), line.severity),
        (_("Law it rests on"), str(rule.law)),
        (_("Valid from"), line.valid),
        (_("Version"), str(rule.version)),
        (_("Found now"), line.found),
        (_("Last checked"), line.checked),
    ]
    facts += [(_("Goes by"), _threshold(one)) for one in _in_force(rule)]
    if state.switched_at:
        said = f"{words(state.switched_at)} · {state.switched_by_name}: {state.reason}"
        facts.append((_("Last switched on") if state.is_on else _("Switched off"), said))
    return facts


def _in_force(rule: Rule) -> Iterable[Threshold]:
    return rule.thresholds_on(timezone.localdate()).values()


def _threshold(one: Threshold) -> str:
    values = {"value": one.value, "meaning": one.meaning, "day": words(one.valid_from)}
    return _("%(value)s %(meaning)s, since %(day)s") % values


def _severity(rule: Rule) -> tuple[str, str]:
    label, badge = _SEVERITY[rule.severity]
    if not rule.opens_case:
        return str(label), badge
    return f"{label} · {str(Priority(rule.priority).label).lower()}", _URGENCY.get(rule.priority, badge)


def _valid(rule: Rule) -> str:
    if rule.valid_to is None:
        return words(rule.valid_from)
    return _span(rule.valid_from, rule.valid_to)


def _span(first: date, last: date) -> str:
    return f"{words(first)} – {words(last)}"


def _queue_of(rule: Rule) -> str:
    query = urlencode({"tab": "all", "kind": rule.code, "state": "live"})
    return f"{reverse('admin:cases_verificationcase_changelist')}?{query}"
