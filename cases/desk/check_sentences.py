"""What a check of the register found, in sentences: for the case, the entry, and the page of the rule."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from cases.models import CheckFinding
from cases.models.kinds import CheckedKind
from cases.workflow import Words
from registry.models.vehicle import VehicleKind
from vehreg.adminsite.words import words

Evidence = dict[str, Any]

_WRONG: dict[str, Words] = {
    CheckedKind.DUPLICATE_PLATE: _lazy("Another live registration has this plate."),
    CheckedKind.DUPLICATE_CHASSIS: _lazy("Another live registration has this chassis number."),
    CheckedKind.DUPLICATE_ENGINE: _lazy("Another live registration has this engine number."),
    CheckedKind.PLATE_IMPOSSIBLE: _lazy("A vehicle of this kind cannot have this plate."),
    CheckedKind.CHASSIS_MISSING: _lazy("The chassis number is missing."),
    CheckedKind.ENGINE_MISSING: _lazy("The engine number is missing."),
    CheckedKind.MADE_AFTER_REGISTERED: _lazy("Registered before it was made."),
    CheckedKind.USE_LIFE_PASSED: _lazy("In use past its use life."),
    CheckedKind.USE_LIFE_UNKNOWN: _lazy("The year of manufacture is missing: it counts as expired."),
    CheckedKind.VEHICLE_INCOMPLETE: _lazy("A mandatory field of the vehicle is missing."),
    CheckedKind.PLATE_IN_TWO_COLOURS: _lazy("The same plate is registered in another colour, too."),
    CheckedKind.VALIDITY_PASSED: _lazy("In use past the day its registration was valid until."),
    CheckedKind.MASS_HOLDER: _lazy("One person holds very many vehicles."),
    CheckedKind.OWNER_UNDER_AGE: _lazy("The owner is too young to register a vehicle."),
    CheckedKind.OWNER_NUMBER_ODD: _lazy("The owner's number says something else than the entry."),
    CheckedKind.OWNER_WARD_SPLIT: _lazy("The owner's former ward was divided: the residence is not settled."),
    CheckedKind.OWNER_INCOMPLETE: _lazy("The owner's number is missing."),
    CheckedKind.LICENCE_NUMBER_ODD: _lazy("The holder's number says something else than the entry."),
    CheckedKind.LICENCE_WARD_SPLIT: _lazy(
        "The holder's former ward was divided: the residence is not settled."
    ),
    CheckedKind.LICENCE_INCOMPLETE: _lazy("A mandatory field of the licence is missing."),
}
_PROBLEMS: dict[str, Words] = {
    "not_for_kind": _lazy("Such plates are for other kinds of vehicle"),
    "not_a_plate": _lazy("No plate is numbered so"),
    "unknown_code": _lazy("Its local code was never given out"),
}
_ODD: dict[str, Words] = {
    "unknown_province": _lazy("no province has its first three digits"),
    "sex_differs": _lazy("the number is of the other sex than the linked person"),
    "birth_year_differs": _lazy("the number has another year of birth than the entry"),
    "population_year_differs": _lazy("the number has another year of birth than the linked person"),
    "suspicious_tail": _lazy("the last digits are a row, as of a number made up"),
}
_FIELDS: dict[str, Words] = {
    "brand": _lazy("brand"),
    "registered_on": _lazy("date of registration"),
    "id_number": _lazy("personal number"),
    "number": _lazy("licence number"),
    "issued_on": _lazy("date of issue"),
    "holder_birth_date": _lazy("birth date"),
    "holder_id_number": _lazy("personal number"),
}


def check_words(kind: str, evidence: Evidence) -> tuple[str, str]:
    """What is wrong, and what was found of it: the sentence of a case."""
    return str(_WRONG.get(kind, "")), finding_words(kind, evidence)


def finding_words(kind: str, evidence: Evidence) -> str:
    """What was found of one entry; "" where the rule says it all."""
    tell = _TOLD.get(kind)
    return tell(evidence.get("seen") or {}, evidence) if tell and evidence else ""


def entry_findings(register: str, subject_id: int) -> list[tuple[CheckFinding, str, str]]:
    """What the checks find wrong with an entry now, cases and warnings: (finding, what is wrong, why)."""
    found = CheckFinding.objects.filter(register=register, subject_id=subject_id).order_by("rule")
    return [(one, *check_words(one.rule, one.evidence)) for one in found]


def _others(seen: Evidence, evidence: Evidence) -> str:
    plates = [f"{one['plate']} (#{one['id']})" for one in evidence.get("others", [])]
    return _("The other: %(plates)s.") % {"plates": ", ".join(plates)}


def _plate(seen: Evidence, evidence: Evidence) -> str:
    problem = _PROBLEMS.get(evidence.get("problem", ""), "")
    labels = dict(VehicleKind.choices)
    kinds = ", ".join(str(labels.get(kind, kind)) for kind in evidence.get("fits", []))
    fits = _("it would fit: %(kinds)s") % {"kinds": kinds} if kinds else ""
    return _line(problem, fits)


def _made_after(seen: Evidence, evidence: Evidence) -> str:
    dates = [_day(seen[name]) for name in ("first_registered_on", "registered_on") if seen.get(name)]
    values = {"year": seen.get("year_made"), "day": dates[0] if dates else ""}
    return _("Made in %(year)s, registered on %(day)s.") % values


def _use_life(seen: Evidence, evidence: Evidence) -> str:
    values = {
        "year": seen.get("year_made"),
        "years": evidence.get("years"),
        "day": _day(evidence.get("ended_on")),
    }
    return _("Made in %(year)s: its %(years)s years of use ended on %(day)s.") % values


def _valid(seen: Evidence, evidence: Evidence) -> str:
    return _("Valid until %(day)s.") % {"day": _day(seen.get("valid_until"))}


def _vehicles(seen: Evidence, evidence: Evidence) -> str:
    return _("%(count)s vehicles. It can be right: dealers hold thousands.") % {
        "count": evidence.get("vehicles")
    }


def _age(seen: Evidence, evidence: Evidence) -> str:
    values = {"day": _day(seen.get("birth_date")), "years": evidence.get("age")}
    return _("Born on %(day)s; the law asks for %(years)s years of age.") % values


def _odd(seen: Evidence, evidence: Evidence) -> str:
    return _line(*(_ODD.get(code, code) for code in seen.get("codes", [])))


def _ward(seen: Evidence, evidence: Evidence) -> str:
    return _("%(ward)s, %(district)s was divided among: %(parts)s.") % {
        "ward": evidence.get("ward"),
        "district": evidence.get("district"),
        "parts": ", ".join(evidence.get("parts") or []),
    }


def _missing(seen: Evidence, evidence: Evidence) -> str:
    names = [str(_FIELDS.get(name, name)) for name, said in seen.items() if said in ("missing", None, "")]
    return _("Missing: %(fields)s.") % {"fields": ", ".join(dict.fromkeys(names))}


def _licence_missing(seen: Evidence, evidence: Evidence) -> str:
    """Only what is told to be missing: a paper licence needs no number of its holder."""
    return _missing({name: said for name, said in seen.items() if said == "missing"}, evidence)


_TOLD: dict[str, Callable[[Evidence, Evidence], str]] = {
    CheckedKind.DUPLICATE_PLATE: _others,
    CheckedKind.DUPLICATE_CHASSIS: _others,
    CheckedKind.DUPLICATE_ENGINE: _others,
    CheckedKind.PLATE_IN_TWO_COLOURS: _others,
    CheckedKind.PLATE_IMPOSSIBLE: _plate,
    CheckedKind.MADE_AFTER_REGISTERED: _made_after,
    CheckedKind.USE_LIFE_PASSED: _use_life,
    CheckedKind.VEHICLE_INCOMPLETE: _missing,
    CheckedKind.VALIDITY_PASSED: _valid,
    CheckedKind.MASS_HOLDER: _vehicles,
    CheckedKind.OWNER_UNDER_AGE: _age,
    CheckedKind.OWNER_NUMBER_ODD: _odd,
    CheckedKind.LICENCE_NUMBER_ODD: _odd,
    CheckedKind.OWNER_WARD_SPLIT: _ward,
    CheckedKind.LICENCE_WARD_SPLIT: _ward,
    CheckedKind.LICENCE_INCOMPLETE: _licence_missing,
}


def _line(*parts: Words) -> str:
    text = "; ".join(str(part) for part in parts if part)
    return text[:1].upper() + text[1:] + "." if text else ""


def _day(text: str | None) -> str:
    return words(date.fromisoformat(text)) if text else "—"
