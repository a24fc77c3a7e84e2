"""A case that questions an earlier decision says what was decided, and what has changed since."""

from typing import Any

from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from cases.desk.levels import listed
from cases.models.case import NUMBER_PREFIX, Disposition
from cases.workflow import Words
from registry.identity.numbers import mask
from vehreg.adminsite.words import NOTHING, words

# A field of the evidence, in the register and in the population register.
_REGISTER: dict[str, Words] = {
    "kind": _lazy("the kind of owner"),
    "name": _lazy("the registered name"),
    "id_number": _lazy("the registered number"),
    "birth_date": _lazy("the registered birth date"),
}
_POPULATION: dict[str, Words] = {
    "personal_id": _lazy("the person's number"),
    "name": _lazy("the person's name"),
    "birth_date": _lazy("the person's birth date"),
    "died_on": _lazy("the person's date of death"),
}
_NUMBERS = frozenset({"id_number", "personal_id"})
_LINKING = frozenset({Disposition.LINK_PERSON.value, Disposition.INHERITANCE.value})


def decided_words(evidence: dict[str, Any], *, whole: bool) -> str:
    """From `evidence["decided"]` as `cases.runs.questioned` writes it; "" where nothing was decided."""
    decided = evidence.get("decided")
    if not decided:
        return ""
    told = [_decision(decided), _since(decided, whole)]
    if decided.get("disposition") in _LINKING and decided.get("person_name"):
        told.append(
            _("The link to %(name)s stays until somebody decides.") % {"name": decided["person_name"]}
        )
    return " ".join(told)


def _decision(decided: dict[str, Any]) -> str:
    at = parse_datetime(decided.get("at") or "")
    disposition = decided.get("disposition") or ""
    known = disposition in Disposition.values
    what = str(Disposition(disposition).label) if known else NOTHING
    if decided.get("person_name"):
        what = f"{what} ({decided['person_name']})"
    return _("On %(day)s %(officer)s decided in case %(case)s: “%(what)s”.") % {
        "day": words(at and timezone.localtime(at).date()),
        "officer": decided.get("officer") or _("an officer"),
        "case": f"{NUMBER_PREFIX}{decided['case']:07d}",
        "what": what,
    }


def _since(decided: dict[str, Any], whole: bool) -> str:
    told = [
        *_changed(_REGISTER, decided.get("register") or {}, whole),
        *_changed(_POPULATION, decided.get("population") or {}, whole),
    ]
    if decided.get("gone"):
        told.append(_("the person has left the population register"))
    if decided.get("new"):
        told.append(_("%(names)s fits, whom nobody had seen then") % {"names": listed(decided["new"])})
    if not told:
        return _("Since then what the registers say of the people proposed has changed.")
    return _("Changed since then: %(changes)s.") % {"changes": "; ".join(told)}


def _changed(labels: dict[str, Words], sides: dict[str, Any], whole: bool) -> list[str]:
    return [
        _("%(field)s, from “%(then)s” to “%(now)s”")
        % {
            "field": labels[name],
            "then": _value(name, said.get("then"), whole),
            "now": _value(name, said.get("now"), whole),
        }
        for name, said in sides.items()
        if name in labels
    ]


def _value(name: str, value: Any, whole: bool) -> str:
    if name in _NUMBERS and value and not whole:
        return mask(str(value))
    return words(parse_date(value) if name in ("birth_date", "died_on") and value else value)
