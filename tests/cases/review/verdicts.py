"""Verdicts for tests of review: parties with the person a run found for them, made in numbers."""

from typing import Any

from cases.models import MatchRun, Verdict
from cases.review.sampling import Frame
from registry.models import Owner, Person
from tests import factories
from tests.cases.rows import match_run

BY_VERDICT = "SELECT id, verdict FROM cases_verdict WHERE superseded_by_id IS NULL"


def verdicts(
    count: int, *, verdict: str = "probable", score: float = 0.97, run: MatchRun | None = None, **columns: Any
) -> list[Verdict]:
    """As many parties, each with a verdict in force on a person of its own."""
    run = run or match_run()
    return [
        one_verdict(factories.person(), run=run, verdict=verdict, score=score, **columns)
        for _ in range(count)
    ]


def one_verdict(person: Person | None, *, unit: Any = None, owner: Any = None, **columns: Any) -> Verdict:
    owner = owner or factories.owner(unit=unit, vehicle_count=1)
    values: dict[str, Any] = {"verdict": "probable", "pass_name": "name_birth", "score": 0.97} | columns
    values["run"] = values.get("run") or match_run()
    return Verdict.objects.create(register="owner", subject_id=owner.pk, person=person, **values)


def frame(sizes: Any = 10, sql: str = BY_VERDICT, **columns: Any) -> Frame:
    return Frame(sql=sql, params={}, sizes=sizes, **columns)


def many_verdicts(count: int, **columns: Any) -> None:
    """As many parties with a verdict on one person, written by the thousand."""
    person, run = factories.person(), match_run()
    values: dict[str, Any] = {"verdict": "probable", "pass_name": "name_birth", "score": 0.97} | columns
    owners = Owner.objects.bulk_create(Owner(name="VŨ QUANG ĐẠT", vehicle_count=1) for _ in range(count))
    Verdict.objects.bulk_create(
        Verdict(register="owner", subject_id=owner.pk, person=person, run=run, **values) for owner in owners
    )
