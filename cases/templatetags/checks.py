"""What the checks find wrong with the entry of a case, for its page."""

from dataclasses import dataclass

from django import template

from cases.desk.check_sentences import entry_findings
from cases.models import CheckFinding, VerificationCase
from registry.models import Vehicle
from vehreg.accounts.models import User

register = template.Library()


@dataclass(frozen=True)
class EntryChecks:
    """`others` are the registrations that share a number, as far as this reader may see them."""

    findings: list[tuple[CheckFinding, str, str]]
    others: list[Vehicle]


@register.simple_tag
def entry_checks(case: VerificationCase, user: User) -> EntryChecks:
    """The findings on the case's entry, but for the one its sentence tells: (finding, wrong, why)."""
    found = entry_findings(case.register, case.subject_id)
    named = {one["id"] for finding, _wrong, _why in found for one in finding.evidence.get("others", [])}
    others = list(Vehicle.objects.visible_to(user).filter(pk__in=named).order_by("pk")) if named else []
    return EntryChecks([told for told in found if told[0].rule != case.kind], others)
