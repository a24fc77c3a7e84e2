"""The people proposed for a party, each with the waterfall of its score."""

from dataclasses import dataclass

from cases.desk.marks import birth_text
from cases.desk.sentences import level_words
from cases.models import Candidate, Verdict
from registry.identity.numbers import mask
from registry.models import Person

_FIELDS = ("number", "name", "birth", "ward")


@dataclass(frozen=True)
class Bar:
    """One field of the waterfall: where its bar begins and how wide it is, in percent of the width."""

    label: str
    bits: float
    left: float
    width: float

    @property
    def against(self) -> bool:
        return self.bits < 0


@dataclass(frozen=True)
class Proposed:
    """One candidate as the page shows it. `key` is the digit that chooses them."""

    key: int
    person: Person
    score: float
    number: str
    born: str
    ward: str
    bars: list[Bar]


def proposed_people(verdict: Verdict | None) -> list[Proposed]:
    """Up to five people, best first; the verdict's own person where no candidates were kept.

    Their numbers stay masked here: the one compared with is whole in the table beside.
    """
    if verdict is None:
        return []
    kept = list(verdict.candidates.select_related("person__unit").order_by("rank"))
    if not kept and verdict.person is not None:
        kept = [Candidate(rank=1, person=verdict.person, score=verdict.score, comparison={})]
    return [_proposed(candidate) for candidate in kept]


def _proposed(candidate: Candidate) -> Proposed:
    person = candidate.person
    return Proposed(
        key=candidate.rank,
        person=person,
        score=candidate.score,
        number=mask(person.personal_id),
        born=birth_text(person.birth_date, person.birth_precision),
        ward=str(person.unit) if person.unit else "",
        bars=_waterfall(candidate),
    )


def _waterfall(candidate: Candidate) -> list[Bar]:
    """Each field's bits stacked on those before it, fields that say nothing left out."""
    told = [
        (level_words(field, part.get("level") or ""), float(part.get("bits") or 0))
        for field in _FIELDS
        if (part := candidate.comparison.get(field))
    ]
    told = [(label, bits) for label, bits in told if label and bits]
    edges = [0.0]
    for _label, bits in told:
        edges.append(edges[-1] + bits)
    low, high = min(edges), max(edges)
    span = (high - low) or 1.0
    return [
        Bar(label, bits, (min(start, start + bits) - low) / span * 100, abs(bits) / span * 100)
        for (label, bits), start in zip(told, edges, strict=False)
    ]
