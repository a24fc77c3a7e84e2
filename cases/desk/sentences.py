"""What is wrong and why the machine thinks so, in a sentence an officer would say."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from cases.models import Discrepancy, Verdict
from cases.models.kinds import DeclaredKind, DiscrepancyKind
from cases.workflow import Words


@dataclass(frozen=True)
class Sentence:
    """What is wrong, and why we think so."""

    wrong: str
    why: str


_WRONG: dict[str, Words] = {
    DiscrepancyKind.VERIFIED_FORMER_ID: _lazy("The register still has the former number."),
    DiscrepancyKind.NAME_VARIANT: _lazy("The name is spelt differently."),
    DiscrepancyKind.ID_TYPO: _lazy("There is a slip in the number."),
    DiscrepancyKind.PROBABLE: _lazy("The number is missing or unknown; this is probably the person."),
    DiscrepancyKind.AMBIGUOUS: _lazy("Several people fit about equally well."),
    DiscrepancyKind.ID_CONFLICT: _lazy("The number in the register belongs to somebody else."),
    DiscrepancyKind.DECEASED: _lazy("The person has died."),
    DiscrepancyKind.NO_CANDIDATE: _lazy("Nobody in the population register fits."),
    DiscrepancyKind.TAX_CODE: _lazy("The tax code does not check."),
    DiscrepancyKind.DECLARED_DIFFERS: _lazy("The declaration does not agree with the register."),
    DiscrepancyKind.DECLARED_SOLD: _lazy("Declared sold, not transferred."),
    DiscrepancyKind.DECLARED_BOUGHT: _lazy("Declared bought, not transferred."),
    DiscrepancyKind.DECLARED_INHERITED: _lazy("Declared given or inherited."),
    DiscrepancyKind.DECLARED_STOLEN: _lazy("Declared stolen."),
    DiscrepancyKind.DECLARED_LOST: _lazy("Declared lost."),
    DiscrepancyKind.DECLARED_SEIZED: _lazy("Declared seized."),
    DiscrepancyKind.DECLARED_ENDED: _lazy("Declared out of use."),
    DiscrepancyKind.DECLARED_MOVED: _lazy("Declared moved away."),
    DiscrepancyKind.DECLARED_DECEASED: _lazy("The owner was declared dead."),
    DiscrepancyKind.DECLARED_NOT_MINE: _lazy("The registered owner says: not mine."),
    DiscrepancyKind.DECLARED_CONFLICT: _lazy("Two people declare the same thing."),
}

_NAME: dict[str, Words] = {
    "same": _lazy("the name agrees"),
    "case": _lazy("the name agrees but for capitals"),
    "tone_placement": _lazy("the name agrees but for where a tone mark stands"),
    "marks": _lazy("the name differs in marks only"),
    "regional": _lazy("the name differs as it is pronounced in some regions"),
    "one_edit": _lazy("one syllable of the name has a slip"),
    "middle_missing": _lazy("a middle name is missing on one side"),
    "given_first": _lazy("the name is written given name first"),
    "different": _lazy("the name is another"),
}
_NUMBER: dict[str, Words] = {
    "same": _lazy("the number agrees"),
    "former": _lazy("the number is this person's former one"),
    "swap": _lazy("two neighbouring digits of the number are swapped"),
    "one_digit": _lazy("one digit of the number differs"),
    "two_digits": _lazy("two digits of the number differ"),
    "different": _lazy("the number is another"),
    "missing": _lazy("there is no usable number"),
}
_BIRTH: dict[str, Words] = {
    "same": _lazy("the birth date agrees"),
    "swapped": _lazy("day and month of birth are swapped"),
    "month": _lazy("month and year of birth agree"),
    "year": _lazy("the year of birth agrees"),
    "one_part": _lazy("one part of the birth date differs"),
    "different": _lazy("the birth date differs"),
}
_WARD: dict[str, Words] = {
    "same": _lazy("they live in the same ward"),
    "different": _lazy("they live in another ward"),
}
_TAX_CODE: dict[str, Words] = {
    "valid": _lazy("the tax code checks"),
    "invalid": _lazy("the tax code does not check"),
    "missing": _lazy("there is no tax code"),
}
_DOCUMENT: dict[str, Words] = {
    "present": _lazy("there is a document number"),
    "missing": _lazy("there is no document number"),
}
_LEVELS = {
    "number": _NUMBER,
    "name": _NAME,
    "birth": _BIRTH,
    "ward": _WARD,
    "tax_code": _TAX_CODE,
    "document": _DOCUMENT,
}
# A moved owner or a renamed ward is no disagreement, so it is no reason either.
_SILENT = {("ward", "different")}
# Rules are data: a ruleset may name a pass that is not told here yet, and shows its name.
_PASSES: dict[str, Words] = {
    "kind": _lazy("Not in the population register by nature"),
    "number": _lazy("By the number"),
    "former": _lazy("By the former number"),
    "name_birth": _lazy("By name and birth date"),
    "near_name_birth": _lazy("By a similar name and the birth date"),
    "name_number": _lazy("By name and part of the number"),
    "name_year": _lazy("By name and year of birth"),
    "name_ward": _lazy("By name and ward"),
    "near_name_ward": _lazy("By a similar name, year of birth and ward"),
    "holder": _lazy("By who holds the number"),
    "nobody": _lazy("Nobody was found"),
}


def sentence(kind: str, verdict: Verdict | None, discrepancies: list[Discrepancy]) -> Sentence:
    """The sentence at the top of a case."""
    wrong = str(_WRONG.get(kind, ""))
    if kind in DeclaredKind.values:
        return Sentence(wrong, _declared(kind, discrepancies))
    return Sentence(wrong, because(verdict.comparison) if verdict and verdict.person_id else "")


def pass_words(name: str) -> Words:
    """What a pass of the engine looks for."""
    return _PASSES.get(name, name)


def level_words(field: str, level: str) -> str:
    """What one level of one field says: for the sentence and for the bars of a candidate."""
    words = _LEVELS.get(field, {}).get(level)
    return _capital(str(words)) if words else ""


def because(comparison: dict[str, Any]) -> str:
    """Why the machine thinks so: what it found of each field it compared."""
    said = [
        str(words[level])
        for field, words in _LEVELS.items()
        if (level := comparison.get(field)) in words and (field, level) not in _SILENT
    ]
    return _capital("; ".join(said)) + "." if said else ""


def _declared(kind: str, discrepancies: list[Discrepancy]) -> str:
    evidence: dict[str, Any] = next((one.evidence for one in discrepancies if one.kind == kind), {})
    parts = [
        _("Declared by %(name)s") % {"name": evidence["declarant"]} if evidence.get("declarant") else "",
        _("other side: %(name)s") % {"name": evidence["counterparty"]}
        if evidence.get("counterparty")
        else "",
        evidence.get("note") or "",
    ]
    return "; ".join(part for part in parts if part)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
