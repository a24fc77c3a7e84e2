"""What the checks find wrong with the entry of a case, for its page."""

from django import template

from cases.desk.check_sentences import entry_findings
from cases.models import CheckFinding, VerificationCase

register = template.Library()


@register.simple_tag
def entry_checks(case: VerificationCase) -> list[tuple[CheckFinding, str, str]]:
    """The findings on the case's entry, but for the one its sentence tells: (finding, wrong, why)."""
    return [told for told in entry_findings(case.register, case.subject_id) if told[0].rule != case.kind]
