"""Releases in plain words: the plan, the rule, what was found, why a case was left or kept."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from cases.desk.levels import bar_words
from cases.lots.plans import Plan, chance_to_accept
from cases.lots.words import asked_values, found_values, percent, plan_values
from cases.models import Release, ReleaseClass
from cases.models.kinds import DiscrepancyKind
from cases.models.release import ReleaseState
from cases.models.subject import Register
from cases.releases.rules import SHOWN_LEVELS, Rule, from_json
from cases.services.corrections import Change, field_label
from cases.workflow import Words
from vehreg.accounts.models import Unit
from vehreg.adminsite.words import count
from vehreg.remembered import UNITS_REMEMBERED, remembered

# What comes next, by state.
NEXT: dict[str, Words] = {
    ReleaseState.DRAWING: _lazy("The lot is being frozen and its sample drawn."),
    ReleaseState.JUDGING: _lazy(
        "Officers judge the pairs of the sample blind, two for each; disagreement goes to a third."
    ),
    ReleaseState.ACCEPTED: _lazy("The sample was accepted. A second supervisor may release the lot."),
    ReleaseState.REJECTED: _lazy(
        "The sample was rejected: this lot is never released. Narrow the class and draw again."
    ),
    ReleaseState.RELEASING: _lazy("The registers are being corrected. You may leave this page."),
    ReleaseState.RELEASED: _lazy("Done. The release can be taken back as a whole at any time."),
    ReleaseState.TAKING_BACK: _lazy("The registers are given back what they said before."),
    ReleaseState.TAKEN_BACK: _lazy("Taken back. What somebody touched since was kept, and is listed."),
    ReleaseState.GIVEN_UP: _lazy("Given up. Nothing was changed."),
}
REASONS: dict[str, Words] = {
    "not_same": _lazy("judged blind: not the same person"),
    "undecidable": _lazy("judged blind: cannot be told"),
    "case_touched": _lazy("somebody works on the case"),
    "other_discrepancy": _lazy("something else was found on the same entry"),
    "refused": _lazy("an officer has ruled this person out"),
    "entry_changed": _lazy("the register changed since the lot was frozen"),
    "person_changed": _lazy("the population register changed since the lot was frozen"),
    "verdict_changed": _lazy("a matching run says something else since"),
    "needs_person": _lazy("another owner has this number and name already: a person decides"),
    "not_reached": _lazy("the release was stopped before it came to this case"),
    "gone": _lazy("the entry is no longer in the register"),
    "decided_since": _lazy("decided again since by an officer"),
    "changed_since": _lazy("changed since by a delivery or a person"),
    "taken": _lazy("another owner has the former number and name now"),
}
_FIELDS: dict[str, Words] = {
    "name": _lazy("name"),
    "number": _lazy("ID number"),
    "birth": _lazy("birth date"),
    "ward": _lazy("ward"),
}
# Shares of errors whose chance of being accepted a plan's table shows, as parts of the limit.
_OF_THE_LIMIT = (0.1, 0.25, 0.5, 1, 2)


def plan_sentence(plan: Plan) -> str:
    """The plan as a supervisor would say it."""
    return _(
        "Lot of %(lot)s cases; sample of %(sample)s; %(allowed)s. If %(limit)s of the lot or more is wrong, "
        "it is rejected with a probability of %(confidence)s."
    ) % plan_values(plan)


def asked_sentence(release_class: ReleaseClass) -> str:
    """What a class asks of the sample of a lot, whatever its size."""
    return _(
        "%(allowed)s; a lot with %(limit)s errors or more is rejected with %(confidence)s"
    ) % asked_values(
        allowed=release_class.allowed,
        limit=release_class.wrong_limit,
        confidence=release_class.confidence,
    )


def accepted_how_often(plan: Plan) -> list[tuple[str, str]]:
    """(share of errors in the lot, how often the sample lets it pass): points of the OC curve."""
    shares = (plan.limit * part for part in _OF_THE_LIMIT)
    return [(percent(share), percent(chance_to_accept(plan, share))) for share in shares]


def result_sentence(release: Release) -> str:
    """What the sample found, with the interval for the lot."""
    found = found_values(wrong=release.wrong, judged=release.judged)
    return _(
        "%(wrong)s of %(judged)s pairs are wrong, %(undecidable)s of them because it cannot be told. With "
        "%(confidence)s confidence between %(low)s and %(high)s of the lot is wrong."
    ) % {**found, "undecidable": count(release.undecidable)}


def rule_facts(release_class: ReleaseClass) -> list[tuple[Words, str]]:
    """The rule of a class, line by line."""
    rule = from_json(release_class.rule)
    facts: list[tuple[Words, str]] = [
        (_("what is wrong"), ", ".join(str(DiscrepancyKind(kind).label) for kind in rule.kinds)),
        (_("registers"), ", ".join(str(Register(name).label) for name in rule.registers)),
    ]
    if rule.min_score:
        facts.append((_("certainty of at least"), percent(rule.min_score)))
    facts += [(field_words(name), levels_words(name, allowed)) for name, allowed in rule.levels.items()]
    if rule.max_vehicles is not None:
        facts.append((_("vehicles at most"), count(rule.max_vehicles)))
    facts.append((_("wards"), _units(rule)))
    return facts


def field_words(name: str) -> Words:
    return _FIELDS.get(name, name)


def levels_words(name: str, levels: tuple[str, ...]) -> str:
    return "; ".join(level_label(name, level) for level in levels)


def level_label(name: str, level: str) -> str:
    """A level as a sentence of the desk; one it does not tell shows its code."""
    return bar_words(name, level) or {"missing": _("One side says nothing")}.get(level, level)


def level_choices(name: str) -> list[tuple[str, str]]:
    return [(level, level_label(name, level)) for level in SHOWN_LEVELS[name]]


def reason_words(code: str) -> Words:
    return REASONS.get(code, code)


def planned_words(release: Release) -> list[tuple[str, str]]:
    """(field, in how many entries it will be corrected), most first."""
    most_first = sorted(release.planned.items(), key=lambda pair: -pair[1])
    return [(_planned_label(key), count(number)) for key, number in most_first]


def _planned_label(key: str) -> str:
    register, _dot, field = key.partition(".")
    label = field_label(Change(register, 0, field, None, None))
    return f"{Register(register).label}: {label}"


def _units(rule: Rule) -> str:
    if not rule.units:
        return _("all")
    names = remembered("unit-names", _unit_names, UNITS_REMEMBERED)
    return ", ".join(name for code, name in names.items() if code in rule.units)


def _unit_names() -> dict[str, str]:
    """The name of every unit by its code, in the order of codes."""
    return dict(Unit.objects.order_by("code").values_list("code", "name"))
