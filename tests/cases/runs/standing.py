"""What a run has left, in a form that can be compared with what another left."""

from cases.models import Verdict, VerificationCase
from cases.models.case import ENDED_STATES
from registry.links import with_link
from registry.models import DriverLicence, Owner


def verdicts() -> dict[tuple[str, int], tuple[object, ...]]:
    """Every verdict in force with its candidates."""
    in_force = Verdict.objects.filter(superseded_by__isnull=True).prefetch_related("candidates")
    return {
        (said.register, said.subject_id): (
            said.verdict,
            said.pass_name,
            said.score,
            said.person_id,
            said.comparison,
            [(shown.rank, shown.person_id, shown.score, shown.comparison) for shown in said.candidates.all()],
        )
        for said in in_force
    }


def open_cases() -> dict[tuple[str, int], tuple[object, ...]]:
    """Every open case with its open discrepancies."""
    cases = VerificationCase.objects.exclude(state__in=ENDED_STATES).prefetch_related("discrepancies")
    return {
        (case.register, case.subject_id): (
            case.kind,
            case.priority,
            case.unit_id,
            sorted(found.kind for found in case.discrepancies.all() if found.state == "open"),
        )
        for case in cases
    }


def links() -> list[tuple[object, ...]]:
    return [
        *with_link(Owner.objects.order_by("pk")).values_list("pk", "linked_id"),
        *with_link(DriverLicence.objects.order_by("pk")).values_list("pk", "linked_id"),
    ]
