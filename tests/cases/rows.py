"""Cases for tests, with the verdict and discrepancy behind them, as a run would have left them."""

from datetime import timedelta
from itertools import count
from typing import Any

from django.utils import timezone

from cases.models import Candidate, CaseEvent, Discrepancy, MatchRun, Verdict, VerificationCase
from cases.models.kinds import DiscrepancyKind
from registry.models import Person
from tests import factories

_plates = count(1)


def match_run(**columns: Any) -> MatchRun:
    return MatchRun.objects.create(
        **{"rules_version": "test", "watermark": timezone.now(), "state": MatchRun.State.DONE} | columns
    )


def open_case(subject: Any = None, *, person: Person | None = None, **columns: Any) -> VerificationCase:
    """An open case on an owner (made if not given) whose verdict proposes `person`."""
    unit = columns.pop("unit", None) or factories.unit()
    kind = columns.setdefault("kind", DiscrepancyKind.ID_TYPO)
    register = columns.pop("register", "owner")
    if subject is None:
        subject = factories.owner(unit=unit, vehicle_count=1, name="VŨ QUANG ĐẠT")
        factories.vehicle(owner=subject, unit=unit, plate=f"29-H1 9{next(_plates):04d}")
    run = match_run()
    now = timezone.now()
    case = VerificationCase.objects.create(
        **{
            "register": register,
            "subject_id": subject.pk,
            "unit": unit,
            "due_on": timezone.localdate() + timedelta(days=7),
            "subject_name": getattr(subject, "name", "") or getattr(subject, "holder_name", ""),
            "vehicle_count": 1,
            "opened_at": now,
            "moved_at": now,
            "opened_by_run": run,
        }
        | columns
    )
    CaseEvent.objects.create(case=case, at=now, move="opened", to_state=case.state)
    Discrepancy.objects.create(
        register=register, subject_id=subject.pk, case=case, kind=kind, run=run, found_at=now
    )
    if person is not None:
        propose_person(case, person)
    return VerificationCase.objects.get(pk=case.pk)


def propose_person(case: VerificationCase, *people: Person, score: float = 0.98) -> Verdict:
    verdict = Verdict.objects.create(
        register=case.register,
        subject_id=case.subject_id,
        run=case.opened_by_run or match_run(),
        verdict=case.kind,
        pass_name="test",
        score=score,
        person=people[0],
        comparison={"name": "same", "number": "one_digit", "birth": "same", "ward": None},
    )
    for rank, person in enumerate(people, start=1):
        comparison = {"number": {"level": "one_digit", "bits": 14.0}, "name": {"level": "same", "bits": 14.0}}
        Candidate.objects.create(
            verdict=verdict, rank=rank, person=person, score=score / rank, comparison=comparison
        )
    return verdict
