"""What declarations brought to light, in sentences: who said what, who is still to be heard."""

from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from cases.declarations.statuses import TRANSFERS
from cases.desk.levels import capital, listed, said
from cases.models.declaration import UsageStatus
from cases.models.kinds import DeclaredKind
from cases.workflow import Words
from vehreg.adminsite.words import words

Evidence = dict[str, Any]

# What a declaration says otherwise in words that can be quoted.
_TOLD = frozenset({"name", "chassis_no", "engine_no", "licence_class"})
_WAITS: dict[str, Words] = {
    "buyer": _lazy("Waiting for the other side: nobody has declared yet that they have the vehicle."),
    "seller": _lazy("Waiting for the other side: the registered owner has not declared the transfer."),
}


def declared_words(kind: str, evidence: Evidence) -> str:
    """Why a case of this kind is there: who declared what, and what is known of it."""
    if kind == DeclaredKind.DECLARED_CONFLICT:
        return _sides(evidence)
    parts = [
        _("Declared by %(name)s") % {"name": evidence["declarant"]} if evidence.get("declarant") else "",
        _("other side: %(name)s") % {"name": evidence["counterparty"]}
        if evidence.get("counterparty")
        else "",
        evidence.get("note") or "",
        _differs(evidence.get("differs") or {}),
    ]
    told = [said([part for part in parts if part]), _relation(evidence.get("relation") or {}),
            _caught(evidence), _waits(kind, evidence)]  # fmt: skip
    return " ".join(part for part in told if part)


def status_words(status: str | None) -> str:
    """A declared use, by its word."""
    return str(dict(UsageStatus.choices).get(status or "", ""))


def _sides(evidence: Evidence) -> str:
    """Everybody who declares the same thing, and as what."""
    sides = [
        evidence,
        *(one for one in evidence.get("others", []) if str(one["declaration"]) in _seen(evidence)),
    ]
    told = [
        _("%(name)s: “%(status)s”") % {"name": one.get("declarant"), "status": status_words(one["status"])}
        for one in sides
        if one.get("status")
    ]
    return capital(listed(told)) + "." if told else ""


def _seen(evidence: Evidence) -> Evidence:
    seen: Evidence = (evidence.get("seen") or {}).get("declarations") or {}
    return seen


def _differs(differs: Evidence) -> str:
    """What was declared otherwise than registered; numbers of people stand in the table beside."""
    told = [
        _("“%(declared)s” declared, “%(registered)s” registered")
        % {"declared": sides["declared"], "registered": sides.get("register") or "—"}
        for name, sides in differs.items()
        if name in _TOLD and isinstance(sides, dict) and sides.get("declared")
    ]
    return listed(told)


def _relation(relation: Evidence) -> str:
    """What the population register says of the owner and the other."""
    if not relation:
        return ""
    died = relation.get("owner_died_on")
    told = [
        _("the owner died on %(day)s by the population register") % {"day": _day(died)}
        if died
        else _("the population register does not say that the owner has died")
        if relation.get("owner_known")
        else _("the owner was not found in the population register"),
        _("they have the same surname") if relation.get("same_surname") else "",
        _("they live at the same address")
        if relation.get("same_address")
        else _("they live in the same ward")
        if relation.get("same_ward")
        else "",
    ]
    return said([part for part in told if part])


def _waits(kind: str, evidence: Evidence) -> str:
    """Whose word is missing for a transfer; the dead and the family are not waited for."""
    return str(_WAITS.get(evidence.get("waits_for") or "", "")) if kind in TRANSFERS else ""


def _caught(evidence: Evidence) -> str:
    count = evidence.get("violation_count")
    if not count:
        return ""
    first = evidence["violations"][0]
    return _("Since then %(count)s violations are on record for this plate, the first on %(day)s.") % {
        "count": count,
        "day": _day(first.get("occurred_on")),
    }


def _day(text: str | None) -> str:
    return words(date.fromisoformat(text) if text else None)
