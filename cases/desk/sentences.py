"""What is wrong and why the machine thinks so, in a sentence an officer would say."""

from dataclasses import dataclass, field
from typing import Any

from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from cases.desk.check_sentences import check_words
from cases.desk.decided import decided_words
from cases.desk.declared_sentences import declared_words
from cases.desk.levels import for_and_against, said
from cases.desk.reasons import Facts, reason
from cases.desk.waterfall import bits_by_field
from cases.models import Discrepancy
from cases.models.kinds import CheckedKind, DeclaredKind, DiscrepancyKind
from cases.workflow import Words
from vehreg.adminsite.words import words


@dataclass(frozen=True)
class Sentence:
    """What is wrong, and why we think so; what speaks for it and against; what else was said before."""

    wrong: str
    why: str
    speaks_for: str = ""
    speaks_against: str = ""
    before: list[str] = field(default_factory=list)


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
    DiscrepancyKind.DECLARED_TRANSFER: _lazy("Changed hands: both sides have declared it."),
    DiscrepancyKind.DECLARED_INHERITED: _lazy("Declared given or inherited."),
    DiscrepancyKind.DECLARED_STOLEN: _lazy("Declared stolen."),
    DiscrepancyKind.DECLARED_LOST: _lazy("Declared lost."),
    DiscrepancyKind.DECLARED_SEIZED: _lazy("Declared seized."),
    DiscrepancyKind.DECLARED_ENDED: _lazy("Declared out of use."),
    DiscrepancyKind.DECLARED_MOVED: _lazy("Declared moved away."),
    DiscrepancyKind.DECLARED_DECEASED: _lazy("The owner was declared dead."),
    DiscrepancyKind.DECLARED_NOT_MINE: _lazy("The registered owner says: not mine."),
    DiscrepancyKind.DECLARED_CONFLICT: _lazy("Two people declare the same thing."),
    DiscrepancyKind.DECLARED_QUESTIONED: _lazy("An officer of the ward questions the declaration."),
}


def sentence(
    kind: str, facts: Facts | None, discrepancies: list[Discrepancy], *, whole: bool = False
) -> Sentence:
    """The sentence at the top of a case. `facts` are of the verdict in force, where there is one."""
    wrong = str(_WRONG.get(kind, ""))
    leading: dict[str, Any] = next((one.evidence for one in discrepancies if one.kind == kind), {})
    before = [told for told in (decided_words(leading, whole=whole), _put_forward(leading)) if told]
    if kind in DeclaredKind.values:
        return Sentence(wrong, declared_words(kind, leading), before=before)
    if kind in CheckedKind.values:
        return Sentence(*check_words(kind, leading), before=before)
    if facts is None:
        return Sentence(wrong, "", before=before)
    speaks_for, against = _sides(facts)
    return Sentence(wrong, reason(facts), said(speaks_for), said(against), before)


def _sides(facts: Facts) -> tuple[list[str], list[str]]:
    """What speaks for the person named and what against; nothing where nobody is."""
    named = facts.verdict.person_id
    if not named:
        return [], []
    kept = [one.comparison for one in facts.candidates if one.person_id == named]
    return for_and_against(facts.verdict.comparison, bits_by_field(kept[0]) if kept else {})


def _put_forward(evidence: dict[str, Any]) -> str:
    """The person who confirmed by a declaration that the entry is theirs."""
    declared = evidence.get("declared") or {}
    if not declared.get("name"):
        return ""
    day = parse_datetime(declared.get("declared_at") or "")
    told = {"name": declared["name"], "day": words(day and timezone.localtime(day).date())}
    return _("On %(day)s %(name)s declared that this entry is theirs.") % told
