"""The people proposed for a party, each with the waterfall of its score."""

from dataclasses import dataclass

from cases.desk.marks import birth_text
from cases.desk.waterfall import Waterfall, waterfall
from cases.models import Candidate, Verdict
from registry.identity.numbers import mask
from registry.models import Person


@dataclass(frozen=True)
class Proposed:
    """One candidate as the page shows it. `key` is the digit that chooses them."""

    key: int
    person: Person
    score: float
    number: str
    born: str
    ward: str
    waterfall: Waterfall | None


def proposed_people(verdict: Verdict, kept: list[Candidate]) -> list[Proposed]:
    """Up to five people, best first; the verdict's own person where no candidates were kept.

    Their numbers stay masked here: the one compared with is whole in the table beside.
    """
    if not kept and verdict.person is not None:
        kept = [Candidate(rank=1, person=verdict.person, score=verdict.score, comparison={})]
    return [_proposed(candidate, alone=len(kept) == 1) for candidate in kept]


def _proposed(candidate: Candidate, *, alone: bool) -> Proposed:
    person = candidate.person
    return Proposed(
        key=candidate.rank,
        person=person,
        score=candidate.score,
        number=mask(person.personal_id),
        born=birth_text(person.birth_date, person.birth_precision),
        ward=str(person.unit) if person.unit else "",
        waterfall=waterfall(candidate.comparison, candidate.score, alone=alone),
    )
